package io.millrace.runtime;

import io.millrace.ProgressBuilder;
import io.millrace.StreamingQueryProgress;
import io.millrace.StreamingQueryProgress.SinkProgress;
import io.millrace.StreamingQueryProgress.SourceProgress;
import io.millrace.StreamingQueryStatus;
import io.millrace.spi.Clock;
import io.millrace.spi.InputRange;
import io.millrace.types.StreamingQueryException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Turns what the query's thread tells it into progress reports, and keeps the last hundred of them.
 */
final class ProgressReporter {
  private static final int KEPT = 100;
  private static final long IDLE_REPORT_NS = TimeUnit.SECONDS.toNanos(10);

  private final QueryIdentity identity;
  private final List<SourceDriver> sources;
  private final InputLog input;
  private final SinkDriver sink;
  private final Transport transport;
  private final ListenerBus listeners;
  private final Clock clock;
  private final String guarantee;
  private final StorageReport storage;
  private final Deque<StreamingQueryProgress> recent = new ArrayDeque<>();
  private final InputRange[] reported;
  private volatile String message = "Initializing sources";
  private volatile boolean working;
  private StateReport quietState = StateReport.NONE;
  private long lastReportNs;
  private long lastStartUs = Long.MIN_VALUE;

  /**
   * @param input where what is taken in is written down; null if it is not
   */
  ProgressReporter(
      QueryIdentity identity,
      List<SourceDriver> sources,
      InputLog input,
      SinkDriver sink,
      Transport transport,
      ListenerBus listeners,
      Clock clock,
      String guarantee,
      StorageReport storage) {
    this.identity = identity;
    this.sources = List.copyOf(sources);
    this.input = input;
    this.sink = sink;
    this.transport = transport;
    this.listeners = listeners;
    this.clock = clock;
    this.guarantee = guarantee;
    this.storage = storage;
    this.reported = new InputRange[sources.size()];
    for (SourceDriver source : sources) {
      reported[source.index()] = source.lastRange();
    }
    this.lastReportNs = clock.nanoTime();
  }

  void epochEnded(long epoch, EpochTimes times, EpochResult result) {
    long totalMs = millis(times.totalNs());
    double seconds = Math.max(1, times.totalNs()) / 1e9;
    double sinceLastStart =
        lastStartUs == Long.MIN_VALUE ? Double.NaN : (times.startedUs() - lastStartUs) / 1e6;
    lastStartUs = times.startedUs();
    ProgressBuilder report =
        begin(epoch, times.startedUs())
            .batchDuration(totalMs)
            .rates(result.totalRead() / sinceLastStart, result.totalRead() / seconds)
            .durationMs("triggerExecution", totalMs)
            .durationMs("queryPlanning", millis(times.planNs()))
            .durationMs("walCommit", millis(times.walNs()))
            .durationMs("addBatch", millis(times.runNs()))
            .durationMs("commitOffsets", millis(times.commitNs()))
            .latency(result.latency())
            .sink(sink(result.rowsWritten()));
    StateProgress.describe(result.state(), report);
    quietState = result.state().withoutEpoch();
    for (SourceDriver source : sources) {
      long records = result.recordsRead()[source.index()];
      report.source(
          source(
              source,
              records,
              records / sinceLastStart,
              records / seconds,
              metrics(source, result.rejected()[source.index()])));
    }
    publish(report.build());
    message = "Processing new data";
    working = true;
  }

  /** The query found nothing to do; now and then that is reported. */
  void idle(long epoch) {
    if (working) {
      working = false;
      message = "Waiting for data to arrive";
    }
    if (clock.nanoTime() - nextIdleReportNs() >= 0) {
      long nowUs = clock.nowUs();
      ProgressBuilder report = begin(epoch, nowUs).rates(0, 0).sink(sink(0));
      StateProgress.describe(quietState, report);
      for (SourceDriver source : sources) {
        report.source(source(source, 0, 0, 0, metrics(source, 0)));
      }
      publish(report.build());
      listeners.idle(identity, instant(nowUs));
    }
  }

  /** In the clock's nanoseconds. */
  long nextIdleReportNs() {
    return lastReportNs + IDLE_REPORT_NS;
  }

  void ended(Optional<StreamingQueryException> failure) {
    working = false;
    message =
        failure.map(error -> "Terminated with exception: " + error.getMessage()).orElse("Stopped");
    listeners.terminated(identity, failure);
  }

  StreamingQueryStatus status(boolean active) {
    DiskPause pause = storage.pauses().current();
    if (active && pause != null) {
      return new StreamingQueryStatus(pause.message(), pause.inEpoch(), pause.inEpoch());
    }
    return new StreamingQueryStatus(message, active && working, active && working);
  }

  List<StreamingQueryProgress> recent() {
    synchronized (recent) {
      return List.copyOf(recent);
    }
  }

  /** The ranges that were planned last, for errors. */
  String offsets() {
    StringBuilder text = new StringBuilder();
    for (SourceDriver source : sources) {
      InputRange range = source.lastRange();
      text.append(text.isEmpty() ? "" : ", ")
          .append(source.name())
          .append(range == null ? ": none" : ": " + range.start() + " to " + range.end());
    }
    return text.toString();
  }

  private ProgressBuilder begin(long epoch, long startedUs) {
    return StreamingQueryProgress.builder(identity.id(), identity.runId(), identity.name())
        .timestamp(instant(startedUs))
        .batchId(epoch)
        .storage(storage.entries())
        .guarantee(guarantee);
  }

  private SourceProgress source(
      SourceDriver source,
      long records,
      double inputRate,
      double processedRate,
      Map<String, String> metrics) {
    InputRange last = source.lastRange();
    InputRange before = reported[source.index()];
    reported[source.index()] = last;
    String start = last == null ? null : last.equals(before) ? last.end() : last.start();
    String end = last == null ? null : last.end();
    return new SourceProgress(
        source.source().description(), start, end, end, records, inputRate, processedRate, metrics);
  }

  private SinkProgress sink(long rows) {
    return new SinkProgress(sink.sink().description(), rows, transport.metrics());
  }

  /** How much of what all sources brought would be taken in again after a crash now. */
  private Map<String, String> lag() {
    return input == null
        ? Map.of()
        : Map.of("numUncommittedBytes", Long.toString(input.uncommittedBytes()));
  }

  private Map<String, String> metrics(SourceDriver source, long rejected) {
    Map<String, String> metrics = new TreeMap<>(lag());
    source.source().metrics().forEach((name, value) -> metrics.put(name, value.toString()));
    metrics.put("numRejectedRows", Long.toString(rejected));
    return metrics;
  }

  private void publish(StreamingQueryProgress report) {
    lastReportNs = clock.nanoTime();
    synchronized (recent) {
      if (recent.size() == KEPT) {
        recent.removeFirst();
      }
      recent.addLast(report);
    }
    listeners.progress(report);
  }

  private static Instant instant(long us) {
    return Instant.ofEpochSecond(
        Math.floorDiv(us, 1_000_000L), Math.floorMod(us, 1_000_000L) * 1_000L);
  }

  private static long millis(long ns) {
    return TimeUnit.NANOSECONDS.toMillis(ns);
  }
}
