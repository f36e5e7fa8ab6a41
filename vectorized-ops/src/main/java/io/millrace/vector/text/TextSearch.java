package io.millrace.vector.text;

import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;

/** Looks for one column's texts in another's, byte for byte; works for BINARY as well. */
public final class TextSearch {
  private TextSearch() {}

  /** Writes a bitmap. */
  public static void startsWith(
      ColumnVector text, ColumnVector prefix, RowSelection rows, ColumnVector out) {
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      long result = 0;
      for (long left = rows.word(base); left != 0; left &= left - 1) {
        int row = base + Long.numberOfTrailingZeros(left);
        if (Bytes.startsWith(
            start(text, row), text.length(row), start(prefix, row), prefix.length(row))) {
          result |= Long.lowestOneBit(left);
        }
      }
      Memory.putLong(out.data() + (base >> 3), result);
    }
  }

  /** Writes a bitmap. */
  public static void endsWith(
      ColumnVector text, ColumnVector suffix, RowSelection rows, ColumnVector out) {
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      long result = 0;
      for (long left = rows.word(base); left != 0; left &= left - 1) {
        int row = base + Long.numberOfTrailingZeros(left);
        if (Bytes.endsWith(
            start(text, row), text.length(row), start(suffix, row), suffix.length(row))) {
          result |= Long.lowestOneBit(left);
        }
      }
      Memory.putLong(out.data() + (base >> 3), result);
    }
  }

  /** Writes a bitmap. */
  public static void contains(
      ColumnVector text, ColumnVector part, RowSelection rows, ColumnVector out) {
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      long result = 0;
      for (long left = rows.word(base); left != 0; left &= left - 1) {
        int row = base + Long.numberOfTrailingZeros(left);
        if (Bytes.indexOf(start(text, row), text.length(row), start(part, row), part.length(row), 0)
            >= 0) {
          result |= Long.lowestOneBit(left);
        }
      }
      Memory.putLong(out.data() + (base >> 3), result);
    }
  }

  /**
   * Writes as INT the position (from 1) of the first character where the part stands, 0 when it
   * stands nowhere.
   *
   * @param position INT column: the character to look from; less than 1 finds nothing; null for the
   *     first
   */
  public static void locate(
      ColumnVector text,
      ColumnVector part,
      ColumnVector position,
      RowSelection rows,
      ColumnVector out) {
    for (int row = rows.from(); row < rows.to(); row++) {
      int found = 0;
      if (rows.includes(row)) {
        int first = position == null ? 1 : Memory.getInt(position.data() + 4L * row);
        found =
            locate(start(text, row), text.length(row), start(part, row), part.length(row), first);
      }
      Memory.putInt(out.data() + 4L * row, found);
    }
  }

  private static int locate(long text, int length, long part, int partLength, int first) {
    if (first < 1) {
      return 0;
    }
    if (partLength == 0) {
      return 1;
    }
    int from = Utf8.skip(text, 0, length, first - 1);
    int at = Bytes.indexOf(text, length, part, partLength, from);
    return at < 0 ? 0 : Utf8.characterCount(text, at) + 1;
  }

  private static long start(ColumnVector column, int row) {
    return column.data() + column.offset(row);
  }
}
