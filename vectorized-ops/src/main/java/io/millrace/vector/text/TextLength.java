package io.millrace.vector.text;

import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;

/** Numbers that describe a text, as INT. Computed for null rows as well: they cannot fail. */
public final class TextLength {
  private TextLength() {}

  /** Characters (code points). */
  public static void characters(ColumnVector text, RowSelection rows, ColumnVector out) {
    long data = text.data();
    for (int row = rows.from(); row < rows.to(); row++) {
      int start = text.offset(row);
      Memory.putInt(
          out.data() + 4L * row, Utf8.characterCount(data + start, text.offset(row + 1) - start));
    }
  }

  public static void bytes(ColumnVector text, RowSelection rows, ColumnVector out) {
    for (int row = rows.from(); row < rows.to(); row++) {
      Memory.putInt(out.data() + 4L * row, text.length(row));
    }
  }

  /** The code point of the first character; 0 for empty text. */
  public static void firstCodePoint(ColumnVector text, RowSelection rows, ColumnVector out) {
    for (int row = rows.from(); row < rows.to(); row++) {
      long address = text.data() + text.offset(row);
      int length = text.length(row);
      int codePoint = length == 0 ? 0 : Memory.getByte(address);
      if (codePoint < 0) {
        codePoint = Utf8.decode(address, Utf8.skip(address, 0, length, 1)).codePointAt(0);
      }
      Memory.putInt(out.data() + 4L * row, codePoint);
    }
  }
}
