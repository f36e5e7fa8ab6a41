package io.millrace.peer;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.session_window;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.window;

import io.millrace.perf.job.Answer;
import io.millrace.perf.job.Input;
import io.millrace.perf.job.Job;
import io.millrace.perf.job.Windows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.ForeachWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

/**
 * The workloads on Spark Structured Streaming, as many local threads as asked, micro-batches of
 * that many files until all are read. Modes: {@code hdfs} and {@code rocksdb}, where state is kept.
 * It always has a checkpoint.
 */
public final class SparkJob {
  /** Sums of times are taken from here on: Spark refuses sums that overflow, others wrap. */
  private static final long EPOCH_US = 1_760_000_000_000_000L;

  private static final String STREAMING = "org.apache.spark.sql.execution.streaming.";

  private abstract static class Callback extends ForeachWriter<Row> {
    private static final long serialVersionUID = 1;
    transient Answer.Part answer;

    @Override
    public boolean open(long partition, long epoch) {
      answer = Answer.part();
      return true;
    }

    @Override
    public void close(Throwable error) {}
  }

  private static final class Alerts extends Callback {
    private static final long serialVersionUID = 1;

    @Override
    public void process(Row row) {
      answer.row(Answer.device(row.getString(0)), row.getLong(1), row.getDouble(2));
    }
  }

  private static final class Groups extends Callback {
    private static final long serialVersionUID = 1;

    @Override
    public void process(Row row) {
      answer.window(
          row.getLong(0),
          row.getLong(1),
          Answer.device(row.getString(2)),
          row.getLong(3),
          row.getDouble(4),
          row.getDouble(5),
          row.getDouble(6));
    }
  }

  private SparkJob() {}

  public static void main(String[] arguments) throws Exception {
    Job job = new Job(arguments);
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[" + job.parallelism() + "]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", job.queries().getFirst().parallelism())
            .config("spark.sql.adaptive.enabled", "false")
            .config("spark.sql.streaming.pollingDelay", "1ms")
            .config("spark.local.dir", job.readings().resolveSibling("spark").toString())
            .config(
                "spark.sql.streaming.checkpointFileManagerClass",
                STREAMING + "checkpointing.FileSystemBasedCheckpointFileManager");
    if (job.mode().equals("rocksdb")) {
      builder.config(
          "spark.sql.streaming.stateStore.providerClass",
          STREAMING + "state.RocksDBStateStoreProvider");
    }
    if (job.input() == Input.MEMORY) {
      MemorySource.load(job.files());
    }
    SparkSession spark = builder.getOrCreate();
    job.run(place -> run(spark, job, place));
  }

  private static Runnable run(SparkSession spark, Job job, Path place) throws Exception {
    List<StreamingQuery> running = new ArrayList<>();
    for (Job query : job.queries()) {
      running.add(start(spark, query, query.place(place)));
    }
    for (StreamingQuery query : running) {
      query.awaitTermination();
    }
    return () -> {};
  }

  private static StreamingQuery start(SparkSession spark, Job job, Path place) throws Exception {
    Windows windows = Windows.of(job.workload());
    DataStreamReader reader =
        spark
            .readStream()
            .option("maxFilesPerTrigger", windows == null ? 1_000 : job.parallelism());
    Dataset<Row> readings =
        job.input() == Input.MEMORY
            ? reader.format(MemorySource.class.getName()).load()
            : reader.schema(ReadingsTable.SCHEMA).json(job.readings().toString());
    if (job.workload().equals("W8")) {
      return sumUp(readings, place);
    }
    Dataset<Row> results =
        windows != null
            ? grouped(readings, windows)
            : readings
                .filter(col("temperature").gt(100.0))
                .select(col("deviceId"), unix_micros(col("timestamp")), col("temperature"));
    return results
        .writeStream()
        .foreach(windows != null ? new Groups() : new Alerts())
        .option("checkpointLocation", place.resolve("checkpoint").toString())
        .trigger(Trigger.AvailableNow())
        .start();
  }

  private static Dataset<Row> grouped(Dataset<Row> readings, Windows windows) {
    String size = windows.sizeSeconds() + " seconds";
    Column time = col("timestamp");
    Column window =
        windows.session()
            ? session_window(time, size).as("window")
            : window(time, size, windows.slideSeconds() + " seconds");
    return readings
        .withWatermark("timestamp", Job.DELAY_SECONDS + " seconds")
        .groupBy(window, col("deviceId"))
        .agg(
            count("*").as("n"),
            avg("temperature").as("mean"),
            min("temperature").as("least"),
            max("temperature").as("greatest"))
        .select(
            unix_micros(col("window.start")),
            unix_micros(col("window.end")),
            col("deviceId"),
            col("n"),
            col("mean"),
            col("least"),
            col("greatest"));
  }

  /** Sums of all columns, so that generated code decodes them without rows of objects. */
  private static StreamingQuery sumUp(Dataset<Row> readings, Path place) throws Exception {
    return readings
        .agg(
            count(lit(1)),
            sum(octet_length(col("deviceId"))),
            sum(unix_micros(col("timestamp")).minus(EPOCH_US)),
            sum(col("temperature")))
        .writeStream()
        .outputMode("complete")
        .foreachBatch(
            (Dataset<Row> sums, Long epoch) -> {
              Row row = sums.head();
              long timesUs = row.getLong(2) + row.getLong(0) * EPOCH_US;
              Answer.part().decoded(row.getLong(0), row.getLong(1), timesUs, row.getDouble(3));
            })
        .option("checkpointLocation", place.resolve("checkpoint").toString())
        .trigger(Trigger.AvailableNow())
        .start();
  }
}
