package io.millrace.vector.filter;

import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.hash.KeyHash;
import java.util.Arrays;

/** The options of an IN list in an open-addressing table, for lists too long to be compared. */
public final class InSet {
  private final ColumnVector options;

  /** Rows of {@link #options}, -1 where there is none; at most half of it is taken. */
  private final int[] slots;

  /**
   * @param options rows 0 to {@code count}, none of them null; it stays the caller's and must
   *     outlive this set
   */
  public InSet(ColumnVector options, int count) {
    this.options = options;
    this.slots = new int[Integer.highestOneBit(Math.max(1, count)) << 2];
    Arrays.fill(slots, -1);
    for (int row = 0; row < count; row++) {
      int slot = find(options, row);
      slots[slot] = row;
    }
  }

  /**
   * Writes which rows of a column of the options' type are in the list, as a bitmap; rows outside
   * the mask are undefined, and nulls are not looked at.
   *
   * @param mask the rows that matter, or 0 for all
   */
  public void contains(ColumnVector column, int from, int to, long mask, long result) {
    for (int row = from & ~63; row < to; row += 64) {
      long word = 0;
      long asked = mask == 0 ? -1L : Memory.getLong(mask + (row >> 3));
      for (long bits = asked & Bitmap.within(row, from, to); bits != 0; bits &= bits - 1) {
        int i = row + Long.numberOfTrailingZeros(bits);
        word |= (slots[find(column, i)] >= 0 ? 1L : 0L) << i;
      }
      Memory.putLong(result + (row >> 3), word);
    }
  }

  /** The slot that holds a row's value, or the free one where it would stand. */
  private int find(ColumnVector column, int row) {
    int slot = (int) KeyHash.ofRow(column, row) & slots.length - 1;
    while (slots[slot] >= 0 && Compare.rows(options, slots[slot], column, row) != 0) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }
}
