package io.millrace.state.snapshot;

import io.millrace.state.batch.BadBatchException;
import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageFile;
import io.millrace.vector.column.ByteBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.apache.arrow.memory.BufferAllocator;

/** One pass over a snapshot's file, in which every byte is checked, a piece at a time. */
final class SnapshotFileReader implements AutoCloseable {
  private static final int PIECE_BYTES = 256 << 10;
  private static final int MAX_HEADER_BYTES = 16 << 20;

  private final StateFiles files;
  private final Path path;
  private final StorageFile file;
  private final long sizeBytes;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
  private final CRC32C all = new CRC32C();

  /** Takes the payloads of rows; null if nobody wants them. */
  private final ByteBlock rows;

  /** The payload of a frame that is not rows. */
  private byte[] payload;

  /** Of the frame that is looked at, and of the one behind it. */
  private long position;

  private long nextPosition;
  private int frames;
  private int checksumBefore;

  private SnapshotFileReader(StateFiles files, Path path, Storage storage, ByteBlock rows) {
    this.files = files;
    this.path = path;
    this.rows = rows;
    file = storage.open(path, OpenMode.READ);
    try {
      sizeBytes = file.size();
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /**
   * Reads all bytes and proves them right.
   *
   * @throws io.millrace.types.MillraceException {@code CHECKPOINT}, with path and position, if any
   *     is not
   */
  static SnapshotHeader prove(StateFiles files, Path path, Storage storage) {
    try (SnapshotFileReader reader = new SnapshotFileReader(files, path, storage, null)) {
      SnapshotHeader header = reader.readHeader();
      while (reader.next() == SnapshotFrame.ROWS) {}
      reader.requireEnd();
      return header;
    }
  }

  /** As {@link #prove}, and shows the rows frame by frame. */
  static void read(
      StateFiles files,
      Path path,
      Storage storage,
      BufferAllocator allocator,
      StateVisitor visitor) {
    try (ByteBlock rows = new ByteBlock(allocator, PIECE_BYTES);
        SnapshotFileReader reader = new SnapshotFileReader(files, path, storage, rows)) {
      SnapshotHeader header = reader.readHeader();
      try (StateRecords.Reader records = new StateRecords.Reader(allocator, header.operators())) {
        while (reader.next() == SnapshotFrame.ROWS) {
          reader.show(records, visitor);
        }
      }
      reader.requireEnd();
    }
  }

  private SnapshotHeader readHeader() {
    require(next() == SnapshotFrame.HEADER, "it has no header");
    try {
      return SnapshotHeader.decode(path.toString(), payload);
    } catch (IOException e) {
      throw damaged(e.getMessage());
    }
  }

  private void show(StateRecords.Reader records, StateVisitor visitor) {
    try {
      records.read(rows, 0, false, visitor);
    } catch (BadBatchException e) {
      throw damaged(e.getMessage());
    }
  }

  /** The frame that is looked at is none of rows. */
  private void requireEnd() {
    require(
        payload.length == SnapshotFrame.TRAILER_BYTES
            && ByteBuffer.wrap(payload).getInt(0) == frames - 1
            && ByteBuffer.wrap(payload).getInt(Integer.BYTES) == checksumBefore,
        "the end does not belong to what stands before it");
    require(nextPosition == sizeBytes, "bytes stand behind the end");
  }

  /** Looks at the next frame, which is right when this returns, and says its type. */
  private int next() {
    position = nextPosition;
    checksumBefore = (int) all.getValue();
    ByteBuffer start = ByteBuffer.allocate(SnapshotFrame.HEADER_BYTES);
    require(
        file.read(start, position) == SnapshotFrame.HEADER_BYTES
            && start.getInt(0) == SnapshotFrame.MAGIC,
        "no frame begins here");
    int type = start.getInt(SnapshotFrame.TYPE_AT);
    int length = start.getInt(SnapshotFrame.LENGTH_AT);
    nextPosition = position + SnapshotFrame.HEADER_BYTES + length;
    require(length >= 0 && nextPosition <= sizeBytes, "the file ends within the frame");
    prepare(type, length);
    CRC32C crc = new CRC32C();
    crc.update(start.slice(0, SnapshotFrame.CHECKSUM_AT));
    all.update(start.flip());
    for (int at = 0; at < length; at += piece.limit()) {
      piece.clear().limit(Math.min(PIECE_BYTES, length - at));
      int read = file.read(piece, position + SnapshotFrame.HEADER_BYTES + at);
      require(read == piece.limit(), "the file ends early");
      crc.update(piece.flip());
      all.update(piece.rewind());
      keep(type, at);
    }
    require(
        (int) crc.getValue() == start.getInt(SnapshotFrame.CHECKSUM_AT),
        "the frame's checksum is wrong");
    frames++;
    return type;
  }

  private void prepare(int type, int length) {
    if (type != SnapshotFrame.ROWS) {
      require(
          (type == SnapshotFrame.HEADER || type == SnapshotFrame.TRAILER)
              && length <= MAX_HEADER_BYTES,
          "a frame of unknown kind");
      payload = new byte[length];
    } else if (rows != null) {
      rows.reserve(length);
      rows.length(length);
    }
  }

  private void keep(int type, int at) {
    piece.rewind();
    if (type != SnapshotFrame.ROWS) {
      piece.get(payload, at, piece.limit());
    } else if (rows != null) {
      rows.window(at, piece.limit()).put(piece);
    }
  }

  private void require(boolean right, String otherwise) {
    if (!right) {
      throw damaged(otherwise);
    }
  }

  private RuntimeException damaged(String reason) {
    return files.refusal(path + ": damaged at byte " + position + ": " + reason);
  }

  @Override
  public void close() {
    file.close();
  }
}
