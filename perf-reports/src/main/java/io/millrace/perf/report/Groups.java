package io.millrace.perf.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs of the same thing. */
final class Groups {
  private Groups() {}

  /** By name, in the order in which names first come. */
  static <T> Map<String, List<T>> of(Collection<T> runs, Function<T, String> name) {
    return runs.stream()
        .collect(Collectors.groupingBy(name, LinkedHashMap::new, Collectors.toList()));
  }
}
