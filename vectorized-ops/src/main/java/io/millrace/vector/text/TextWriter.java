package io.millrace.vector.text;

import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.nio.charset.StandardCharsets;

/**
 * Writes the values of a variable-width column one behind the other; kernels keep it in a local
 * variable, so that it does not become an object.
 */
final class TextWriter {
  private final ColumnVector out;
  private int end;

  /** Begins at a row; what stands in the column is forgotten. */
  TextWriter(ColumnVector out, int from) {
    this.out = out;
    out.offset(from, 0);
  }

  /** Where the next bytes go, once there is room for so many. */
  long reserve(long bytes) {
    out.reserveData(end + bytes);
    return out.data() + end;
  }

  /** So many bytes were written where {@link #reserve} said. */
  void advance(int bytes) {
    end += bytes;
  }

  void append(long from, int length) {
    Bytes.copy(from, reserve(length), length);
    end += length;
  }

  void append(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Memory.copy(bytes, 0, reserve(bytes.length), bytes.length);
    end += bytes.length;
  }

  /** The value of a row ends here. */
  void endRow(int row) {
    out.offset(row + 1, end);
  }
}
