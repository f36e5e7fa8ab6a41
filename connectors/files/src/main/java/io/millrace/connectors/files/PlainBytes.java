package io.millrace.connectors.files;

import io.millrace.state.storage.StorageFile;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The first bytes of a file as they are, as many as were planned. */
final class PlainBytes implements InputBytes {
  private final Path path;
  private final StorageFile file;
  private final long sizeBytes;
  private long position;

  PlainBytes(Path path, StorageFile file, long sizeBytes) {
    this.path = path;
    this.file = file;
    this.sizeBytes = sizeBytes;
  }

  /** How many bytes were planned. */
  long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public int read(ByteBuffer into) {
    int wanted = (int) Math.min(into.remaining(), sizeBytes - position);
    if (wanted > 0) {
      read(into.limit(into.position() + wanted), position);
      position += wanted;
    }
    return wanted;
  }

  /**
   * Fills the buffer's remaining space with planned bytes; safe for use by several threads.
   *
   * @throws MillraceException naming the file, if it ends before
   */
  void read(ByteBuffer into, long from) {
    int wanted = into.remaining();
    int read = file.read(into, from);
    if (read < wanted) {
      throw new MillraceException(
          ErrorCode.CONNECTOR,
          path
              + ": planned with "
              + sizeBytes
              + " bytes, now it ends after "
              + Math.min(from + read, file.size())
              + "; input files must not be cut: put it back as it was, or start with a new"
              + " checkpoint");
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
