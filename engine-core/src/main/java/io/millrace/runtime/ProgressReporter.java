package io.millrace.runtime;

import io.millrace.StreamingQueryProgress;
import io.millrace.StreamingQueryStatus;
import io.millrace.spi.Clock;
import io.millrace.spi.InputRange;
import io.millrace.types.StreamingQueryException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Deque<EpochProgress> recent = new ArrayDeque<>();
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
    double sinceLastStart =
        lastStartUs == Long.MIN_VALUE ? Double.NaN : (times.startedUs() - lastStartUs) / 1e6;
    lastStartUs = times.startedUs();
    quietState = result.state().withoutEpoch();
    publish(progress(epoch, times.startedUs(), sinceLastStart, times, result, result.state()));
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
      publish(progress(epoch, nowUs, Double.NaN, null, null, quietState));
      listeners.idle(identity, EpochProgress.instant(nowUs));
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
    List<EpochProgress> all;
    synchronized (recent) {
      all = List.copyOf(recent);
    }
    return all.stream().map(EpochProgress::report).toList();
  }

  /** The newest; null if there is none. */
  StreamingQueryProgress last() {
    EpochProgress last;
    synchronized (recent) {
      last = recent.peekLast();
    }
    return last == null ? null : last.report();
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

  private EpochProgress progress(
      long epoch,
      long startedUs,
      double sinceLastStart,
      EpochTimes times,
      EpochResult result,
      StateReport state) {
    List<EpochProgress.Input> inputs = new ArrayList<>();
    for (SourceDriver source : sources) {
      inputs.add(input(source, result));
    }
    return new EpochProgress(
        identity,
        guarantee,
        epoch,
        startedUs,
        sinceLastStart,
        times,
        result,
        state,
        inputs,
        lag(),
        sink.sink().description(),
        transport.metrics(),
        storage.entries());
  }

  private EpochProgress.Input input(SourceDriver source, EpochResult result) {
    int index = source.index();
    InputRange last = source.lastRange();
    InputRange before = reported[index];
    reported[index] = last;
    return new EpochProgress.Input(
        source.source().description(),
        last,
        last != null && !last.equals(before),
        result == null ? 0 : result.recordsRead()[index],
        result == null ? 0 : result.rejected()[index],
        Map.copyOf(source.source().metrics()));
  }

  /** How much of what all sources brought would be taken in again after a crash now. */
  private Map<String, String> lag() {
    return input == null
        ? Map.of()
        : Map.of("numUncommittedBytes", Long.toString(input.uncommittedBytes()));
  }

  private void publish(EpochProgress progress) {
    lastReportNs = clock.nanoTime();
    synchronized (recent) {
      if (recent.size() == KEPT) {
        recent.removeFirst();
      }
      recent.addLast(progress);
    }
    listeners.progress(identity, progress);
  }
}
