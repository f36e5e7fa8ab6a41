package io.millrace.physical;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * How values of one type compare in SQL: text by its bytes, NaN above all numbers, 0.0 equal to
 * -0.0.
 */
final class SqlOrder {
  /** For values that are not null and of the same class. */
  static final Comparator<Object> ASCENDING = SqlOrder::compare;

  private SqlOrder() {}

  @SuppressWarnings("unchecked") // all other value classes are comparable with themselves
  private static int compare(Object a, Object b) {
    return switch (a) {
      case String text ->
          Arrays.compareUnsigned(
              text.getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8));
      case byte[] bytes -> Arrays.compareUnsigned(bytes, (byte[]) b);
      case Double number -> Double.compare(number + 0.0, (Double) b + 0.0);
      case Float number -> Float.compare(number + 0.0f, (Float) b + 0.0f);
      default -> ((Comparable<Object>) a).compareTo(b);
    };
  }
}
