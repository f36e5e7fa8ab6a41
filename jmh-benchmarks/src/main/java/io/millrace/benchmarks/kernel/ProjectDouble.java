package io.millrace.benchmarks.kernel;

import io.millrace.benchmarks.RowBenchmark;
import io.millrace.benchmarks.data.Numbers;
import io.millrace.benchmarks.data.PlannedSql;
import io.millrace.physical.expression.EvaluationContext;
import io.millrace.physical.expression.Evaluator;
import io.millrace.physical.expression.Evaluators;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import org.apache.arrow.memory.BufferAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** {@code a * b + c} over DOUBLE columns. */
public class ProjectDouble extends RowBenchmark {
  private static final int ROWS = 8192;

  @Param({"64", "1024", "8192"})
  public int batchRows;

  @Param({"0", "10"})
  public int nullPercent;

  private final RowSelection batch = new RowSelection();
  private Numbers numbers;
  private Evaluator evaluator;
  private ColumnVector result;

  @Override
  protected void prepare(BufferAllocator memory) {
    numbers = new Numbers(memory, ROWS, nullPercent);
    evaluator =
        Evaluators.compile(
            PlannedSql.expression("a * b + c", Numbers.SCHEMA, memory),
            new EvaluationContext(memory, ROWS, true));
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  @Fork(value = FORKS, jvmArgsAppend = PLAIN_LOOPS)
  public ColumnVector plain() {
    return project();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  @Fork(value = FORKS, jvmArgsAppend = VECTOR_LOOPS)
  public ColumnVector vector() {
    return project();
  }

  private ColumnVector project() {
    for (int from = 0; from < ROWS; from += batchRows) {
      result =
          evaluator.evaluate(numbers.block(), batch.set(from, from + batchRows, RowSelection.ALL));
    }
    return result;
  }

  /** The last batch, since evaluators promise no more; with the largest batches it is all rows. */
  @Override
  protected void check() {
    for (int row = ROWS - batchRows; row < ROWS; row++) {
      boolean isNull = numbers.isNull(0, row) || numbers.isNull(1, row) || numbers.isNull(2, row);
      boolean gotNull = result.mayHaveNulls() && result.isNull(row);
      requireEqual("null in row " + row, isNull ? 1 : 0, gotNull ? 1 : 0);
      if (!isNull) {
        double expected = numbers.get(0, row) * numbers.get(1, row) + numbers.get(2, row);
        requireEqual(
            "bits of row " + row,
            Double.doubleToRawLongBits(expected),
            Memory.getLong(result.data() + 8L * row));
      }
    }
  }

  @Override
  protected void release() {
    evaluator.close();
    numbers.close();
  }
}
