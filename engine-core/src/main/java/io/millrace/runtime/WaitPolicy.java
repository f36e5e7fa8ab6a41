package io.millrace.runtime;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.millrace.types.AnalysisException;
import java.util.Locale;

/** What a query's threads do while there is nothing to do. */
public enum WaitPolicy {
  /** Burn the core: lowest latency, if every thread has one. */
  BUSY_SPIN,
  /** Spin, giving way to other threads. */
  YIELD,
  /** Spin a little, then sleep until woken: an idle query uses no CPU. */
  PARK;

  static final int SPINS = 2_000;

  /** Reads {@code busy-spin}, {@code yield} or {@code park}. */
  public static WaitPolicy parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "busy-spin" -> BUSY_SPIN;
      case "yield" -> YIELD;
      case "park" -> PARK;
      default ->
          throw new AnalysisException(
              "millrace.wait is " + text + ", it must be busy-spin, yield or park");
    };
  }

  WaitStrategy ringStrategy() {
    return switch (this) {
      case BUSY_SPIN -> new BusySpinWaitStrategy();
      case YIELD -> new YieldingWaitStrategy();
      case PARK -> new ParkingWait();
    };
  }
}
