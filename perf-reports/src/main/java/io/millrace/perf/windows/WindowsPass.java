package io.millrace.perf.windows;

import static io.millrace.Functions.avg;
import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.max;
import static io.millrace.Functions.min;
import static io.millrace.Functions.window;

import io.millrace.DataFrame;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.StreamingQueryProgress;
import io.millrace.Trigger;
import io.millrace.benchmarks.data.Readings;
import io.millrace.perf.machine.ProcFile;
import io.millrace.perf.machine.ResourceUse;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Count, average, least and greatest temperature per device and tumbling window of event time, over
 * all files of readings, append, with a checkpoint on disk; several passes in one JVM, each a query
 * of its own from the beginning.
 */
public final class WindowsPass {
  private static final int FILES_PER_EPOCH = 1;

  /**
   * @param rows read by each pass
   * @param groups that came out of each pass
   * @param rowsInGroups the sum of their counts
   * @param seconds of each pass, from before the query's start to its end
   * @param use of the last pass
   */
  public record Figures(
      String window,
      int parallelism,
      String lateness,
      long rows,
      long groups,
      long rowsInGroups,
      List<Double> seconds,
      ResourceUse use,
      long peakResidentBytes) {
    /** Of the last, warm pass. */
    public double rowsPerSecond() {
      return rows / seconds.getLast();
    }

    public double coldRowsPerSecond() {
      return rows / seconds.getFirst();
    }
  }

  private static final class Groups {
    private long count;
    private long rows;

    void add(VectorSchemaRoot root) {
      BigIntVector counts = (BigIntVector) root.getVector("n");
      for (int i = 0; i < root.getRowCount(); i++) {
        rows += counts.get(i);
      }
      count += root.getRowCount();
    }
  }

  private WindowsPass() {}

  /**
   * Arguments: the file for the figures, the folder of readings, a folder for checkpoints, the
   * window's size, the number of threads that share the keys, how many passes.
   */
  public static void main(String[] arguments) {
    Path readings = Path.of(arguments[1]);
    Path checkpoint = Path.of(arguments[2]);
    String size = arguments[3];
    int parallelism = Integer.parseInt(arguments[4]);
    int passes = Integer.parseInt(arguments[5]);
    List<Double> seconds = new ArrayList<>();
    Groups groups = null;
    long rows = 0;
    ResourceUse use = null;
    try (Session session = Session.builder().config("millrace.parallelism", parallelism).create()) {
      for (int pass = 0; pass < passes; pass++) {
        Folder.fresh(checkpoint);
        groups = new Groups();
        ResourceUse before = ResourceUse.now();
        long startNs = System.nanoTime();
        StreamingQuery query = start(session, readings, checkpoint, size, groups);
        query.awaitTermination();
        seconds.add((System.nanoTime() - startNs) / 1e9);
        use = ResourceUse.now().since(before);
        rows =
            query.recentProgress().stream().mapToLong(StreamingQueryProgress::numInputRows).sum();
      }
    }
    Folder.delete(checkpoint);
    JsonFile.write(
        Path.of(arguments[0]),
        new Figures(
            size,
            parallelism,
            "batch",
            rows,
            groups.count,
            groups.rows,
            seconds,
            use,
            ProcFile.ownPeakResidentBytes()));
  }

  private static StreamingQuery start(
      Session session, Path readings, Path checkpoint, String size, Groups groups) {
    DataFrame windows =
        session
            .readStream()
            .format("json")
            .schema(Readings.SCHEMA)
            .option("maxFilesPerTrigger", FILES_PER_EPOCH)
            .load(readings.toString())
            .withWatermark("timestamp", "5 seconds")
            .groupBy(window(col("timestamp"), size), col("deviceId"))
            .agg(
                count("*").as("n"),
                avg("temperature").as("mean"),
                min("temperature").as("least"),
                max("temperature").as("greatest"))
            .select("window.start", "window.end", "deviceId", "n", "mean", "least", "greatest");
    return windows
        .writeStream()
        .foreachArrow((root, epoch) -> groups.add(root))
        .option("checkpointLocation", checkpoint.toString())
        .trigger(Trigger.availableNow())
        .start();
  }
}
