package io.millrace.benchmarks.kernel;

import io.millrace.benchmarks.RowBenchmark;
import io.millrace.vector.column.Memory;
import java.lang.foreign.Arena;
import org.apache.arrow.memory.BufferAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * The limit that no kernel can pass: bytes per second read from the second and third level cache
 * and from memory. An operation is a byte.
 */
@Fork(value = RowBenchmark.FORKS, jvmArgsAppend = "-XX:MaxDirectMemorySize=1g")
public class MemoryRead extends RowBenchmark {
  /** Bytes per invocation; larger areas are read part by part. */
  private static final int PART = 16 << 20;

  /** Content repeats itself after so many bytes. */
  private static final int PERIOD = 256 << 10;

  @Param({"262144", "16777216", "536870912"})
  public long areaBytes;

  private Arena arena;
  private long area;
  private long next;
  private long expected;
  private long sum;

  @Override
  protected void prepare(BufferAllocator memory) {
    arena = Arena.ofShared();
    area = arena.allocate(areaBytes, 64).address();
    for (long at = 0; at < areaBytes; at += 8) {
      Memory.putLong(area + at, (at % PERIOD + 1) * 0x9E3779B97F4A7C15L);
    }
    expected = MemorySum.plain(area, PERIOD) * (PART / PERIOD);
  }

  @Benchmark
  @OperationsPerInvocation(PART)
  public long plain() {
    long total = 0;
    for (long left = PART; left > 0; left -= pieceBytes()) {
      total += MemorySum.plain(area + next, pieceBytes());
      advance();
    }
    return sum = total;
  }

  @Benchmark
  @OperationsPerInvocation(PART)
  public long vector() {
    long total = 0;
    for (long left = PART; left > 0; left -= pieceBytes()) {
      total += MemorySum.vector(area + next, pieceBytes());
      advance();
    }
    return sum = total;
  }

  private long pieceBytes() {
    return Math.min(areaBytes, PART);
  }

  private void advance() {
    next += pieceBytes();
    if (next == areaBytes) {
      next = 0;
    }
  }

  @Override
  protected void check() {
    requireEqual("sum of the bytes", expected, sum);
  }

  @Override
  protected void release() {
    arena.close();
  }
}
