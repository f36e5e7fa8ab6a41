package io.millrace.connectors.files;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** What a gzip file holds, all its members one after the other. */
final class GzipBytes implements InputBytes {
  private static final int BUFFER_BYTES = 64 << 10;

  private final Path path;
  private final InputBytes compressed;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private InputStream stream;

  GzipBytes(Path path, InputBytes compressed) {
    this.path = path;
    this.compressed = compressed;
  }

  @Override
  public int read(ByteBuffer into) {
    int start = into.position();
    try {
      if (stream == null) {
        stream = new GZIPInputStream(new Compressed(compressed), BUFFER_BYTES);
      }
      while (into.hasRemaining()) {
        int read = stream.read(buffer, 0, Math.min(buffer.length, into.remaining()));
        if (read < 0) {
          break;
        }
        into.put(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.DATA, path + ": no gzip file, or a damaged one: " + e.getMessage(), e);
    }
    return into.position() - start;
  }

  @Override
  public void close() {
    try (compressed) {
      if (stream != null) {
        stream.close();
      }
    } catch (IOException e) {
      throw new MillraceException(ErrorCode.CONNECTOR, path + ": close: " + e.getMessage(), e);
    }
  }

  /** The file's bytes for the JDK's decoder, which asks at a member's end whether more follows. */
  private static final class Compressed extends InputStream {
    private final InputBytes bytes;
    private final ByteBuffer ahead = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

    Compressed(InputBytes bytes) {
      this.bytes = bytes;
    }

    @Override
    public int available() {
      if (!ahead.hasRemaining()) {
        bytes.read(ahead.clear());
        ahead.flip();
      }
      return ahead.remaining();
    }

    @Override
    public int read() {
      return available() == 0 ? -1 : ahead.get() & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int count = Math.min(available(), length);
      ahead.get(into, offset, count);
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
