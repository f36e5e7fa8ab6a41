package io.millrace.peer;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.window;

import io.millrace.perf.pace.PeerLoad;
import io.millrace.perf.pace.Work;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.ForeachWriter;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Spark, {@code local[2]}. Modes: {@code real-time} and {@code continuous}, which take no
 * aggregates, and {@code micro-batch}.
 */
public final class SparkLatency {
  private abstract static class Callback extends ForeachWriter<Row> {
    private static final long serialVersionUID = 1;

    @Override
    public boolean open(long partition, long epoch) {
      return true;
    }

    @Override
    public void close(Throwable error) {}
  }

  private static final class Rows extends Callback {
    private static final long serialVersionUID = 1;

    @Override
    public void process(Row row) {
      PeerLoad.received(row.getDouble(2));
    }
  }

  private static final class Windows extends Callback {
    private static final long serialVersionUID = 1;

    @Override
    public void process(Row row) {
      PeerLoad.receivedWindow(row.getTimestamp(0).getTime());
    }
  }

  private SparkLatency() {}

  public static void main(String[] arguments) throws Exception {
    PeerLoad.read(arguments);
    String checkpoints = "org.apache.spark.sql.execution.streaming.checkpointing.";
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.sql.adaptive.enabled", "false")
            .config("spark.sql.streaming.pollingDelay", "1ms")
            .config(
                "spark.sql.streaming.checkpointFileManagerClass",
                checkpoints + "FileSystemBasedCheckpointFileManager")
            .getOrCreate();
    Dataset<Row> readings = spark.readStream().format(ReadingsSource.class.getName()).load();
    Work work = PeerLoad.work();
    results(readings, work)
        .writeStream()
        .foreach(work == Work.WINDOW ? new Windows() : new Rows())
        .outputMode(
            work == Work.AGGREGATE || PeerLoad.mode().equals("real-time") ? "update" : "append")
        .option("checkpointLocation", PeerLoad.checkpoints().toString())
        .trigger(
            switch (PeerLoad.mode()) {
              case "real-time" -> Trigger.RealTime(5, TimeUnit.MINUTES);
              case "continuous" -> Trigger.Continuous(1, TimeUnit.SECONDS);
              default -> Trigger.ProcessingTime(0);
            })
        .start();
    PeerLoad.finish();
  }

  private static Dataset<Row> results(Dataset<Row> readings, Work work) {
    return switch (work) {
      case FILTER -> filtered(readings);
      case WINDOW -> groups(readings).count().select("window.end", "count");
      case AGGREGATE ->
          groups(filtered(readings))
              .agg(count("*").as("n"), max("temperature").as("last"))
              .select("deviceId", "n", "last");
    };
  }

  private static Dataset<Row> filtered(Dataset<Row> readings) {
    return readings.filter(col("temperature").geq(0.0));
  }

  private static RelationalGroupedDataset groups(Dataset<Row> readings) {
    return readings
        .withWatermark("timestamp", "0 seconds")
        .groupBy(window(col("timestamp"), "1 second"), col("deviceId"));
  }
}
