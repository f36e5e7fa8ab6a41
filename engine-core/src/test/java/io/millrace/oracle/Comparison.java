package io.millrace.oracle;

import io.millrace.OutputMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what the engine gives out with what the interpreter does, epoch by epoch. */
final class Comparison {
  private final QueryCase given;
  private final EngineRun engine;
  private final QueryInterpreter interpreter;

  private Comparison(QueryCase given, EngineRun engine) {
    this.given = given;
    this.engine = engine;
    interpreter = new QueryInterpreter(given.query(), engine.schemas());
  }

  /** The first difference, or nothing. */
  static Optional<String> difference(QueryCase given, EngineRun engine) {
    return new Comparison(given, engine).difference();
  }

  private Optional<String> difference() {
    List<Long> lateBefore = interpreter.late();
    for (int epoch = 0; epoch < given.batches().size(); epoch++) {
      List<List<Object>> expected = new ArrayList<>();
      List<List<List<Object>>> inputs = new ArrayList<>();
      for (List<List<Object>> input : given.batches().get(epoch).inputs()) {
        inputs.add(input == null ? List.of() : input);
      }
      interpreter.batch(inputs).forEach(row -> expected.add(Lists.comparable(row)));
      List<List<Object>> actual = engine.rows(epoch);
      for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
        Object left = i < expected.size() ? expected.get(i) : "no row";
        Object right = i < actual.size() ? actual.get(i) : "no row";
        if (!left.equals(right)) {
          return at(epoch, "row " + i, left, right);
        }
      }
      List<Long> late = interpreter.late();
      List<Long> more = new ArrayList<>();
      for (int i = 0; i < late.size(); i++) {
        more.add(late.get(i) - lateBefore.get(i));
      }
      lateBefore = late;
      if (!more.equals(engine.late(epoch))) {
        return at(epoch, "late rows", more, engine.late(epoch));
      }
      if (!interpreter.groupCounts().equals(engine.groupCounts(epoch))) {
        return at(epoch, "groups", interpreter.groupCounts(), engine.groupCounts(epoch));
      }
    }
    return dependsOnCuts(given.query()) ? Optional.empty() : singleRows();
  }

  /** Whether what comes out, taken together, may be another if the same rows come otherwise cut. */
  static boolean dependsOnCuts(QuerySpec query) {
    return !query.lateByRow() || query.mode() != OutputMode.APPEND || query.inputs() > 1;
  }

  /** Every row a batch of its own. */
  private Optional<String> singleRows() {
    QueryInterpreter rowByRow = new QueryInterpreter(given.query(), engine.schemas());
    List<List<Object>> expected = new ArrayList<>();
    List<List<Object>> actual = new ArrayList<>();
    for (int epoch = 0; epoch < given.batches().size(); epoch++) {
      for (List<Object> row : given.batches().get(epoch).inputs().getFirst()) {
        rowByRow.batch(List.of(List.of(row))).forEach(r -> expected.add(Lists.comparable(r)));
      }
      actual.addAll(engine.rows(epoch));
    }
    return expected.equals(actual)
        ? Optional.empty()
        : Optional.of("cut into single rows\n  expected " + expected + "\n  but was  " + actual);
  }

  private static Optional<String> at(int epoch, String what, Object expected, Object actual) {
    return Optional.of(
        "epoch " + epoch + ", " + what + "\n  expected " + expected + "\n  but was  " + actual);
  }
}
