package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Input;
import io.millrace.analysis.BoundTree;
import io.millrace.analysis.ResolvedPlan.NamedExpression;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which columns expressions read, and what these columns are. */
final class Columns {
  private static final Set<String> FREE = Set.of("named_struct", "window_end", "window_time");

  private Columns() {}

  /** Adds the indexes of the columns that the expression reads. */
  static void collect(BoundExpression expression, BitSet indexes) {
    if (expression instanceof Input input) {
      indexes.set(input.index());
    }
    for (BoundExpression child : BoundTree.children(expression)) {
      collect(child, indexes);
    }
  }

  /** Adds to {@code counts} how often the expression reads each column. */
  static void count(BoundExpression expression, int[] counts) {
    if (expression instanceof Input input) {
      counts[input.index()]++;
    }
    for (BoundExpression child : BoundTree.children(expression)) {
      count(child, counts);
    }
  }

  /** The expression with each column replaced by what computes it. */
  static BoundExpression inline(BoundExpression expression, List<NamedExpression> columns) {
    return BoundTree.replace(
        expression,
        part ->
            part instanceof Input input
                ? Optional.of(columns.get(input.index()).expression())
                : Optional.empty());
  }

  /** The expression over columns that have moved: {@code moved[old]} is the new index. */
  static BoundExpression move(BoundExpression expression, int[] moved) {
    return BoundTree.replace(
        expression,
        part ->
            part instanceof Input input
                ? Optional.of(
                    new Input(moved[input.index()], input.name(), input.type(), input.nullable()))
                : Optional.empty());
  }

  /** Whether computing the column again costs nothing. */
  static boolean isFree(NamedExpression column) {
    return isFree(column.expression());
  }

  /** Structs and their fields are shown, not copied; the bounds of windows are one addition. */
  private static boolean isFree(BoundExpression expression) {
    return expression instanceof Input
        || expression instanceof BoundExpression.Constant
        || expression instanceof BoundExpression.Field field && isFree(field.struct())
        || expression instanceof BoundExpression.Apply apply
            && FREE.contains(apply.function())
            && apply.arguments().stream().allMatch(Columns::isFree);
  }

  /** Whether no computed column would be computed more than once. */
  static boolean inlinesOnce(int[] counts, List<NamedExpression> columns) {
    for (int i = 0; i < columns.size(); i++) {
      if (counts[i] > 1 && !isFree(columns.get(i))) {
        return false;
      }
    }
    return true;
  }
}
