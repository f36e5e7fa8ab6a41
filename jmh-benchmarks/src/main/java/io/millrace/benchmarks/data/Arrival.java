package io.millrace.benchmarks.data;

/**
 * Whose readings come how often, and how far behind their time.
 *
 * @param devices how many there are
 * @param disorderSeconds up to so far, evenly
 * @param lateSeconds up to so far where one is very late
 * @param latePerMille how many are
 * @param zipf whether device k sends as often as 1/k says, or all the same
 */
public record Arrival(
    int devices, int disorderSeconds, int lateSeconds, int latePerMille, boolean zipf) {
  /** As many as there are where nothing else is said. */
  public static final int DEVICES = 10_000;

  /** In order, all devices alike. */
  public static final Arrival IN_ORDER = new Arrival(DEVICES, 0, 0, 0, false);
}
