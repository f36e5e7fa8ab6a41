package io.millrace.perf.bench;

/**
 * How often a program reads its input. The first pass is cold, the last one warm.
 *
 * @param least how often at least
 * @param warmUpSeconds that have gone by when the last one begins
 */
public record Passes(int least, double warmUpSeconds) {
  static Passes of(int count) {
    return new Passes(count, 0);
  }

  /** As the command line names them. */
  @Override
  public String toString() {
    return "--passes " + least + " --warm-up " + warmUpSeconds;
  }
}
