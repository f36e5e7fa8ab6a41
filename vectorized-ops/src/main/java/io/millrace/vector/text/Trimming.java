package io.millrace.vector.text;

import io.millrace.vector.column.BytesWriter;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;

/** Removes characters from the ends of texts. */
public final class Trimming {
  private Trimming() {}

  /** Removes spaces: U+0020 alone, as Spark does. */
  public static void trim(
      ColumnVector text, boolean left, boolean right, RowSelection rows, ColumnVector out) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        long start = text.data() + text.offset(row);
        long end = text.data() + text.offset(row + 1);
        while (left && start < end && Memory.getByte(start) == ' ') {
          start++;
        }
        while (right && start < end && Memory.getByte(end - 1) == ' ') {
          end--;
        }
        writer.append(start, (int) (end - start));
      }
      writer.endRow(row);
    }
  }

  /** Removes characters that are among those of another column's text. */
  public static void trim(
      ColumnVector text,
      ColumnVector characters,
      boolean left,
      boolean right,
      RowSelection rows,
      ColumnVector out) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        long address = text.data() + text.offset(row);
        long set = characters.data() + characters.offset(row);
        int setLength = characters.length(row);
        int start = 0;
        int end = text.length(row);
        while (left && start < end) {
          int next = Utf8.skip(address, start, end, 1);
          if (Bytes.indexOf(set, setLength, address + start, next - start, 0) < 0) {
            break;
          }
          start = next;
        }
        while (right && start < end) {
          int previous = Utf8.previous(address, end);
          if (previous < start
              || Bytes.indexOf(set, setLength, address + previous, end - previous, 0) < 0) {
            break;
          }
          end = previous;
        }
        writer.append(address + start, end - start);
      }
      writer.endRow(row);
    }
  }
}
