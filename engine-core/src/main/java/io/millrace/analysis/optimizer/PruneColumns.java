package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Input;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.analysis.ResolvedPlan.AggregateCall;
import io.millrace.analysis.ResolvedPlan.NamedExpression;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Leaves out columns that nobody reads, down to the scan, so that they are not even decoded. */
final class PruneColumns {
  private PruneColumns() {}

  /**
   * A plan with at least the wanted columns, in their old order.
   *
   * @param moved the new index of each old column that is still there
   */
  private record Pruned(ResolvedPlan plan, int[] moved) {
    static Pruned whole(ResolvedPlan plan) {
      int[] moved = new int[plan.schema().size()];
      for (int i = 0; i < moved.length; i++) {
        moved[i] = i;
      }
      return new Pruned(plan, moved);
    }

    BoundExpression move(BoundExpression expression) {
      return Columns.move(expression, moved);
    }
  }

  static ResolvedPlan prune(ResolvedPlan plan) {
    return prune(plan, all(plan)).plan;
  }

  private static BitSet all(ResolvedPlan plan) {
    BitSet all = new BitSet();
    all.set(0, plan.schema().size());
    return all;
  }

  private static Pruned prune(ResolvedPlan plan, BitSet wanted) {
    return switch (plan) {
      case ResolvedPlan.Scan scan -> scan(scan, wanted);
      case ResolvedPlan.LocalRows rows -> Pruned.whole(rows);
      case ResolvedPlan.Project project -> project(project, wanted);
      case ResolvedPlan.Aggregate aggregate -> aggregate(aggregate, wanted);
      case ResolvedPlan.Window window -> window(window, wanted);
      case ResolvedPlan.SessionAggregate sessions -> sessions(sessions, wanted);
      case ResolvedPlan.Union union -> union(union, wanted);
      case ResolvedPlan.Distinct distinct ->
          Pruned.whole(new ResolvedPlan.Distinct(exactly(distinct.input(), all(distinct))));
      case ResolvedPlan.Filter filter -> {
        BitSet needed = with(wanted, List.of(filter.condition()));
        Pruned input = prune(filter.input(), needed);
        yield new Pruned(
            new ResolvedPlan.Filter(input.plan, input.move(filter.condition())), input.moved);
      }
      case ResolvedPlan.Sort sort -> {
        BitSet needed = with(wanted, sort.keys().stream().map(ResolvedPlan.SortKey::key).toList());
        Pruned input = prune(sort.input(), needed);
        ResolvedPlan moved = PlanTree.mapExpressions(sort, input::move);
        yield new Pruned(PlanTree.withInputs(moved, List.of(input.plan)), input.moved);
      }
      case ResolvedPlan.Limit limit -> {
        Pruned input = prune(limit.input(), wanted);
        yield new Pruned(new ResolvedPlan.Limit(input.plan, limit.rows()), input.moved);
      }
      case ResolvedPlan.Watermark watermark -> {
        BitSet needed = (BitSet) wanted.clone();
        needed.set(watermark.column());
        Pruned input = prune(watermark.input(), needed);
        int column = input.moved[watermark.column()];
        yield new Pruned(PlanTree.watermark(watermark, input.plan, column), input.moved);
      }
    };
  }

  private static BitSet with(BitSet wanted, List<BoundExpression> expressions) {
    BitSet needed = (BitSet) wanted.clone();
    expressions.forEach(expression -> Columns.collect(expression, needed));
    return needed;
  }

  private static Pruned scan(ResolvedPlan.Scan scan, BitSet wanted) {
    BitSet kept = with(wanted, scan.filters());
    if (kept.isEmpty() && !scan.columns().isEmpty()) {
      kept.set(cheapest(scan.schema()));
    }
    int[] moved = positions(kept, scan.columns().size());
    ResolvedPlan pruned =
        new ResolvedPlan.Scan(
            scan.scan(),
            scan.full(),
            kept.stream().mapToObj(scan.columns()::get).toList(),
            scan.filters().stream().map(filter -> Columns.move(filter, moved)).toList());
    return new Pruned(pruned, moved);
  }

  /** Rows must be counted, so one column is read even when none is asked for. */
  private static int cheapest(Schema schema) {
    for (int i = 0; i < schema.size(); i++) {
      Field field = schema.field(i);
      if (field.type().isFlat() && !field.type().isVariableWidth()) {
        return i;
      }
    }
    // A nested one may be more than the source can read.
    return IntStream.range(0, schema.size())
        .filter(i -> schema.field(i).type().isFlat())
        .findFirst()
        .orElse(0);
  }

  private static int[] positions(BitSet kept, int size) {
    int[] moved = new int[size];
    int next = 0;
    for (int i = 0; i < size; i++) {
      moved[i] = kept.get(i) ? next++ : -1;
    }
    return moved;
  }

  private static Pruned project(ResolvedPlan.Project project, BitSet wanted) {
    BitSet kept = (BitSet) wanted.clone();
    if (kept.isEmpty() && !project.columns().isEmpty()) {
      kept.set(0);
    }
    List<NamedExpression> columns = kept.stream().mapToObj(project.columns()::get).toList();
    Pruned input =
        prune(
            project.input(),
            with(new BitSet(), columns.stream().map(NamedExpression::expression).toList()));
    ResolvedPlan moved =
        PlanTree.mapExpressions(new ResolvedPlan.Project(project.input(), columns), input::move);
    return new Pruned(
        PlanTree.withInputs(moved, List.of(input.plan)), positions(kept, project.columns().size()));
  }

  /** Keys decide what the groups are, so they stay. */
  private static Pruned aggregate(ResolvedPlan.Aggregate aggregate, BitSet wanted) {
    int keyCount = aggregate.keys().size();
    BitSet kept = (BitSet) wanted.clone();
    kept.set(0, keyCount);
    ResolvedPlan.Aggregate fewer =
        new ResolvedPlan.Aggregate(
            aggregate.input(),
            aggregate.keys(),
            kept(aggregate.aggregates(), kept, keyCount),
            aggregate.eventTime());
    return grouped(fewer, read(fewer.keys(), fewer.aggregates()), kept, aggregate.schema().size());
  }

  private static Pruned sessions(ResolvedPlan.SessionAggregate sessions, BitSet wanted) {
    int fixed = sessions.keys().size() + 2;
    BitSet kept = (BitSet) wanted.clone();
    kept.set(0, fixed);
    ResolvedPlan.SessionAggregate fewer =
        new ResolvedPlan.SessionAggregate(
            sessions.input(),
            sessions.keys(),
            sessions.time(),
            sessions.gapUs(),
            kept(sessions.aggregates(), kept, fixed),
            sessions.eventTime());
    List<BoundExpression> read = read(fewer.keys(), fewer.aggregates());
    read.add(sessions.time());
    read.add(sessions.gapUs());
    return grouped(fewer, read, kept, sessions.schema().size());
  }

  /** The calls whose columns, from {@code first} on, are kept. */
  private static List<AggregateCall> kept(List<AggregateCall> calls, BitSet kept, int first) {
    return IntStream.range(0, calls.size())
        .filter(i -> kept.get(first + i))
        .mapToObj(calls::get)
        .toList();
  }

  private static List<BoundExpression> read(List<NamedExpression> keys, List<AggregateCall> calls) {
    List<BoundExpression> read = new ArrayList<>();
    keys.forEach(key -> read.add(key.expression()));
    for (AggregateCall call : calls) {
      read.addAll(call.arguments());
      call.filter().ifPresent(read::add);
    }
    return read;
  }

  private static Pruned grouped(
      ResolvedPlan groups, List<BoundExpression> read, BitSet kept, int size) {
    Pruned input = prune(groups.inputs().getFirst(), with(new BitSet(), read));
    ResolvedPlan moved = PlanTree.mapExpressions(groups, input::move);
    return new Pruned(PlanTree.withInputs(moved, List.of(input.plan)), positions(kept, size));
  }

  /** The window's own column stays, since with it come the rows. */
  private static Pruned window(ResolvedPlan.Window window, BitSet wanted) {
    int own = window.input().schema().size();
    BitSet needed = with(wanted, List.of(window.time()));
    needed.clear(own);
    Pruned input = prune(window.input(), needed);
    int[] moved = Arrays.copyOf(input.moved, own + 1);
    moved[own] = input.plan.schema().size();
    ResolvedPlan changed = PlanTree.mapExpressions(window, input::move);
    return new Pruned(PlanTree.withInputs(changed, List.of(input.plan)), moved);
  }

  private static Pruned union(ResolvedPlan.Union union, BitSet wanted) {
    BitSet kept = (BitSet) wanted.clone();
    if (kept.isEmpty() && union.schema().size() > 0) {
      kept.set(0);
    }
    List<ResolvedPlan> inputs = union.inputs().stream().map(input -> exactly(input, kept)).toList();
    Schema schema = union.schema().select(kept.stream().toArray());
    return new Pruned(
        new ResolvedPlan.Union(inputs, schema), positions(kept, union.schema().size()));
  }

  /** The input with the kept columns and no others. */
  private static ResolvedPlan exactly(ResolvedPlan input, BitSet kept) {
    Pruned pruned = prune(input, kept);
    if (pruned.plan.schema().size() == kept.cardinality()) {
      return pruned.plan;
    }
    Schema schema = pruned.plan.schema();
    List<NamedExpression> columns = new ArrayList<>();
    kept.stream()
        .map(column -> pruned.moved[column])
        .forEach(
            column -> {
              Field field = schema.field(column);
              columns.add(
                  new NamedExpression(
                      field.name(),
                      new Input(column, field.name(), field.type(), field.nullable())));
            });
    return new ResolvedPlan.Project(pruned.plan, columns);
  }
}
