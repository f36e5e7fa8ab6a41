package io.millrace.perf.job;

/**
 * The windows of a workload.
 *
 * @param sizeSeconds of each; of a session the gap that ends it
 * @param slideSeconds from one window's start to the next's
 */
public record Windows(int sizeSeconds, int slideSeconds, boolean session) {
  /**
   * @return null if the workload has none
   */
  public static Windows of(String workload) {
    return switch (workload) {
      case "W2-1s" -> new Windows(1, 1, false);
      case "W2-1m" -> new Windows(60, 60, false);
      case "W3" -> new Windows(10, 1, false);
      case "W6" -> new Windows(30, 30, true);
      case "W1", "W8" -> null;
      default -> throw new IllegalArgumentException("there is no workload " + workload);
    };
  }
}
