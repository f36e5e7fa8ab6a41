package io.millrace.connectors.files;

import io.millrace.state.storage.Storage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Says for an error where in a file a byte is, by reading the file again up to it. */
public final class LineNumbers {
  private static final int BUFFER_BYTES = 64 << 10;

  private LineNumbers() {}

  /**
   * {@code "in/a.json, line 3"}, or with the offset alone if the file cannot be read any more.
   *
   * @param origin the file's path
   * @param offset in the file, decompressed
   */
  public static String describe(Storage storage, String origin, long offset) {
    try {
      return origin + ", line " + lineAt(storage, Path.of(origin), offset);
    } catch (MillraceException | InvalidPathException e) {
      return origin + ", byte " + offset;
    }
  }

  private static long lineAt(Storage storage, Path path, long offset) {
    long sizeBytes = storage.entry(path).orElseThrow(() -> gone(path)).sizeBytes();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long line = 1;
    try (InputBytes bytes = InputFiles.open(storage, path, sizeBytes)) {
      for (long left = offset; left > 0; left -= buffer.limit()) {
        buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
        int read = bytes.read(buffer);
        if (read == 0) {
          break;
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
          line += buffer.get() == '\n' ? 1 : 0;
        }
      }
    }
    return line;
  }

  private static MillraceException gone(Path path) {
    return new MillraceException(ErrorCode.CONNECTOR, path + " has gone");
  }
}
