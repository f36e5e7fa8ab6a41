package io.millrace.perf.bench;

import static io.millrace.Functions.avg;
import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.max;
import static io.millrace.Functions.min;
import static io.millrace.Functions.sessionWindow;
import static io.millrace.Functions.window;

import io.millrace.ArrowFunction;
import io.millrace.Column;
import io.millrace.DataFrame;
import io.millrace.DataStreamWriter;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Trigger;
import io.millrace.benchmarks.data.Readings;
import io.millrace.perf.job.Job;
import io.millrace.perf.job.Windows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The workloads on Millrace. The mode is not used. */
public final class MillraceJob {
  /** An epoch is a batch: its windows are held until it ends. */
  private static final int FILES_PER_EPOCH = 1;

  private MillraceJob() {}

  public static void main(String[] arguments) throws Exception {
    run(new Job(arguments), UnaryOperator.identity());
  }

  /**
   * @param around what else is to be done in a pass
   */
  static void run(Job job, UnaryOperator<Job.Pass> around) throws Exception {
    List<Job> queries = job.queries();
    int parallelism = queries.getFirst().parallelism();
    try (Session session =
        Session.builder()
            .config("millrace.parallelism", parallelism)
            .config("millrace.execution", execution(queries.getFirst()))
            .create()) {
      Job.Pass pass =
          switch (job.input()) {
            case JSON -> place -> run(session, queries, place);
            case MEMORY -> new MemoryPass(session, job);
          };
      job.run(around.apply(pass));
    }
  }

  /** Threads share the keys of windows also where nothing is decoded. */
  private static String execution(Job job) {
    return Windows.of(job.workload()) != null ? "staged" : "auto";
  }

  /** For readings that a program gives away: threads share keys in batches. */
  static Trigger trigger(Job job) {
    return Windows.of(job.workload()) != null
        ? Trigger.processingTime("0 seconds")
        : Trigger.continuous("1 second");
  }

  private static Runnable run(Session session, List<Job> queries, Path place) {
    List<StreamingQuery> running = new ArrayList<>();
    for (Job query : queries) {
      running.add(
          writer(query, json(session, query), query.place(place))
              .trigger(Trigger.availableNow())
              .start());
    }
    running.forEach(StreamingQuery::awaitTermination);
    return () -> {};
  }

  /** The readings in their files. */
  static DataFrame json(Session session, Job job) {
    boolean windows = Windows.of(job.workload()) != null;
    return session
        .readStream()
        .format("json")
        .schema(Readings.SCHEMA)
        .option("maxFilesPerTrigger", windows ? FILES_PER_EPOCH : Integer.MAX_VALUE)
        .load(job.readings().toString());
  }

  /** The workload over readings from anywhere, ready to start. */
  static DataStreamWriter writer(Job job, DataFrame readings, Path place) {
    Windows windows = Windows.of(job.workload());
    ArrowFunction sink =
        windows != null
            ? new WindowsSink()
            : job.workload().equals("W1") ? new AlertsSink() : new ReadingsSink();
    DataFrame result =
        windows != null
            ? grouped(readings, windows)
            : job.workload().equals("W1")
                ? readings
                    .filter(col("temperature").gt(100.0))
                    .select("deviceId", "timestamp", "temperature")
                : readings;
    DataStreamWriter writer = result.writeStream().foreachArrow(sink);
    if (job.checkpoint()) {
      writer.option("checkpointLocation", place.resolve("checkpoint"));
    }
    return writer;
  }

  private static DataFrame grouped(DataFrame readings, Windows windows) {
    String size = windows.sizeSeconds() + " seconds";
    Column time = col("timestamp");
    Column window =
        windows.session()
            ? sessionWindow(time, size).as("window")
            : window(time, size, windows.slideSeconds() + " seconds");
    return readings
        .withWatermark("timestamp", Job.DELAY_SECONDS + " seconds")
        .groupBy(window, col("deviceId"))
        .agg(
            count("*").as("n"),
            avg("temperature").as("mean"),
            min("temperature").as("least"),
            max("temperature").as("greatest"))
        .select("window.start", "window.end", "deviceId", "n", "mean", "least", "greatest");
  }
}
