package io.millrace.benchmarks.kernel;

import io.millrace.benchmarks.RowBenchmark;
import io.millrace.benchmarks.data.Numbers;
import io.millrace.benchmarks.data.PlannedSql;
import io.millrace.physical.expression.EvaluationContext;
import io.millrace.physical.expression.FilterEvaluator;
import io.millrace.vector.column.RowSelection;
import org.apache.arrow.memory.BufferAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** {@code a > 0.5} over a DOUBLE column to a bitmap of the rows that are kept. */
public class FilterDouble extends RowBenchmark {
  private static final int ROWS = 8192;

  @Param({"64", "1024", "8192"})
  public int batchRows;

  @Param({"0", "10"})
  public int nullPercent;

  private final RowSelection batch = new RowSelection();
  private Numbers numbers;
  private FilterEvaluator filter;
  private long kept;

  @Override
  protected void prepare(BufferAllocator memory) {
    numbers = new Numbers(memory, ROWS, nullPercent);
    filter =
        new FilterEvaluator(
            PlannedSql.expression("a > 0.5D", Numbers.SCHEMA, memory),
            new EvaluationContext(memory, ROWS, true));
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  @Fork(value = FORKS, jvmArgsAppend = PLAIN_LOOPS)
  public long plain() {
    return filter();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  @Fork(value = FORKS, jvmArgsAppend = VECTOR_LOOPS)
  public long vector() {
    return filter();
  }

  private long filter() {
    long count = 0;
    for (int from = 0; from < ROWS; from += batchRows) {
      count +=
          filter.evaluate(numbers.block(), batch.set(from, from + batchRows, RowSelection.ALL));
    }
    return kept = count;
  }

  @Override
  protected void check() {
    requireEqual("rows kept", numbers.countAbove(0.5), kept);
  }

  @Override
  protected void release() {
    filter.close();
    numbers.close();
  }
}
