package io.millrace.perf.latency;

import io.millrace.Inlet;
import io.millrace.InletWriter;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.perf.machine.ResourceUse;
import io.millrace.perf.pace.Delays;
import io.millrace.perf.pace.EventTime;
import io.millrace.perf.pace.Pace;
import io.millrace.perf.pace.Work;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.JsonFile;
import io.millrace.types.Schema;
import java.nio.file.Path;

/** What a query with state costs that parks and gets nothing. */
public final class IdleQuery {
  private static final long ROWS_PER_SECOND = 10_000;

  /**
   * @param share of one core, of the whole process
   */
  public record Figures(double share) {}

  private IdleQuery() {}

  /** Arguments: the file for the figures, a folder for checkpoints, warm-up, seconds. */
  public static void main(String[] arguments) throws InterruptedException {
    Path checkpoint = Folder.fresh(Path.of(arguments[1]));
    double warmUpSeconds = Double.parseDouble(arguments[2]);
    double seconds = Double.parseDouble(arguments[3]);
    try (Session session = Queries.session("park", "process", Queries.JOURNAL);
        Inlet inlet = session.inlet("readings", Schema.parse(InletLoad.SCHEMA))) {
      StreamingQuery query =
          Queries.writer(inlet.toDF(), Work.AGGREGATE, "process", checkpoint, row -> {}).start();
      try (InletWriter writer = inlet.writer()) {
        Pace pace = Pace.soon(ROWS_PER_SECOND);
        new InletLoad(
                query,
                false,
                writer,
                pace,
                new EventTime(warmUpSeconds),
                0,
                new Delays(warmUpSeconds))
            .run(0, pace.rows(warmUpSeconds));
        query.processAllAvailable();
        Thread.sleep(2_000); // compilations end
        ResourceUse before = ResourceUse.now();
        Thread.sleep((long) (seconds * 1_000));
        double cpuSeconds = ResourceUse.now().since(before).cpuSeconds();
        JsonFile.write(Path.of(arguments[0]), new Figures(cpuSeconds / seconds));
      }
      query.stop();
    }
    Folder.delete(checkpoint);
  }
}
