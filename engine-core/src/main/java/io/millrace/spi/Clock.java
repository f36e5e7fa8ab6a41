package io.millrace.spi;

/** The only way to time; tests and simulations bring their own. */
public interface Clock {
  /** Wall-clock time, microseconds since 1970-01-01T00:00:00Z. */
  long nowUs();

  /** Monotonic time for durations, nanoseconds from an arbitrary origin. */
  long nanoTime();

  /** The machine's clocks. */
  Clock SYSTEM = new SystemClock();
}
