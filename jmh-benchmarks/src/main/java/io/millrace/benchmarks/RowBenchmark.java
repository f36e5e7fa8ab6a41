package io.millrace.benchmarks;

import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How all benchmarks are run: rows per second (by {@code @OperationsPerInvocation}; with {@code
 * -prof gc} also bytes per row), several forks, and a trial counts only if its last answer is
 * right.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(RowBenchmark.FORKS)
public abstract class RowBenchmark {
  public static final int FORKS = 3;

  /** For {@code @Fork(jvmArgsAppend)}: the kernels' plain loops only. */
  public static final String PLAIN_LOOPS = "-Dmillrace.vector=off";

  /** For {@code @Fork(jvmArgsAppend)}: the Vector API's loops from the start. */
  public static final String VECTOR_LOOPS = "-Dmillrace.vector=on";

  private BufferAllocator allocator;

  @Setup(Level.Trial)
  public final void setUp() {
    allocator = new RootAllocator();
    prepare(allocator);
  }

  /** Makes the data and all that the measured method works with. */
  protected abstract void prepare(BufferAllocator memory);

  @TearDown(Level.Trial)
  public final void tearDown() {
    try {
      check();
    } finally {
      release();
      allocator.close();
    }
  }

  /**
   * Compares the last invocation's answer with the data's own.
   *
   * @throws IllegalStateException if it is wrong, or there was no invocation
   */
  protected abstract void check();

  /** Gives back what {@link #prepare} took. */
  protected abstract void release();

  protected static void requireEqual(String what, long expected, long actual) {
    if (expected != actual) {
      throw new IllegalStateException(what + ": " + actual + ", expected " + expected);
    }
  }
}
