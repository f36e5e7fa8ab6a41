package io.millrace.perf.alerts;

import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.StreamingQueryListener;
import io.millrace.benchmarks.data.Answer;
import io.millrace.perf.machine.ProcFile;
import io.millrace.perf.machine.ResourceUse;
import io.millrace.perf.process.JsonFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * One query over a folder in which files keep appearing: its rate over a span of time after a
 * warm-up. An epoch is a pass over the files, and always two more passes wait.
 */
public final class SteadyRate {
  /** Passes that are there before they are asked for. */
  private static final int PASSES_AHEAD = 2;

  /**
   * @param answer over the whole life of the query, for all passes
   * @param passes how often the same files were read
   * @param rows read in the measured span
   * @param seconds how long it was, from one epoch's end to another's
   * @param use in the measured span
   */
  public record Figures(
      Answer answer,
      long passes,
      long rows,
      double seconds,
      ResourceUse use,
      long peakResidentBytes) {
    public double rowsPerSecond() {
      return rows / seconds;
    }
  }

  private SteadyRate() {}

  /**
   * Arguments: the file for the figures, the folder of readings, an empty folder on the same disk,
   * seconds of warm-up, seconds to measure.
   */
  public static void main(String[] arguments) throws InterruptedException {
    List<Path> readings = ReadingFiles.filesIn(Path.of(arguments[1]));
    Path folder = Path.of(arguments[2]);
    EndlessFiles files = new EndlessFiles(readings, folder);
    for (int i = 0; i < PASSES_AHEAD + 1; i++) {
      files.addPass();
    }
    try (Session session = Session.open()) {
      AlertsQuery alerts = new AlertsQuery(session, folder, readings.size());
      Meter meter =
          new Meter(files, Double.parseDouble(arguments[3]), Double.parseDouble(arguments[4]));
      session.streams().addListener(meter);
      StreamingQuery query = alerts.writer().start();
      meter.measured.await();
      query.processAllAvailable();
      query.stop();
      meter.terminated.await();
      JsonFile.write(Path.of(arguments[0]), meter.figures(alerts));
    }
  }

  /** Watches epochs end, and lets a pass appear for each. */
  private static final class Meter implements StreamingQueryListener {
    private final EndlessFiles files;
    private final long warmUpNs;
    private final long measureNs;
    private final long startNs = System.nanoTime();
    private final CountDownLatch measured = new CountDownLatch(1);
    private final CountDownLatch terminated = new CountDownLatch(1);
    private long allRows;
    private boolean measuring;
    private long beganNs;
    private ResourceUse useBefore;
    private long rows;
    private double seconds;
    private ResourceUse use;

    Meter(EndlessFiles files, double warmUpSeconds, double measureSeconds) {
      this.files = files;
      this.warmUpNs = (long) (warmUpSeconds * 1e9);
      this.measureNs = (long) (measureSeconds * 1e9);
    }

    @Override
    public void onQueryProgress(QueryProgressEvent event) {
      long nowNs = System.nanoTime();
      allRows += event.progress().numInputRows();
      if (measured.getCount() == 0 || event.progress().numInputRows() == 0) {
        return;
      }
      if (!measuring && nowNs - startNs >= warmUpNs) {
        measuring = true;
        beganNs = nowNs;
        useBefore = ResourceUse.now();
      } else if (measuring) {
        rows += event.progress().numInputRows();
        if (nowNs - beganNs >= measureNs) {
          seconds = (nowNs - beganNs) / 1e9;
          use = ResourceUse.now().since(useBefore);
          measured.countDown();
          return;
        }
      }
      files.addPass();
    }

    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {
      measured.countDown();
      terminated.countDown();
    }

    /** After the end, on another thread. */
    Figures figures(AlertsQuery alerts) {
      long passes = files.passes();
      return new Figures(
          alerts.answer(allRows), passes, rows, seconds, use, ProcFile.ownPeakResidentBytes());
    }
  }
}
