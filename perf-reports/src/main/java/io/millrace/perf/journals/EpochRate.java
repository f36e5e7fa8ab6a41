package io.millrace.perf.journals;

import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.JsonFile;
import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import java.nio.file.Path;
import java.util.Locale;

/** A query with a checkpoint whose epochs have one row and follow each other without a pause. */
public final class EpochRate {
  private static final long WARM_UP_MS = 3_000;
  private static final long MEASURE_MS = 5_000;

  /** Epochs per second, each planned and committed. */
  public record Figures(JournalKind kind, Durability durability, double epochsPerSecond) {}

  private EpochRate() {}

  /** Arguments: the file for the figures, an empty folder, kind, durability. */
  public static void main(String[] arguments) throws InterruptedException {
    JournalKind kind = JournalKind.valueOf(arguments[2]);
    Durability durability = Durability.valueOf(arguments[3]);
    Path folder = Folder.fresh(Path.of(arguments[1]));
    try (Session session =
        Session.builder()
            .config("millrace.journal", kind.name().toLowerCase(Locale.ROOT))
            .config("millrace.durability", durability.name().toLowerCase(Locale.ROOT))
            .create()) {
      StreamingQuery query =
          session
              .readStream()
              .format("rate-micro-batch")
              .option("rowsPerBatch", 1)
              .load()
              .writeStream()
              .format("blackhole")
              .option("checkpointLocation", folder.resolve("ck").toString())
              .start();
      Thread.sleep(WARM_UP_MS);
      long startNs = System.nanoTime();
      long startEpoch = query.lastProgress().batchId();
      Thread.sleep(MEASURE_MS);
      double seconds = (System.nanoTime() - startNs) / 1e9;
      long epochs = query.lastProgress().batchId() - startEpoch;
      query.stop();
      JsonFile.write(Path.of(arguments[0]), new Figures(kind, durability, epochs / seconds));
    }
    Folder.delete(folder);
  }
}
