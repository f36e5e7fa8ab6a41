package io.millrace.vector.text;

import io.millrace.vector.column.BytesWriter;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;

/**
 * Parts of texts. Positions and lengths are INT columns and count characters (bytes in BINARY): 1
 * and 0 are the first, -1 the last; a part that begins before the text loses what lies there.
 */
public final class Substring {
  private Substring() {}

  /**
   * @param length null for "up to the end"
   */
  public static void characters(
      ColumnVector text,
      ColumnVector position,
      ColumnVector length,
      RowSelection rows,
      ColumnVector out) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        int size = text.length(row);
        long address = text.data() + text.offset(row);
        long start = Memory.getInt(position.data() + 4L * row);
        if (start < 0) {
          start += Utf8.characterCount(address, size);
        } else if (start > 0) {
          start--;
        }
        long end = end(start, length, row);
        int first = Utf8.skip(address, 0, size, (int) Math.max(0, start));
        int count = (int) Math.min(size, Math.max(0, end) - Math.max(0, start));
        if (count > 0) {
          writer.append(address + first, Utf8.skip(address, first, size, count) - first);
        }
      }
      writer.endRow(row);
    }
  }

  /** The same for BINARY. */
  public static void bytes(
      ColumnVector binary,
      ColumnVector position,
      ColumnVector length,
      RowSelection rows,
      ColumnVector out) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        int size = binary.length(row);
        long start = Memory.getInt(position.data() + 4L * row);
        if (start < 0) {
          start += size;
        } else if (start > 0) {
          start--;
        }
        long end = Math.min(size, end(start, length, row));
        long first = Math.max(0, start);
        if (end > first) {
          writer.append(binary.data() + binary.offset(row) + first, (int) (end - first));
        }
      }
      writer.endRow(row);
    }
  }

  private static long end(long start, ColumnVector length, int row) {
    return length == null ? Integer.MAX_VALUE : start + Memory.getInt(length.data() + 4L * row);
  }
}
