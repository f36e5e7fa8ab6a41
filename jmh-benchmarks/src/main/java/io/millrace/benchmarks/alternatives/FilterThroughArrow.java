package io.millrace.benchmarks.alternatives;

import io.millrace.benchmarks.RowBenchmark;
import io.millrace.benchmarks.data.Numbers;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.Float8Vector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** {@code a > 0.5} by Arrow's own getters and setters; beside it {@code kernel.FilterDouble}. */
public class FilterThroughArrow extends RowBenchmark {
  private static final int ROWS = 8192;
  private static final double LIMIT = 0.5;

  @Param({"0", "10"})
  public int nullPercent;

  private Numbers numbers;
  private BitVector result;
  private long kept;

  @Override
  protected void prepare(BufferAllocator memory) {
    numbers = new Numbers(memory, ROWS, nullPercent);
    result = new BitVector("kept", memory);
    result.allocateNew(ROWS);
  }

  /** With Arrow's bounds checks, its default. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long checked() {
    return filter();
  }

  /** Without them. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  @Fork(
      value = FORKS,
      jvmArgsAppend = {
        "-Darrow.enable_unsafe_memory_access=true",
        "-Darrow.enable_null_check_for_get=false"
      })
  public long unchecked() {
    return filter();
  }

  private long filter() {
    Float8Vector values = (Float8Vector) numbers.block().arrow().getVector(0);
    long count = 0;
    for (int row = 0; row < ROWS; row++) {
      boolean keep = !values.isNull(row) && values.get(row) > LIMIT;
      result.set(row, keep ? 1 : 0);
      count += keep ? 1 : 0;
    }
    return kept = count;
  }

  @Override
  protected void check() {
    requireEqual("rows kept", numbers.countAbove(LIMIT), kept);
  }

  @Override
  protected void release() {
    result.close();
    numbers.close();
  }
}
