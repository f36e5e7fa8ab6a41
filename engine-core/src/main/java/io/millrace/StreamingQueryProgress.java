package io.millrace;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * A report on one epoch, or on a time without input. Components have the names, units and order of
 * Spark's progress JSON; {@code latency}, {@code storage} and {@code guarantee} come on top.
 *
 * @param name null for an unnamed query
 * @param timestamp when the epoch began, ISO-8601 UTC with milliseconds
 * @param batchId the epoch
 * @param batchDuration how long the epoch took, milliseconds
 * @param inputRowsPerSecond rate at which input arrived; not a number, and left out of JSON, before
 *     there is an earlier report to compare with
 * @param processedRowsPerSecond rate at which input was processed
 * @param durationMs milliseconds per phase: triggerExecution, queryPlanning, walCommit, addBatch...
 * @param eventTime max, min and avg of the epoch's rows and the watermark that the epoch left,
 *     ISO-8601 UTC with milliseconds; {@code numNullRows} without an event time and {@code
 *     numFutureRows} put aside because theirs lay too far ahead, where there are any; empty without
 *     a watermark
 * @param latency from a row's intended or arrival time to its delivery to the sink; null if no row
 *     was delivered
 * @param storage what happened to the query's files since its start: {@code numDiskFullPauses}, how
 *     often a full disk paused it; {@code recoveryCutFile}, {@code recoveryCutPosition}, {@code
 *     recoveryCutBytes} and {@code recoveryCutReason}, of the unfinished end that was taken off the
 *     checkpoint's journal; empty if nothing did
 * @param guarantee as {@link StreamingQuery#guarantee} says it
 */
public record StreamingQueryProgress(
    UUID id,
    UUID runId,
    String name,
    String timestamp,
    long batchId,
    long batchDuration,
    long numInputRows,
    double inputRowsPerSecond,
    double processedRowsPerSecond,
    Map<String, Long> durationMs,
    Map<String, String> eventTime,
    List<StateOperatorProgress> stateOperators,
    List<SourceProgress> sources,
    SinkProgress sink,
    Latency latency,
    Map<String, String> storage,
    String guarantee) {
  private static final DateTimeFormatter ISO_MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  public StreamingQueryProgress {
    durationMs = Map.copyOf(durationMs);
    eventTime = Map.copyOf(eventTime);
    stateOperators = List.copyOf(stateOperators);
    sources = List.copyOf(sources);
    storage = Map.copyOf(storage);
  }

  /**
   * One input.
   *
   * @param startOffset JSON text, or null if nothing was read before
   * @param endOffset JSON text
   * @param latestOffset how far the input has come, JSON text; null if unknown
   * @param metrics the source's own: numRejectedRows; of a live one also numWaitingRows of
   *     maxWaitingRows, numDroppedRows, and with a checkpoint numUncommittedBytes, what all inputs
   *     would take in again after a crash
   */
  public record SourceProgress(
      String description,
      String startOffset,
      String endOffset,
      String latestOffset,
      long numInputRows,
      double inputRowsPerSecond,
      double processedRowsPerSecond,
      Map<String, String> metrics) {
    public SourceProgress {
      metrics = Map.copyOf(metrics);
    }
  }

  /**
   * The output.
   *
   * @param numOutputRows -1 if the sink does not count
   * @param metrics maxUsedRingSlots of ringSlots, since the last report, where the query has a ring
   *     between its threads
   */
  public record SinkProgress(String description, long numOutputRows, Map<String, String> metrics) {
    public SinkProgress {
      metrics = Map.copyOf(metrics);
    }
  }

  /** One stateful operator. */
  public record StateOperatorProgress(
      String operatorName,
      long numRowsTotal,
      long numRowsUpdated,
      long allUpdatesTimeMs,
      long numRowsRemoved,
      long allRemovalsTimeMs,
      long commitTimeMs,
      long memoryUsedBytes,
      long numRowsDroppedByWatermark,
      long numShufflePartitions,
      long numStateStoreInstances,
      Map<String, Long> customMetrics) {
    public StateOperatorProgress {
      customMetrics = Map.copyOf(customMetrics);
    }
  }

  /** Percentiles in microseconds. */
  public record Latency(long p50, long p90, long p99, long p999, long max) {}

  public static ProgressBuilder builder(UUID id, UUID runId, String name) {
    return new ProgressBuilder(id, runId, name);
  }

  /** A time as progress shows it, with exactly three digits of milliseconds. */
  public static String isoMilliseconds(Instant time) {
    return ISO_MILLISECONDS.format(time);
  }

  /** On one line. */
  public String json() {
    return ProgressJson.of(this, false);
  }

  public String prettyJson() {
    return ProgressJson.of(this, true);
  }

  @Override
  public String toString() {
    return prettyJson();
  }
}
