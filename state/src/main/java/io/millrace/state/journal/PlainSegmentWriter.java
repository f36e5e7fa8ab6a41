package io.millrace.state.journal;

import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.DurableSteps;
import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageFile;
import java.nio.ByteBuffer;

/** Frames in a plain file, written at their place. */
final class PlainSegmentWriter implements SegmentWriter {
  /** Larger frames are written from where they are, after their header. */
  private static final int BUFFER_BYTES = 64 << 10;

  private final StorageFile file;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  private PlainSegmentWriter(StorageFile file) {
    this.file = file;
  }

  /** Makes the file, empty, and its name survive a power cut. */
  static PlainSegmentWriter create(Segment segment, Storage storage, CrashPoints points) {
    StorageFile file = storage.open(segment.path(), OpenMode.CREATE);
    try {
      file.truncate(0);
      DurableSteps.forceDirectory(storage, points, segment.path().toAbsolutePath().getParent());
      return new PlainSegmentWriter(file);
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /** Goes on in a file that is there. */
  static PlainSegmentWriter open(Segment segment, Storage storage) {
    return new PlainSegmentWriter(storage.open(segment.path(), OpenMode.WRITE));
  }

  @Override
  public void write(long position, ByteBuffer header, ByteBuffer payload) {
    int headerBytes = header.remaining();
    if (headerBytes + payload.remaining() <= BUFFER_BYTES) {
      buffer.clear().put(header).put(payload).flip();
      file.write(buffer, position);
    } else {
      file.write(header, position);
      file.write(payload, position + headerBytes);
    }
  }

  @Override
  public void force() {
    file.force();
  }

  @Override
  public void seal(long position) {
    file.truncate(position);
  }

  @Override
  public void close() {
    file.close();
  }
}
