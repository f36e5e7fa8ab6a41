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
 * Readings for all engines, kept from one run to the next: a thousand readings per second of event
 * time, up to 5 s out of order, one in a thousand up to 25 s.
 *
 * @param rows how many
 * @param closedUs windows that end later may be open when the input ends
 */
record BenchData(Path folder, long rows, long closedUs) {
  static final int FILES = 20;

  private static final long SEED = 42;
  private static final int DISORDER_SECONDS = 5;
  private static final int LATE_SECONDS = 25;

  /** What is known of the data. */
  record End(long closedUs) {
    /**
     * @param latestSeconds of all readings
     */
    static End of(long latestSeconds) {
      return new End((latestSeconds - Job.DELAY_SECONDS) * 1_000_000L);
    }
  }

  static BenchData in(Path work, long rows, boolean shuffled, boolean zipf) {
    return in(work, rows, Arrival.DEVICES, shuffled, zipf);
  }

  static BenchData in(Path work, long rows, int devices, boolean shuffled, boolean zipf) {
    FieldOrder order = shuffled ? FieldOrder.SHUFFLED : FieldOrder.STABLE;
    Path folder =
        work.resolve(
            String.format(
                Locale.ROOT,
                "side-by-side-%s-%d%s%s",
                order.name().toLowerCase(Locale.ROOT),
                rows,
                devices == Arrival.DEVICES ? "" : "-devices-" + devices,
                zipf ? "-zipf" : ""));
    Path end = endOf(folder);
    if (!Files.exists(end)) {
      Folder.fresh(folder);
      Arrival arrival = new Arrival(devices, DISORDER_SECONDS, LATE_SECONDS, 1, zipf);
      Readings readings = new Readings(SEED, order, arrival);
      for (int file = 0; file < FILES; file++) {
        long part = rows / FILES + (file < rows % FILES ? 1 : 0);
        ReadingFiles.write(
            readings, part, folder.resolve(String.format(Locale.ROOT, "%03d.json", file)));
      }
      JsonFile.write(end, End.of(readings.latestSeconds()));
    }
    return new BenchData(folder, rows, JsonFile.read(end, End.class).closedUs());
  }

  /** The file that says what is known of a folder's data, written last. */
  static Path endOf(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".end.json");
  }
}
