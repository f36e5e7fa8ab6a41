package io.millrace.physical;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundTree;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.state.table.SlidingGroups;
import io.millrace.types.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How groups of overlapping windows are kept by pane, a stretch as long as the slide: a row is then
 * added to one group instead of to one per window.
 *
 * @param windows that the panes make up
 * @param key which of the groups' keys is the start, of a window or of a pane
 */
record Panes(ResolvedPlan.Window windows, int key) {
  /**
   * Empty if groups have to be kept by window: if some are given out before they are over, if a row
   * is late by the rows before it, if panes do not make up the windows, or if a result depends on
   * the order of rows or on which window it is.
   */
  static Optional<Panes> of(ResolvedPlan.Aggregate plan, PipelineContext context) {
    if (context.emission() != Emission.APPEND
        || context.stamps() != null
        || plan.eventTime().isEmpty()
        || !(plan.input() instanceof ResolvedPlan.Window windows)) {
      return Optional.empty();
    }
    Panes panes = new Panes(windows, plan.eventTime().get().key());
    return panes.makeUpWindows() && panes.suffice(plan) ? Optional.of(panes) : Optional.empty();
  }

  private boolean makeUpWindows() {
    long sizeUs = windows.windows().sizeUs();
    long slideUs = windows.windows().slideUs();
    return slideUs < sizeUs && sizeUs % slideUs == 0;
  }

  private boolean suffice(ResolvedPlan.Aggregate plan) {
    List<BoundExpression> others = new ArrayList<>();
    for (int i = 0; i < plan.keys().size(); i++) {
      if (i != key) {
        others.add(plan.keys().get(i).expression());
      }
    }
    for (ResolvedPlan.AggregateCall call : plan.aggregates()) {
      others.addAll(call.arguments());
      call.filter().ifPresent(others::add);
    }
    return isStart(plan.keys().get(key).expression())
        && others.stream().noneMatch(this::readsStart)
        && new GroupInputs(plan.keys(), plan.aggregates())
            .aggregates().stream()
                .allMatch(each -> each.function().isOrderFree() && !each.distinct());
  }

  private boolean isStart(BoundExpression value) {
    return value instanceof BoundExpression.Input column
        && column.index() == windows.input().schema().size();
  }

  private boolean readsStart(BoundExpression value) {
    return isStart(value) || BoundTree.children(value).stream().anyMatch(this::readsStart);
  }

  SlidingGroups.Windows shape() {
    ResolvedPlan.WindowSpec spec = windows.windows();
    return new SlidingGroups.Windows(spec.sizeUs(), spec.slideUs(), spec.startUs());
  }

  /** Rows by pane: windows as long as the slide. */
  ResolvedPlan.Window plan() {
    long slideUs = windows.windows().slideUs();
    return new ResolvedPlan.Window(
        windows.input(),
        windows.time(),
        new ResolvedPlan.WindowSpec(slideUs, slideUs, windows.windows().startUs()),
        windows.column(),
        windows.eventTime());
  }

  /** The keys that say which thread keeps a group: all panes of a window's group have one. */
  int[] placing(int[] keyColumns) {
    return IntStream.range(0, keyColumns.length)
        .filter(i -> i != key)
        .map(i -> keyColumns[i])
        .toArray();
  }

  /** The groups' keys as they are saved: a pane's start is not taken for a window's. */
  List<Field> savedKeys(List<Field> keys) {
    List<Field> saved = new ArrayList<>(keys);
    Field start = keys.get(key);
    saved.set(key, new Field("pane of " + start.name(), start.type(), start.nullable()));
    return saved;
  }
}
