package io.millrace.vector.bitmap;

import io.millrace.vector.column.Memory;

/**
 * SQL's three-valued logic on pairs of bitmaps, value and validity. A false AND argument and a true
 * OR argument decide whatever the other is; otherwise null stays null. Works on whole words as
 * {@link Bitmap} does; results may lie where an argument lies.
 */
public final class Ternary {
  private Ternary() {}

  public static void and(
      long leftValue,
      long leftValidity,
      long rightValue,
      long rightValidity,
      long resultValue,
      long resultValidity,
      int from,
      int to) {
    for (long at = Bitmap.first(from); at < Bitmap.end(to); at += 8) {
      long leftTrue = Memory.getLong(leftValue + at) & Memory.getLong(leftValidity + at);
      long rightTrue = Memory.getLong(rightValue + at) & Memory.getLong(rightValidity + at);
      long isFalse =
          Memory.getLong(leftValidity + at) & ~leftTrue
              | Memory.getLong(rightValidity + at) & ~rightTrue;
      long isTrue = leftTrue & rightTrue;
      Memory.putLong(resultValue + at, isTrue);
      Memory.putLong(resultValidity + at, isTrue | isFalse);
    }
  }

  public static void or(
      long leftValue,
      long leftValidity,
      long rightValue,
      long rightValidity,
      long resultValue,
      long resultValidity,
      int from,
      int to) {
    for (long at = Bitmap.first(from); at < Bitmap.end(to); at += 8) {
      long leftTrue = Memory.getLong(leftValue + at) & Memory.getLong(leftValidity + at);
      long rightTrue = Memory.getLong(rightValue + at) & Memory.getLong(rightValidity + at);
      long isFalse =
          Memory.getLong(leftValidity + at)
              & ~leftTrue
              & Memory.getLong(rightValidity + at)
              & ~rightTrue;
      long isTrue = leftTrue | rightTrue;
      Memory.putLong(resultValue + at, isTrue);
      Memory.putLong(resultValidity + at, isTrue | isFalse);
    }
  }

  /**
   * {@code <=>}: two nulls are equal, a null equals nothing else; the result is never null.
   *
   * @param equal whether the values are equal, undefined where one is null
   */
  public static void nullSafeEqual(
      long equal, long leftValidity, long rightValidity, long result, int from, int to) {
    for (long at = Bitmap.first(from); at < Bitmap.end(to); at += 8) {
      long left = Memory.getLong(leftValidity + at);
      long right = Memory.getLong(rightValidity + at);
      Memory.putLong(result + at, Memory.getLong(equal + at) & left & right | ~(left | right));
    }
  }
}
