package io.millrace.perf.bench;

import io.millrace.benchmarks.data.Arrival;
import io.millrace.benchmarks.data.FieldOrder;
import io.millrace.benchmarks.data.Readings;
import io.millrace.perf.alerts.ReadingFiles;
import io.millrace.perf.job.Job;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Readings for all engines, kept from one run to the next: 10,000 devices, a thousand readings per
 * second of event time, up to 5 s out of order, one in a thousand up to 25 s.
 *
 * @param rows how many
 * @param closedUs windows that end later may be open when the input ends
 */
record BenchData(Path folder, long rows, long closedUs) {
  private static final long SEED = 42;
  private static final int FILES = 20;
  private static final int DISORDER_SECONDS = 5;
  private static final int LATE_SECONDS = 25;

  /** What is known of the data. */
  record End(long closedUs) {}

  static BenchData in(Path work, long rows, boolean shuffled, boolean zipf) {
    FieldOrder order = shuffled ? FieldOrder.SHUFFLED : FieldOrder.STABLE;
    Path folder =
        work.resolve(
            String.format(
                Locale.ROOT,
                "side-by-side-%s-%d%s",
                order.name().toLowerCase(Locale.ROOT),
                rows,
                zipf ? "-zipf" : ""));
    Path end = folder.resolveSibling(folder.getFileName() + ".end.json");
    if (!Files.exists(end)) {
      Folder.fresh(folder);
      Arrival arrival = new Arrival(DISORDER_SECONDS, LATE_SECONDS, 1, zipf);
      Readings readings = new Readings(SEED, order, arrival);
      for (int file = 0; file < FILES; file++) {
        long part = rows / FILES + (file < rows % FILES ? 1 : 0);
        ReadingFiles.write(
            readings, part, folder.resolve(String.format(Locale.ROOT, "%03d.json", file)));
      }
      JsonFile.write(end, new End((readings.latestSeconds() - Job.DELAY_SECONDS) * 1_000_000L));
    }
    return new BenchData(folder, rows, JsonFile.read(end, End.class).closedUs());
  }
}
