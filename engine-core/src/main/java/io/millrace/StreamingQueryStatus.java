package io.millrace;

/**
 * What a query is doing.
 *
 * @param message for people to read; starts with {@code PAUSED_DISK_FULL} while the query waits for
 *     room on a disk
 * @param isDataAvailable whether there is input to process
 * @param isTriggerActive whether an epoch is running; false while waiting for the next
 */
public record StreamingQueryStatus(
    String message, boolean isDataAvailable, boolean isTriggerActive) {
  /** On one line, with Spark's field names. */
  public String json() {
    return ProgressJson.of(this, false);
  }

  public String prettyJson() {
    return ProgressJson.of(this, true);
  }
}
