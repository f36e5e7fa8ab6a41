package io.millrace.gateway.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lists compared without regard to order. */
final class Multisets {
  private Multisets() {}

  /** What is in the first list more often than in the second. */
  static List<String> minus(List<String> left, List<String> right) {
    Map<String, Integer> counts = new HashMap<>();
    right.forEach(item -> counts.merge(item, 1, Integer::sum));
    List<String> rest = new ArrayList<>();
    for (String item : left) {
      if (counts.merge(item, -1, Integer::sum) < 0) {
        rest.add(item);
      }
    }
    return rest;
  }
}
