package io.millrace.vector.column;

import java.lang.foreign.Arena;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The switch between a kernel's plain loop and its Vector API loop. Vector loops are thousands of
 * times slower than plain ones until the compiler is through with them, so a kernel starts plain;
 * when it has seen many rows, a daemon thread runs the vector loop on memory of its own and
 * switches it on once it is measured faster.
 *
 * <p>System property {@code millrace.vector}: {@code auto} (default), {@code on} (from the start,
 * for tests and benchmarks), {@code off}. Without the module {@code jdk.incubator.vector}
 * everything stays plain, one warning says so, and no class that needs it is loaded.
 */
public final class VectorKernel {
  /** A loop over rows of its own: an area of input values, and room for as many result values. */
  @FunctionalInterface
  public interface Loop {
    void run(long area, int rows, long result);
  }

  private static final Logger LOG = LoggerFactory.getLogger(VectorKernel.class);
  private static final String MODULE = "jdk.incubator.vector";

  /**
   * Warming takes a core for most of a second, and a vector loop saves about a nanosecond per row:
   * only what has run for that long by itself earns it back.
   */
  static final int ROWS_BEFORE_WARM_UP = 1_000_000_000;

  /**
   * Shorter batches do not count: a vector loop gains nothing there, and a query that wants every
   * row at once has no core to spare for its warm-up.
   */
  static final int WORTHWHILE_ROWS = 64;

  private static final int AREA_ROWS = 1024;
  private static final int ROUNDS = 400;
  private static final int CALLS_PER_ROUND = 200;

  /** How often in a row the vector loop must win, so that no lucky round decides. */
  private static final int WINS = 5;

  private static final String MODE = mode();

  private final String name;
  private final int width;
  private final Loop plain;
  private final Loop vector;

  /** Plain on purpose: a thread that sees a change late runs the plain loop a little longer. */
  private boolean on;

  private boolean decided;
  private long rows;

  private VectorKernel(String name, int width, Loop plain, Loop vector) {
    this.name = name;
    this.width = width;
    this.plain = plain;
    this.vector = vector;
    this.on = MODE.equals("on");
    this.decided = !MODE.equals("auto");
  }

  /**
   * A kernel's switch.
   *
   * @param width bytes per value
   * @param vector touches Vector API classes only when run
   */
  public static VectorKernel of(String name, int width, Loop plain, Loop vector) {
    return new VectorKernel(name, width, plain, vector);
  }

  private static String mode() {
    String mode = System.getProperty("millrace.vector", "auto");
    if (!mode.equals("off") && ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      LOG.warn(
          "module {} is not there, so kernels run without it, some of them several times slower;"
              + " start Java with --add-modules={}, or set -Dmillrace.vector=off",
          MODULE,
          MODULE);
      return "off";
    }
    return mode;
  }

  /** Whether the vector loop is to run; counts the rows that decide when it is warmed. */
  public boolean isOn(int rowCount) {
    if (on) {
      return true;
    }
    if (!decided) {
      count(rowCount);
    }
    return false;
  }

  private void count(int rowCount) {
    rows += rowCount < WORTHWHILE_ROWS ? 0 : rowCount;
    if (rows > ROWS_BEFORE_WARM_UP) {
      warmUp();
    }
  }

  private synchronized void warmUp() {
    if (decided) {
      return;
    }
    decided = true;
    Thread.ofPlatform().daemon().name("millrace-warm-up " + name).start(this::measure);
  }

  /** One kernel at a time, so that they do not disturb each other's measurement. */
  private void measure() {
    synchronized (VectorKernel.class) {
      try (Arena arena = Arena.ofConfined()) {
        long sizeBytes = (long) AREA_ROWS * Math.max(8, width);
        long area = arena.allocate(2 * sizeBytes, 64).address();
        long result = arena.allocate(sizeBytes, 64).address();
        for (long at = 0; at < 2 * sizeBytes; at += 8) {
          Memory.putLong(area + at, (at + 1) * 0x9E3779B97F4A7C15L);
        }
        int wins = 0;
        for (int round = 0; round < ROUNDS && wins < WINS; round++) {
          long plainNs = time(plain, area, result);
          long vectorNs = time(vector, area, result);
          wins = vectorNs < plainNs ? wins + 1 : 0;
        }
        on = wins == WINS;
        LOG.debug("{}: vector loop {}", name, on ? "on" : "is not faster here, stays off");
      }
    }
  }

  private static long time(Loop loop, long area, long result) {
    long start = System.nanoTime();
    for (int i = 0; i < CALLS_PER_ROUND; i++) {
      loop.run(area, AREA_ROWS, result);
    }
    return System.nanoTime() - start;
  }
}
