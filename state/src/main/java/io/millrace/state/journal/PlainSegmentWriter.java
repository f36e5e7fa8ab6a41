package io.millrace.state.journal;

import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageFile;
import java.nio.ByteBuffer;

/** Frames in a plain file, written at their place. */
final class PlainSegmentWriter implements SegmentWriter {
  private final StorageFile file;
  private final ByteBuffer buffer;

  private PlainSegmentWriter(StorageFile file, ByteBuffer buffer) {
    this.file = file;
    this.buffer = buffer;
  }

  /**
   * Makes the file, empty.
   *
   * @param buffer for a whole frame; larger ones are written from where they are, after their
   *     header. Writers use it one after the other
   */
  static PlainSegmentWriter create(Segment segment, Storage storage, ByteBuffer buffer) {
    StorageFile file = storage.open(segment.path(), OpenMode.CREATE);
    try {
      file.truncate(0);
      return new PlainSegmentWriter(file, buffer);
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /** Goes on in a file that is there. */
  static PlainSegmentWriter open(Segment segment, Storage storage, ByteBuffer buffer) {
    return new PlainSegmentWriter(storage.open(segment.path(), OpenMode.WRITE), buffer);
  }

  @Override
  public void write(long position, ByteBuffer header, ByteBuffer payload) {
    int headerBytes = header.remaining();
    if (headerBytes + payload.remaining() <= buffer.capacity()) {
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
