package io.millrace.runtime;

import io.millrace.ProgressBuilder;
import io.millrace.StreamingQueryProgress;
import io.millrace.StreamingQueryProgress.SinkProgress;
import io.millrace.StreamingQueryProgress.SourceProgress;
import io.millrace.spi.InputRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What there is to report of an epoch, taken down on the query's thread, which has no time to make
 * a report of it; whoever wants to read the report makes it.
 */
final class EpochProgress {
  /**
   * One input.
   *
   * @param last the range that was planned last; null if there is none
   * @param isNew whether it was planned since the last report
   * @param metrics the source's own
   */
  record Input(
      String description,
      InputRange last,
      boolean isNew,
      long records,
      long rejected,
      Map<String, Long> metrics) {}

  private final QueryIdentity identity;
  private final String guarantee;
  private final long epoch;
  private final long startedUs;
  private final double secondsSinceLastStart;
  private final EpochTimes times;
  private final EpochResult result;
  private final StateReport state;
  private final List<Input> inputs;
  private final Map<String, String> inputMetrics;
  private final String sink;
  private final Map<String, String> transport;
  private final Map<String, String> storage;
  private StreamingQueryProgress report;

  /**
   * @param secondsSinceLastStart of an epoch; NaN if there was none
   * @param times null if there was no epoch, as is {@code result}
   * @param inputMetrics of what all inputs have in common
   */
  EpochProgress(
      QueryIdentity identity,
      String guarantee,
      long epoch,
      long startedUs,
      double secondsSinceLastStart,
      EpochTimes times,
      EpochResult result,
      StateReport state,
      List<Input> inputs,
      Map<String, String> inputMetrics,
      String sink,
      Map<String, String> transport,
      Map<String, String> storage) {
    this.identity = identity;
    this.guarantee = guarantee;
    this.epoch = epoch;
    this.startedUs = startedUs;
    this.secondsSinceLastStart = secondsSinceLastStart;
    this.times = times;
    this.result = result;
    this.state = state;
    this.inputs = inputs;
    this.inputMetrics = inputMetrics;
    this.sink = sink;
    this.transport = transport;
    this.storage = storage;
  }

  /** Made when it is asked for the first time, on any thread. */
  synchronized StreamingQueryProgress report() {
    if (report == null) {
      report = build();
    }
    return report;
  }

  private StreamingQueryProgress build() {
    ProgressBuilder builder =
        StreamingQueryProgress.builder(identity.id(), identity.runId(), identity.name())
            .timestamp(instant(startedUs))
            .batchId(epoch)
            .storage(storage)
            .guarantee(guarantee)
            .sink(new SinkProgress(sink, result == null ? 0 : result.rowsWritten(), transport));
    if (result == null) {
      builder.rates(0, 0);
    } else {
      long totalMs = millis(times.totalNs());
      builder
          .batchDuration(totalMs)
          .rates(result.totalRead() / secondsSinceLastStart, result.totalRead() / seconds())
          .durationMs("triggerExecution", totalMs)
          .durationMs("queryPlanning", millis(times.planNs()))
          .durationMs("walCommit", millis(times.walNs()))
          .durationMs("addBatch", millis(times.runNs()))
          .durationMs("commitOffsets", millis(times.commitNs()))
          .latency(result.latency());
    }
    StateProgress.describe(state, builder);
    inputs.forEach(input -> builder.source(source(input)));
    return builder.build();
  }

  private double seconds() {
    return Math.max(1, times.totalNs()) / 1e9;
  }

  private SourceProgress source(Input input) {
    InputRange last = input.last();
    String start = last == null ? null : input.isNew() ? last.start() : last.end();
    String end = last == null ? null : last.end();
    Map<String, String> metrics = new TreeMap<>(inputMetrics);
    input.metrics().forEach((name, value) -> metrics.put(name, value.toString()));
    metrics.put("numRejectedRows", Long.toString(input.rejected()));
    return new SourceProgress(
        input.description(),
        start,
        end,
        end,
        input.records(),
        result == null ? 0 : input.records() / secondsSinceLastStart,
        result == null ? 0 : input.records() / seconds(),
        metrics);
  }

  static Instant instant(long us) {
    return Instant.ofEpochSecond(
        Math.floorDiv(us, 1_000_000L), Math.floorMod(us, 1_000_000L) * 1_000L);
  }

  private static long millis(long ns) {
    return TimeUnit.NANOSECONDS.toMillis(ns);
  }
}
