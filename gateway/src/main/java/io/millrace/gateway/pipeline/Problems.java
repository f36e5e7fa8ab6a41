package io.millrace.gateway.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with one pipeline file, found in any order. */
final class Problems {
  private record Problem(int line, String message) {}

  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param file as the user named it
   */
  Problems(String file) {
    this.file = file;
  }

  /**
   * @param line from 1
   */
  void add(int line, String message) {
    problems.add(new Problem(line, message));
  }

  int count() {
    return problems.size();
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  /** Throws what was found, if anything was. */
  void check() {
    if (!problems.isEmpty()) {
      throw exception();
    }
  }

  /** What was found, in the order of the lines. */
  InvalidPipelineException exception() {
    return new InvalidPipelineException(
        problems.stream()
            .sorted(Comparator.comparingInt(Problem::line))
            .map(problem -> file + ":" + problem.line + ": " + problem.message)
            .distinct()
            .toList());
  }
}
