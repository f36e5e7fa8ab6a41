package io.millrace;

import io.millrace.StreamingQueryProgress.Latency;
import io.millrace.StreamingQueryProgress.SinkProgress;
import io.millrace.StreamingQueryProgress.SourceProgress;
import io.millrace.StreamingQueryProgress.StateOperatorProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Collects a {@link StreamingQueryProgress}. The query's input rows are the sum of its sources';
 * rates that are not given are not known.
 */
public final class ProgressBuilder {
  private final UUID id;
  private final UUID runId;
  private final String name;
  private String timestamp = StreamingQueryProgress.isoMilliseconds(Instant.EPOCH);
  private long batchId = -1;
  private long batchDurationMs;
  private double inputRowsPerSecond = Double.NaN;
  private double processedRowsPerSecond = Double.NaN;
  private final Map<String, Long> durationMs = new LinkedHashMap<>();
  private final Map<String, String> eventTime = new LinkedHashMap<>();
  private final List<StateOperatorProgress> stateOperators = new ArrayList<>();
  private final List<SourceProgress> sources = new ArrayList<>();
  private SinkProgress sink = new SinkProgress("", -1, Map.of());
  private Latency latency;
  private Map<String, String> storage = Map.of();
  private String guarantee = "";

  ProgressBuilder(UUID id, UUID runId, String name) {
    this.id = id;
    this.runId = runId;
    this.name = name;
  }

  public ProgressBuilder timestamp(Instant began) {
    timestamp = StreamingQueryProgress.isoMilliseconds(began);
    return this;
  }

  public ProgressBuilder batchId(long epoch) {
    batchId = epoch;
    return this;
  }

  public ProgressBuilder batchDuration(long milliseconds) {
    batchDurationMs = milliseconds;
    return this;
  }

  public ProgressBuilder rates(double inputPerSecond, double processedPerSecond) {
    inputRowsPerSecond = inputPerSecond;
    processedRowsPerSecond = processedPerSecond;
    return this;
  }

  public ProgressBuilder durationMs(String phase, long milliseconds) {
    durationMs.put(phase, milliseconds);
    return this;
  }

  /**
   * @param statistic max, min, avg or watermark
   */
  public ProgressBuilder eventTime(String statistic, Instant time) {
    eventTime.put(statistic, StreamingQueryProgress.isoMilliseconds(time));
    return this;
  }

  /**
   * Rows whose event time does not count, where there are any.
   *
   * @param nullRows without an event time
   * @param futureRows put aside because it lay too far ahead of their arrival
   */
  public ProgressBuilder eventTimeRows(long nullRows, long futureRows) {
    if (nullRows > 0) {
      eventTime.put("numNullRows", Long.toString(nullRows));
    }
    if (futureRows > 0) {
      eventTime.put("numFutureRows", Long.toString(futureRows));
    }
    return this;
  }

  public ProgressBuilder stateOperator(StateOperatorProgress operator) {
    stateOperators.add(operator);
    return this;
  }

  public ProgressBuilder source(SourceProgress source) {
    sources.add(source);
    return this;
  }

  public ProgressBuilder sink(SinkProgress progress) {
    sink = progress;
    return this;
  }

  public ProgressBuilder latency(Latency percentiles) {
    latency = percentiles;
    return this;
  }

  public ProgressBuilder storage(Map<String, String> entries) {
    storage = entries;
    return this;
  }

  public ProgressBuilder guarantee(String text) {
    guarantee = text;
    return this;
  }

  public StreamingQueryProgress build() {
    long numInputRows = sources.stream().mapToLong(SourceProgress::numInputRows).sum();
    return new StreamingQueryProgress(
        id,
        runId,
        name,
        timestamp,
        batchId,
        batchDurationMs,
        numInputRows,
        inputRowsPerSecond,
        processedRowsPerSecond,
        durationMs,
        eventTime,
        stateOperators,
        sources,
        sink,
        latency,
        storage,
        guarantee);
  }
}
