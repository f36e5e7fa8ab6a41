package io.millrace.perf.bench;

import io.millrace.perf.bench.BenchFigures.Pass;
import io.millrace.perf.bench.BenchFigures.Run;
import io.millrace.perf.bench.BenchFigures.Sum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whether all engines say the same. */
final class SameAnswer {
  private static final double TOLERANCE = 1e-9;

  private SameAnswer() {}

  /**
   * All passes of all programs of a workload.
   *
   * @throws IllegalStateException if two differ
   */
  static void require(List<Run> runs) {
    Run first = null;
    Sum sum = null;
    for (Run run : runs) {
      for (Pass pass : run.measured().passes()) {
        if (sum == null) {
          first = run;
          sum = pass.answer();
        } else if (!sum.matches(pass.answer())) {
          throw new IllegalStateException(
              run.workload()
                  + ": "
                  + first.name()
                  + " says "
                  + sum
                  + ", "
                  + run.name()
                  + " says "
                  + pass.answer());
        }
      }
    }
  }

  /**
   * Rows in files, value by value whatever their order.
   *
   * @throws IllegalStateException naming the first difference
   */
  static void require(String workload, String name, Path rows, String otherName, Path otherRows) {
    List<String> all = sorted(rows);
    List<String> others = sorted(otherRows);
    for (int i = 0; i < Math.max(all.size(), others.size()); i++) {
      String row = i < all.size() ? all.get(i) : "nothing";
      String other = i < others.size() ? others.get(i) : "nothing";
      if (!isSame(row, other)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "%s, row %d in order: %s says %s, %s says %s",
                workload,
                i,
                name,
                row,
                otherName,
                other));
      }
    }
  }

  private static List<String> sorted(Path rows) {
    try {
      return Files.readAllLines(rows).stream().sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + rows, e);
    }
  }

  private static boolean isSame(String row, String other) {
    if (row.equals(other)) {
      return true;
    }
    double[] values = values(row);
    double[] others = values(other);
    if (values.length != others.length) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      if (!(Math.abs(values[i] - others[i]) <= TOLERANCE * Math.max(1, Math.abs(values[i])))) {
        return false;
      }
    }
    return true;
  }

  private static double[] values(String row) {
    return row.equals("nothing")
        ? new double[0]
        : Arrays.stream(row.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }
}
