package io.millrace.perf.pace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * The same load for another engine, and what its callback sees. Its source either makes the rows
 * itself, so that nothing is handed over, or takes them from an application's thread. Static,
 * because such engines serialize the functions that they are given and run them in this JVM.
 */
public final class PeerLoad {
  /** Event time of the load's start, whole in minutes. */
  public static final long START_MS = 1_700_000_040_000L;

  private static final CountDownLatch BEGUN = new CountDownLatch(1);
  private static Path file;
  private static Path checkpoints;
  private static String mode;
  private static Work work;
  private static boolean handed;
  private static long rowsPerSecond;
  private static double warmUpSeconds;
  private static double seconds;
  private static Delays latency;
  private static Delays jitter;
  private static EventTime eventTime;
  private static FirstResults firstResults;
  private static long latestNs;
  private static volatile Pace pace;
  private static volatile long sentRows;

  private PeerLoad() {}

  /**
   * Takes a program's arguments: the file for the figures, a folder for checkpoints, the engine's
   * mode, the {@link Work}, whether an application's thread hands the rows over, rows per second,
   * seconds of warm-up, seconds.
   */
  public static void read(String[] arguments) {
    file = Path.of(arguments[0]);
    checkpoints = Path.of(arguments[1]);
    mode = arguments[2];
    work = Work.valueOf(arguments[3]);
    handed = Boolean.parseBoolean(arguments[4]);
    rowsPerSecond = Long.parseLong(arguments[5]);
    warmUpSeconds = Double.parseDouble(arguments[6]);
    seconds = Double.parseDouble(arguments[7]);
    latency = new Delays(warmUpSeconds);
    jitter = new Delays(warmUpSeconds);
    eventTime = new EventTime(warmUpSeconds);
  }

  public static String mode() {
    return mode;
  }

  public static Work work() {
    return work;
  }

  /** A folder for checkpoints, in which there is nothing yet. */
  public static Path checkpoints() {
    return checkpoints;
  }

  /** The source is there: the load begins, unless it has begun. */
  public static synchronized void begin() {
    if (pace == null) {
      Pace begun = Pace.soon(rowsPerSecond);
      firstResults = new FirstResults(begun);
      pace = begun;
      BEGUN.countDown();
      if (handed) {
        Thread application = new Thread(PeerLoad::handOver, "application");
        application.setDaemon(true);
        application.start();
      }
    }
  }

  /** A row is its number: no hand-over is cheaper. */
  private static void handOver() {
    long rows = rows();
    for (long row = 0; row < rows; row++) {
      awaitMoment(row);
      sentRows = row + 1;
    }
  }

  /** How many rows there are. */
  public static long rows() {
    return pace.rows(warmUpSeconds + seconds);
  }

  /** How many rows are to have been sent by now. */
  public static long dueRows() {
    return Math.clamp((long) (pace.elapsedNs() / 1e9 * rowsPerSecond), 0, rows());
  }

  /**
   * Spins until there is a row for the source.
   *
   * @return its moment in nanoseconds after the start
   */
  public static long await(long row) {
    if (!handed) {
      return awaitMoment(row);
    }
    while (sentRows <= row) {
      Thread.onSpinWait();
    }
    return pace.intendedNs(row);
  }

  private static long awaitMoment(long row) {
    long intendedNs = pace.intendedNs(row);
    jitter.record(intendedNs, pace.await(intendedNs));
    return intendedNs;
  }

  /** A row's temperature, which holds its moment; every second one is below zero. */
  public static double temperature(long row, long intendedNs) {
    return (row & 1) == 0 ? intendedNs : -1 - intendedNs;
  }

  /** A row's event time. */
  public static long timestampMs(long intendedNs) {
    return START_MS + Math.floorDiv(eventTime.ns(intendedNs), 1_000_000L);
  }

  /** The callback got a row, or the result of rows up to that one. */
  public static void received(double temperature) {
    if (work == Work.AGGREGATE) {
      firstResults.until((long) temperature, PeerLoad::record);
    } else {
      record((long) temperature);
    }
  }

  /** The callback got a window that ended then. */
  public static void receivedWindow(long endMs) {
    record((endMs - START_MS) * 1_000_000);
  }

  private static void record(long intendedNs) {
    latency.record(intendedNs, pace.elapsedNs());
    latestNs = Math.max(latestNs, intendedNs);
  }

  /** Waits until a second after the load's end, writes the figures and ends the program. */
  public static void finish() throws IOException, InterruptedException {
    BEGUN.await();
    long endNs = (long) ((warmUpSeconds + seconds + 1) * 1e9);
    while (pace.elapsedNs() < endNs) {
      Thread.sleep(100);
    }
    HistogramLog.handOver(file, latency.histogram("latency"));
    Files.writeString(
        file,
        String.format(
            Locale.ROOT,
            "{\"latency\":%s,\"jitter\":%s,\"behindSeconds\":%.3f}%n",
            json(latency.percentiles()),
            json(jitter.percentiles()),
            Math.max(0, warmUpSeconds + seconds - latestNs / 1e9)));
    Runtime.getRuntime().halt(0); // whatever the engine still does
  }

  private static String json(Percentiles ns) {
    return String.format(
        Locale.ROOT,
        "{\"p50\":%d,\"p90\":%d,\"p99\":%d,\"p999\":%d,\"max\":%d,\"count\":%d}",
        ns.p50(),
        ns.p90(),
        ns.p99(),
        ns.p999(),
        ns.max(),
        ns.count());
  }
}
