package io.millrace.state.storage;

/**
 * Told each time a {@link CrashPoint} is reached. A test throws or halts there; whatever throws is
 * treated as the step's failure. Closing things writes nothing; at most it deletes what is empty or
 * was never finished.
 */
@FunctionalInterface
public interface CrashPoints {
  /** Goes on at every point. */
  CrashPoints NONE = point -> {};

  void reached(CrashPoint point);
}
