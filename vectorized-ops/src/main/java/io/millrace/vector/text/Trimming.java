package io.millrace.vector.text;

import io.millrace.vector.column.BytesWriter;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;

/** Removes spaces (U+0020 alone, as Spark does) from the ends of texts. */
public final class Trimming {
  private Trimming() {}

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
}
