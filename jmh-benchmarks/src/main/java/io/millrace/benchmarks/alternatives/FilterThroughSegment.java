package io.millrace.benchmarks.alternatives;

import io.millrace.benchmarks.RowBenchmark;
import io.millrace.benchmarks.data.Numbers;
import io.millrace.vector.column.ColumnVector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.apache.arrow.memory.BufferAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** {@code a > 0.5} by a plain loop over memory segments; beside it {@code kernel.FilterDouble}. */
public class FilterThroughSegment extends RowBenchmark {
  private static final int ROWS = 8192;
  private static final double LIMIT = 0.5;

  @Param({"0", "10"})
  public int nullPercent;

  private Numbers numbers;
  private Arena arena;
  private MemorySegment values;
  private MemorySegment validity;
  private MemorySegment result;
  private long kept;

  @Override
  protected void prepare(BufferAllocator memory) {
    numbers = new Numbers(memory, ROWS, nullPercent);
    ColumnVector column = numbers.block().column(0);
    values = segment(column.data(), 8L * ROWS);
    validity = segment(column.validity(), ROWS / 8);
    arena = Arena.ofShared();
    result = arena.allocate(ROWS / 8, 8);
  }

  @SuppressWarnings("restricted")
  private static MemorySegment segment(long address, long sizeBytes) {
    return MemorySegment.ofAddress(address).reinterpret(sizeBytes);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long filter() {
    long count = 0;
    for (int from = 0; from < ROWS; from += 64) {
      long word = 0;
      for (int i = 0; i < 64; i++) {
        double value = values.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, 8L * (from + i));
        word |= (value > LIMIT ? 1L : 0L) << i;
      }
      word &= validity.get(ValueLayout.JAVA_LONG_UNALIGNED, from >> 3);
      result.set(ValueLayout.JAVA_LONG_UNALIGNED, from >> 3, word);
      count += Long.bitCount(word);
    }
    return kept = count;
  }

  @Override
  protected void check() {
    requireEqual("rows kept", numbers.countAbove(LIMIT), kept);
  }

  @Override
  protected void release() {
    arena.close();
    numbers.close();
  }
}
