package io.millrace.state.snapshot;

import io.millrace.state.batch.BatchCompression;
import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.DurableSteps;
import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageFile;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.apache.arrow.memory.BufferAllocator;

/** Writes the frames of a snapshot into a file that has no name yet by which it is found. */
final class SnapshotFileWriter implements AutoCloseable {
  private final CrashPoints points;
  private final StateRecords.Writer records;
  private final StorageFile file;
  private final CRC32C all = new CRC32C();
  private long position;
  private int frames;

  SnapshotFileWriter(
      Path path,
      Storage storage,
      CrashPoints points,
      BufferAllocator allocator,
      BatchCompression compression) {
    this.points = points;
    records = new StateRecords.Writer(allocator, compression);
    try {
      file = storage.open(path, OpenMode.CREATE_NEW);
    } catch (RuntimeException | Error e) {
      records.close();
      throw e;
    }
  }

  void header(SnapshotHeader header) {
    byte[] payload = header.encode();
    write(SnapshotFrame.HEADER, onHeap(payload.length).put(payload));
  }

  void rows(int operator, Block rows) {
    ByteBlock bytes = records.write(SnapshotFrame.HEADER_BYTES, operator, rows, 0, rows.rowCount());
    write(SnapshotFrame.ROWS, bytes.view(0, bytes.length()));
  }

  /** The end, after which nothing is written. */
  void trailer() {
    int checksum = (int) all.getValue();
    write(
        SnapshotFrame.TRAILER, onHeap(SnapshotFrame.TRAILER_BYTES).putInt(frames).putInt(checksum));
  }

  private static ByteBuffer onHeap(int payloadBytes) {
    return ByteBuffer.allocate(SnapshotFrame.HEADER_BYTES + payloadBytes)
        .position(SnapshotFrame.HEADER_BYTES);
  }

  private void write(int type, ByteBuffer frame) {
    frame.rewind();
    SnapshotFrame.seal(frame, type);
    all.update(frame.slice());
    points.reached(CrashPoint.BEFORE_FILE_WRITE);
    file.write(frame, position);
    points.reached(CrashPoint.AFTER_FILE_WRITE);
    position += frame.limit();
    frames++;
  }

  void force() {
    DurableSteps.force(points, file);
  }

  long sizeBytes() {
    return position;
  }

  @Override
  public void close() {
    try (file) {
      records.close();
    }
  }
}
