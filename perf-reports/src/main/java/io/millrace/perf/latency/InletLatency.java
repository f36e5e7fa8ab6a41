package io.millrace.perf.latency;

import io.millrace.Inlet;
import io.millrace.InletWriter;
import io.millrace.RowView;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Threads;
import io.millrace.perf.machine.ResourceUse;
import io.millrace.perf.pace.Delays;
import io.millrace.perf.pace.EventTime;
import io.millrace.perf.pace.FirstResults;
import io.millrace.perf.pace.HistogramLog;
import io.millrace.perf.pace.Pace;
import io.millrace.perf.pace.Percentiles;
import io.millrace.perf.pace.Work;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.JsonFile;
import io.millrace.types.Schema;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * From the moment at which a row was to be appended to an inlet to the callback that gets it, or
 * the result that it gives.
 */
public final class InletLatency {
  private static final long AFTER_MARKER_NS = 5_000_000;

  /** A look at what the process has used takes milliseconds, so it is taken before it counts. */
  private static final double LOOK_SECONDS = 0.5;

  private static final long MINUTE_US = 60_000_000;

  /**
   * Times in nanoseconds.
   *
   * @param durability {@code none} without a checkpoint
   * @param journal what a checkpoint's journals are written through
   * @param waitPolicy of the query's thread, or {@code caller}: the thread that appends drives it
   * @param latency from intended to the first result with that row; of a window, from the moment at
   *     which it could close
   * @param jitter from intended to appended
   * @param afterMarker of rows delivered up to 5 ms after an epoch's end
   * @param otherwise of the others
   * @param use in the measured time, of the whole process
   * @param engineBytes allocated on the heap by the engine's threads in that time
   */
  public record Figures(
      Work work,
      String durability,
      String journal,
      String waitPolicy,
      long rowsPerSecond,
      double seconds,
      Percentiles latency,
      Percentiles jitter,
      Percentiles afterMarker,
      Percentiles otherwise,
      ResourceUse use,
      long engineBytes) {
    /** Of its distribution. */
    public String id() {
      return String.format(
              Locale.ROOT, "%s-%s-%s-%s-%d", work, durability, journal, waitPolicy, rowsPerSecond)
          .toLowerCase(Locale.ROOT);
    }

    /** Durability and journal, where there is a checkpoint, and wait policy. */
    public String name() {
      String checkpoint = durability.equals(Queries.NONE) ? "" : ", " + durability + ", " + journal;
      return "millrace" + checkpoint + ", " + waitPolicy;
    }

    /** The id of the long run's. */
    public String longId() {
      return "long-" + id();
    }

    /** Whether another thread than the one that appends reads the inlet. */
    public boolean handsOver() {
      return !waitPolicy.equals(Queries.CALLER);
    }
  }

  /** The callback's side. */
  private static final class Receiver {
    private final Pace pace;
    private final Work work;
    private final long startUs;
    private final Delays all;
    private final Delays afterMarker;
    private final Delays otherwise;
    private final FirstResults firstResults;
    private final LongConsumer recorder = this::record;
    private long nowNs;
    private long epoch = -1;
    private long markerNs = Long.MIN_VALUE / 2;

    Receiver(Pace pace, Work work, long startUs, double warmUpSeconds) {
      this.pace = pace;
      this.work = work;
      this.startUs = startUs;
      this.firstResults = new FirstResults(pace);
      this.all = new Delays(warmUpSeconds);
      this.afterMarker = new Delays(warmUpSeconds);
      this.otherwise = new Delays(warmUpSeconds);
    }

    void accept(RowView row) {
      nowNs = pace.elapsedNs();
      if (row.epoch() != epoch) {
        epoch = row.epoch();
        markerNs = nowNs;
      }
      switch (work) {
        case FILTER -> record((long) row.getDouble(2));
        case WINDOW -> record((row.getTimestampUs(0) - startUs) * 1_000);
        case AGGREGATE -> firstResults.until((long) row.getDouble(2), recorder);
      }
    }

    private void record(long intendedNs) {
      all.record(intendedNs, nowNs);
      (nowNs - markerNs < AFTER_MARKER_NS ? afterMarker : otherwise).record(intendedNs, nowNs);
    }
  }

  private InletLatency() {}

  /**
   * Arguments: the file for the figures, a folder for checkpoints, the work, the durability or
   * {@code none}, the kind of journal, the wait policy or {@code caller}, rows per second, seconds
   * of warm-up, seconds.
   */
  public static void main(String[] arguments) {
    Path checkpoint = Folder.fresh(Path.of(arguments[1]));
    Work work = Work.valueOf(arguments[2]);
    String durability = arguments[3];
    String journal = arguments[4];
    String waitPolicy = arguments[5];
    boolean caller = waitPolicy.equals(Queries.CALLER);
    long rowsPerSecond = Long.parseLong(arguments[6]);
    double warmUpSeconds = Double.parseDouble(arguments[7]);
    double seconds = Double.parseDouble(arguments[8]);
    try (Session session = Queries.session(waitPolicy, durability, journal);
        Inlet inlet = session.inlet("readings", Schema.parse(InletLoad.SCHEMA))) {
      Pace pace = Pace.soon(rowsPerSecond);
      long startUs = System.currentTimeMillis() * 1_000 / MINUTE_US * MINUTE_US;
      Receiver receiver = new Receiver(pace, work, startUs, warmUpSeconds);
      StreamingQuery query =
          Queries.writer(inlet.toDF(), work, durability, checkpoint, receiver::accept)
              .threads(caller ? Threads.CALLER : Threads.ENGINE)
              .start();
      Delays jitter = new Delays(warmUpSeconds);
      ResourceUse before;
      long bytesBefore;
      try (InletWriter writer = inlet.writer()) {
        InletLoad load =
            new InletLoad(
                query, caller, writer, pace, new EventTime(warmUpSeconds), startUs, jitter);
        long warm = pace.rows(warmUpSeconds - Math.min(warmUpSeconds, LOOK_SECONDS));
        load.run(0, warm);
        before = ResourceUse.now();
        bytesBefore = EngineThreads.allocatedBytes();
        load.run(warm, pace.rows(warmUpSeconds + seconds));
      }
      ResourceUse use = ResourceUse.now().since(before);
      long engineBytes = EngineThreads.allocatedBytes() - bytesBefore;
      query.processAllAvailable();
      query.stop();
      Path figures = Path.of(arguments[0]);
      HistogramLog.handOver(figures, receiver.all.histogram("latency"));
      JsonFile.write(
          figures,
          new Figures(
              work,
              durability,
              journal,
              waitPolicy,
              rowsPerSecond,
              seconds,
              receiver.all.percentiles(),
              jitter.percentiles(),
              receiver.afterMarker.percentiles(),
              receiver.otherwise.percentiles(),
              use,
              engineBytes));
    }
    Folder.delete(checkpoint);
  }
}
