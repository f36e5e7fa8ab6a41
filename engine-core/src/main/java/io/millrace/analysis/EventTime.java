package io.millrace.analysis;

import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.analysis.BoundExpression.Field;
import io.millrace.analysis.BoundExpression.Input;
import java.util.OptionalLong;

/**
 * Which values of a plan are event time: the column that a watermark watches, what passes it on,
 * and the bounds of windows over it.
 */
final class EventTime {
  private EventTime() {}

  /**
   * How far the watermark must be past a value before no row with that value is on time any more: 0
   * for an event time column and the end of a window, the size for the start of one. Empty for what
   * is no event time.
   *
   * @param time over the plan's columns
   * @return microseconds
   */
  static OptionalLong closingUs(ResolvedPlan plan, BoundExpression time) {
    if (time instanceof Apply call && call.function().equals(WindowStruct.END)) {
      long sizeUs = (Long) ((Constant) call.arguments().get(1)).value();
      return plus(closingUs(plan, call.arguments().getFirst()), -sizeUs);
    } else if (time instanceof Apply call && call.function().equals(WindowStruct.TIME)) {
      return plus(closingUs(plan, call.arguments().getFirst()), 1);
    }
    BoundExpression whole = time instanceof Field field ? field.struct() : time;
    return whole instanceof Input column
        ? ofColumn(plan, time, column.index())
        : OptionalLong.empty();
  }

  /**
   * @param time the column, or a field of it
   */
  private static OptionalLong ofColumn(ResolvedPlan plan, BoundExpression time, int index) {
    return switch (plan) {
      case ResolvedPlan.Scan ignored -> OptionalLong.empty();
      case ResolvedPlan.LocalRows ignored -> OptionalLong.empty();
      case ResolvedPlan.Filter filter -> ofColumn(filter.input(), time, index);
      case ResolvedPlan.Sort sort -> ofColumn(sort.input(), time, index);
      case ResolvedPlan.Limit limit -> ofColumn(limit.input(), time, index);
      case ResolvedPlan.Distinct distinct -> ofColumn(distinct.input(), time, index);
      case ResolvedPlan.Project project ->
          closingUs(project.input(), over(time, project.columns().get(index).expression()));
      case ResolvedPlan.Watermark watermark ->
          watermark.column() == index
              ? OptionalLong.of(0)
              : ofColumn(watermark.input(), time, index);
      case ResolvedPlan.Window window ->
          index < window.input().schema().size()
              ? ofColumn(window.input(), time, index)
              : when(window.eventTime(), window.windows().sizeUs());
      case ResolvedPlan.Aggregate groups ->
          groups.eventTime().isPresent() && groups.eventTime().get().key() == index
              ? OptionalLong.of(groups.eventTime().get().lengthUs())
              : OptionalLong.empty();
      case ResolvedPlan.SessionAggregate sessions ->
          when(sessions.eventTime() && index == sessions.keys().size() + 1, 0);
      case ResolvedPlan.Union union -> {
        OptionalLong first = ofColumn(union.inputs().getFirst(), time, index);
        yield union.inputs().stream().allMatch(input -> ofColumn(input, time, index).equals(first))
            ? first
            : OptionalLong.empty();
      }
    };
  }

  private static BoundExpression over(BoundExpression time, BoundExpression column) {
    return time instanceof Field field
        ? StructFunctions.made(
            new Field(column, field.index(), field.name(), field.type(), field.nullable()))
        : column;
  }

  private static OptionalLong when(boolean eventTime, long us) {
    return eventTime ? OptionalLong.of(us) : OptionalLong.empty();
  }

  private static OptionalLong plus(OptionalLong closing, long us) {
    return closing.isPresent() ? OptionalLong.of(closing.getAsLong() + us) : closing;
  }
}
