package io.millrace.oracle;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Lists that may hold nulls. */
final class Lists {
  private Lists() {}

  static List<Object> pick(List<Object> row, List<Integer> columns) {
    List<Object> picked = new ArrayList<>();
    columns.forEach(column -> picked.add(row.get(column)));
    return picked;
  }

  static List<Object> join(List<?>... parts) {
    List<Object> all = new ArrayList<>();
    for (List<?> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  /** The same with bytes that can be compared. */
  static List<Object> comparable(List<?> values) {
    List<Object> result = new ArrayList<>();
    for (Object value : values) {
      result.add(
          value instanceof byte[] bytes
              ? ByteBuffer.wrap(bytes)
              : value instanceof List<?> list ? comparable(list) : value);
    }
    return result;
  }
}
