package io.millrace.vector.column;

import java.nio.charset.StandardCharsets;

/**
 * Writes the values of a variable-width column one behind the other; kernels keep it in a local
 * variable, so that it does not become an object.
 */
public final class BytesWriter {
  private final ColumnVector out;
  private int end;

  /** Begins at a row; what stands in the column is forgotten. */
  public BytesWriter(ColumnVector out, int from) {
    this.out = out;
    out.offset(from, 0);
  }

  /** Where the next bytes go, once there is room for so many. */
  public long reserve(long bytes) {
    out.reserveData(end + bytes);
    return out.data() + end;
  }

  /** So many bytes were written where {@link #reserve} said. */
  public void advance(int bytes) {
    end += bytes;
  }

  public void append(long from, int length) {
    copy(from, reserve(length), length);
    end += length;
  }

  public void append(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Memory.copy(bytes, 0, reserve(bytes.length), bytes.length);
    end += bytes.length;
  }

  /** The value of a row ends here. */
  public void endRow(int row) {
    out.offset(row + 1, end);
  }

  /** Copies bytes that do not overlap; short ones without a call. */
  private static void copy(long from, long to, int length) {
    if (length > 64) {
      Memory.copy(from, to, length);
    } else if (length >= 8) {
      int lastWord = length - 8;
      for (int i = 0; i < lastWord; i += 8) {
        Memory.putLong(to + i, Memory.getLong(from + i));
      }
      Memory.putLong(to + lastWord, Memory.getLong(from + lastWord));
    } else {
      for (int i = 0; i < length; i++) {
        Memory.putByte(to + i, Memory.getByte(from + i));
      }
    }
  }
}
