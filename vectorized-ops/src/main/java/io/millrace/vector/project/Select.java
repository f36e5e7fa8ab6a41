package io.millrace.vector.project;

import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/** Puts a column together from rows of several columns: CASE, coalesce, greatest. */
public final class Select {
  private Select() {}

  /**
   * Writes rows from..to of the target: each row is taken, null or not, from the source whose mask
   * has its bit; a row in no mask is null. No row may be in two masks.
   *
   * @param masks one bitmap per source
   * @param count how many sources and masks there are
   */
  public static void blend(
      ColumnVector[] sources, long[] masks, int count, ColumnVector target, int from, int to) {
    Bitmap.fill(target.validity(), false, from, to);
    for (int i = 0; i < count; i++) {
      orMasked(sources[i].validity(), masks[i], target.validity(), from, to);
    }
    target.mayHaveNulls(!Bitmap.isAllSet(target.validity(), from, to));
    if (target.type().isVariableWidth()) {
      bytes(sources, masks, count, target, from, to);
      return;
    }
    int width = ColumnVector.width(target.type());
    if (width == 0) {
      Bitmap.fill(target.data(), false, from, to);
    }
    for (int i = 0; i < count; i++) {
      if (width == 0) {
        orMasked(sources[i].data(), masks[i], target.data(), from, to);
      } else {
        fixed(sources[i].data(), masks[i], target.data(), width, from, to);
      }
    }
  }

  private static void orMasked(long source, long mask, long target, int from, int to) {
    for (long at = Bitmap.first(from); at < Bitmap.end(to); at += 8) {
      Memory.putLong(
          target + at,
          Memory.getLong(target + at) | Memory.getLong(source + at) & Memory.getLong(mask + at));
    }
  }

  private static void fixed(long source, long mask, long target, int width, int from, int to) {
    for (int row = from & ~63; row < to; row += 64) {
      long bits = Memory.getLong(mask + (row >> 3)) & Bitmap.within(row, from, to);
      if (bits == -1L) {
        Memory.copy(source + (long) row * width, target + (long) row * width, 64L * width);
        continue;
      }
      for (; bits != 0; bits &= bits - 1) {
        long at = (long) (row + Long.numberOfTrailingZeros(bits)) * width;
        switch (width) {
          case 1 -> Memory.putByte(target + at, Memory.getByte(source + at));
          case 2 -> Memory.putShort(target + at, Memory.getShort(source + at));
          case 4 -> Memory.putInt(target + at, Memory.getInt(source + at));
          case 8 -> Memory.putLong(target + at, Memory.getLong(source + at));
          default -> {
            Memory.putLong(target + at, Memory.getLong(source + at));
            Memory.putLong(target + at + 8, Memory.getLong(source + at + 8));
          }
        }
      }
    }
  }

  private static void bytes(
      ColumnVector[] sources, long[] masks, int count, ColumnVector target, int from, int to) {
    long size = 0;
    for (int row = from; row < to; row++) {
      int source = Bitmap.get(target.validity(), row) ? sourceOf(masks, count, row) : -1;
      size += source < 0 ? 0 : sources[source].length(row);
    }
    target.reserveData(size);
    long data = target.data();
    int end = 0;
    target.offset(from, 0);
    for (int row = from; row < to; row++) {
      int source = Bitmap.get(target.validity(), row) ? sourceOf(masks, count, row) : -1;
      if (source >= 0) {
        ColumnVector column = sources[source];
        int length = column.length(row);
        Memory.copyShort(column.data() + column.offset(row), data + end, length);
        end += length;
      }
      target.offset(row + 1, end);
    }
  }

  private static int sourceOf(long[] masks, int count, int row) {
    for (int i = 0; i < count; i++) {
      if (Bitmap.get(masks[i], row)) {
        return i;
      }
    }
    return -1;
  }
}
