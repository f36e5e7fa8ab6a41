package io.millrace.physical;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Values that are equal as SQL groups them: null equals null, NaN equals NaN, and 0.0 equals -0.0.
 */
record GroupKey(List<Object> values) {
  static GroupKey of(List<Object> values) {
    List<Object> normal = new ArrayList<>(values.size());
    for (Object value : values) {
      normal.add(normalized(value));
    }
    return new GroupKey(normal);
  }

  private static Object normalized(Object value) {
    return switch (value) {
      case Double number when number == 0.0 -> 0.0;
      case Float number when number == 0.0f -> 0.0f;
      case byte[] bytes -> ByteBuffer.wrap(bytes);
      case null -> null;
      default -> value;
    };
  }
}
