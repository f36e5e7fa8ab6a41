package io.millrace.vector.text;

import io.millrace.vector.column.BytesWriter;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;

/** Joins the values of several STRING or BINARY columns row by row. */
public final class Concatenation {
  private Concatenation() {}

  /** The rows asked for are null in none of the parts. */
  public static void concat(ColumnVector[] parts, RowSelection rows, ColumnVector out) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        for (ColumnVector part : parts) {
          writer.append(part.data() + part.offset(row), part.length(row));
        }
      }
      writer.endRow(row);
    }
  }

  /** Puts the separator between the parts; null parts are left out, together with theirs. */
  public static void withSeparator(
      ColumnVector separator, ColumnVector[] parts, RowSelection rows, ColumnVector out) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        boolean first = true;
        for (ColumnVector part : parts) {
          if (part.mayHaveNulls() && part.isNull(row)) {
            continue;
          }
          if (!first) {
            writer.append(separator.data() + separator.offset(row), separator.length(row));
          }
          writer.append(part.data() + part.offset(row), part.length(row));
          first = false;
        }
      }
      writer.endRow(row);
    }
  }
}
