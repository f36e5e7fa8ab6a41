package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import org.apache.arrow.memory.BufferAllocator;

/** Chooses the loops for each aggregate by its function and types. */
record AccumulatorFactory(
    StateLayout layout, Workspace workspace, boolean ansi, BufferAllocator allocator) {

  Accumulator make(AggregateSpec spec) {
    Accumulator accumulator = plain(spec);
    return isDistinct(spec)
        ? Distinct.of(layout, workspace, accumulator, spec.argumentTypes(), allocator)
        : accumulator;
  }

  /** The others are the same with and without equal values. */
  private static boolean isDistinct(AggregateSpec spec) {
    return switch (spec.function()) {
      case COLLECT_SET -> true;
      case COUNT, SUM, AVG, VARIANCE, VAR_POP, STDDEV, STDDEV_POP, COLLECT_LIST -> spec.distinct();
      case COUNT_ROWS, MIN, MAX, FIRST, LAST, MIN_BY, MAX_BY -> false;
    };
  }

  private Accumulator plain(AggregateSpec spec) {
    return switch (spec.function()) {
      case COUNT_ROWS, COUNT -> new Count(layout);
      case SUM -> sum(spec);
      case AVG -> average(spec);
      case MIN -> extreme(spec, false);
      case MAX -> extreme(spec, true);
      case FIRST -> new First(layout, argument(spec, 0));
      case LAST -> new Last(layout, argument(spec, 0));
      case VARIANCE -> new Variance(layout, workspace, 1, false);
      case VAR_POP -> new Variance(layout, workspace, 0, false);
      case STDDEV -> new Variance(layout, workspace, 1, true);
      case STDDEV_POP -> new Variance(layout, workspace, 0, true);
      case COLLECT_LIST, COLLECT_SET -> new CollectList(layout, argument(spec, 0));
      case MIN_BY -> new ValueBy(layout, argument(spec, 0), argument(spec, 1), false);
      case MAX_BY -> new ValueBy(layout, argument(spec, 0), argument(spec, 1), true);
    };
  }

  private static DataType argument(AggregateSpec spec, int index) {
    return spec.argumentTypes().get(index);
  }

  private Accumulator sum(AggregateSpec spec) {
    Overflow overflow = new Overflow(spec, ansi);
    if (spec.type() instanceof DataType.Decimal decimal) {
      return new DecimalSum(layout, decimal, overflow);
    }
    return spec.type() == DataType.DOUBLE
        ? new DoubleSum(layout, workspace)
        : new LongSum(layout, workspace, overflow);
  }

  private Accumulator average(AggregateSpec spec) {
    return argument(spec, 0) instanceof DataType.Decimal argument
            && spec.type() instanceof DataType.Decimal result
        ? new DecimalAverage(layout, argument, result, new Overflow(spec, ansi))
        : new DoubleAverage(layout, workspace);
  }

  private Accumulator extreme(AggregateSpec spec, boolean greatest) {
    DataType type = argument(spec, 0);
    if (type.isVariableWidth() || type instanceof DataType.Decimal) {
      return new CellExtreme(layout, type, greatest);
    }
    return type.isFloating()
        ? new DoubleExtreme(layout, workspace, type, greatest)
        : new LongExtreme(layout, workspace, type, greatest);
  }
}
