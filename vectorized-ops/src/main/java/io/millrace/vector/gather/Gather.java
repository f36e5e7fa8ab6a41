package io.millrace.vector.gather;

import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/**
 * Copies rows, null or not, into another column of the same type, dense from a row on: what filters
 * do when survivors leave a pipeline. A copy to row 0 starts the target afresh; one to a later row
 * appends, and rows before it stay. Variable-width targets grow by themselves, and so do lists.
 */
public final class Gather {
  private Gather() {}

  /**
   * Copies the rows at 32-bit positions.
   *
   * @param positions address of {@code count} row numbers of the source
   */
  public static void positions(
      ColumnVector source, long positions, int count, ColumnVector target, int at) {
    if (!source.type().isFlat()) {
      NestedGather.positions(source, positions, count, target, at);
      return;
    }
    validity(source, positions, count, target, at);
    if (source.type().isVariableWidth()) {
      bytes(source, positions, count, target, at);
      return;
    }
    int width = ColumnVector.width(source.type());
    if (width == 0) {
      for (int i = 0; i < count; i++) {
        boolean value = Bitmap.get(source.data(), Memory.getInt(positions + 4L * i));
        Bitmap.set(target.data(), at + i, value);
      }
    } else {
      fixed(source.data(), positions, count, target.data() + (long) at * width, width);
    }
  }

  /** Copies the validity bits of the rows at positions. */
  static void validity(
      ColumnVector source, long positions, int count, ColumnVector target, int at) {
    if (beginValidity(source, target, at, count)) {
      for (int i = 0; i < count; i++) {
        boolean valid = Bitmap.get(source.validity(), Memory.getInt(positions + 4L * i));
        Bitmap.set(target.validity(), at + i, valid);
      }
    }
  }

  /**
   * Copies the rows of from..to whose bit is set, run by run: for bitmaps with long runs; scattered
   * rows are copied quicker by their positions, which all columns of a block can share.
   *
   * @return how many there are
   */
  public static int selected(
      ColumnVector source, long bitmap, int from, int to, ColumnVector target, int at) {
    int next = at;
    int row = Bitmap.next(bitmap, from, to);
    if (row < 0 && at == 0) {
      range(source, from, from, target, 0);
    }
    while (row >= 0) {
      int end = Bitmap.nextClear(bitmap, row, to);
      range(source, row, end, target, next);
      next += end - row;
      row = Bitmap.next(bitmap, end, to);
    }
    return next - at;
  }

  /** Copies the rows of from..to. */
  public static void range(ColumnVector source, int from, int to, ColumnVector target, int at) {
    if (!source.type().isFlat()) {
      NestedGather.range(source, from, to, target, at);
      return;
    }
    validityRange(source, from, to, target, at);
    int count = to - from;
    int width = ColumnVector.width(source.type());
    if (source.type().isVariableWidth()) {
      bytesRange(source, from, to, target, at);
    } else if (width == 0) {
      Bitmap.copyBits(source.data(), from, target.data(), at, count);
    } else {
      Memory.copy(
          source.data() + (long) from * width,
          target.data() + (long) at * width,
          (long) count * width);
    }
  }

  /** Copies the validity bits of from..to. */
  static void validityRange(ColumnVector source, int from, int to, ColumnVector target, int at) {
    int count = to - from;
    if (beginValidity(source, target, at, count)) {
      Bitmap.copyBits(source.validity(), from, target.validity(), at, count);
    }
  }

  /**
   * Keeps {@link ColumnVector#mayHaveNulls} and, if the source has no nulls, the validity bits.
   *
   * @return whether the caller must copy validity bits
   */
  private static boolean beginValidity(
      ColumnVector source, ColumnVector target, int at, int count) {
    if (at == 0) {
      target.mayHaveNulls(false);
    }
    if (source.mayHaveNulls()) {
      target.mayHaveNulls(true);
      return true;
    }
    Bitmap.setBits(target.validity(), at, count);
    return false;
  }

  private static void fixed(long source, long positions, int count, long target, int width) {
    switch (width) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          Memory.putByte(target + i, Memory.getByte(source + Memory.getInt(positions + 4L * i)));
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          long from = source + 2L * Memory.getInt(positions + 4L * i);
          Memory.putShort(target + 2L * i, Memory.getShort(from));
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          long from = source + 4L * Memory.getInt(positions + 4L * i);
          Memory.putInt(target + 4L * i, Memory.getInt(from));
        }
      }
      case 8 -> {
        for (int i = 0; i < count; i++) {
          long from = source + 8L * Memory.getInt(positions + 4L * i);
          Memory.putLong(target + 8L * i, Memory.getLong(from));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          long from = source + 16L * Memory.getInt(positions + 4L * i);
          Memory.putLong(target + 16L * i, Memory.getLong(from));
          Memory.putLong(target + 16L * i + 8, Memory.getLong(from + 8));
        }
      }
    }
  }

  private static void bytes(
      ColumnVector source, long positions, int count, ColumnVector target, int at) {
    if (at == 0) {
      target.offset(0, 0);
    }
    long end = target.offset(at);
    long size = 0;
    for (int i = 0; i < count; i++) {
      size += source.length(Memory.getInt(positions + 4L * i));
    }
    target.reserveData(end + size);
    long from = source.data();
    long to = target.data();
    for (int i = 0; i < count; i++) {
      int row = Memory.getInt(positions + 4L * i);
      int length = source.length(row);
      Memory.copyShort(from + source.offset(row), to + end, length);
      end += length;
      target.offset(at + i + 1, (int) end);
    }
  }

  private static void bytesRange(
      ColumnVector source, int from, int to, ColumnVector target, int at) {
    if (at == 0) {
      target.offset(0, 0);
    }
    int start = source.offset(from);
    int size = source.offset(to) - start;
    int end = target.offset(at);
    target.reserveData((long) end + size);
    Memory.copy(source.data() + start, target.data() + end, size);
    for (int row = from; row < to; row++) {
      target.offset(at + row - from + 1, source.offset(row + 1) - start + end);
    }
  }
}
