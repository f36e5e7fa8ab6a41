package io.millrace.connectors.files;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Lines that prove that they are whole: the CRC32C of a text as eight hexadecimal digits, a space,
 * the text, a newline.
 */
final class ManifestLines {
  private static final int PREFIX_BYTES = 9;

  private ManifestLines() {}

  static byte[] line(String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    String prefix = checksum(body, 0, body.length) + " ";
    byte[] line = new byte[PREFIX_BYTES + body.length + 1];
    System.arraycopy(prefix.getBytes(StandardCharsets.US_ASCII), 0, line, 0, PREFIX_BYTES);
    System.arraycopy(body, 0, line, PREFIX_BYTES, body.length);
    line[line.length - 1] = '\n';
    return line;
  }

  /** The text of a whole line from {@code start} to {@code end}, its newline included. */
  static String text(byte[] bytes, int start, int end) {
    int from = start + PREFIX_BYTES;
    return new String(bytes, from, end - 1 - from, StandardCharsets.UTF_8);
  }

  /** Behind the next newline, or the end of the bytes if there is none. */
  static int lineEnd(byte[] bytes, int start) {
    int i = start;
    while (i < bytes.length && bytes[i] != '\n') {
      i++;
    }
    return Math.min(bytes.length, i + 1);
  }

  /**
   * How many bytes are whole lines; what follows was torn when it was written.
   *
   * @throws MillraceException if a whole line follows a damaged one
   */
  static int validBytes(Path path, byte[] bytes) {
    int valid = 0;
    boolean damaged = false;
    for (int start = 0, end; start < bytes.length; start = end) {
      end = lineEnd(bytes, start);
      if (!isWhole(bytes, start, end)) {
        damaged = true;
      } else if (damaged) {
        throw new MillraceException(
            ErrorCode.CHECKPOINT,
            path
                + ": damaged at position "
                + valid
                + ", which a crash cannot do; restore the file, or write to another directory with"
                + " a new checkpoint");
      } else {
        valid = end;
      }
    }
    return valid;
  }

  private static boolean isWhole(byte[] bytes, int start, int end) {
    int body = end - 1 - start - PREFIX_BYTES;
    return body >= 0
        && bytes[end - 1] == '\n'
        && new String(bytes, start, PREFIX_BYTES, StandardCharsets.ISO_8859_1)
            .equals(checksum(bytes, start + PREFIX_BYTES, body) + " ");
  }

  private static String checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
