package io.millrace.peer;

import static org.apache.spark.sql.functions.col;

import io.millrace.perf.job.Idle;
import org.apache.spark.sql.ForeachWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/** Alerts over an empty folder on Spark, with its file source and default trigger. */
public final class SparkIdle {
  private static final class Alerts extends ForeachWriter<Row> {
    private static final long serialVersionUID = 1;

    @Override
    public boolean open(long partition, long epoch) {
      return true;
    }

    @Override
    public void process(Row row) {
      Idle.alert(row.getString(0), row.getDouble(1));
    }

    @Override
    public void close(Throwable error) {}
  }

  private SparkIdle() {}

  public static void main(String[] arguments) throws Exception {
    Idle idle = new Idle(arguments);
    SparkSession spark =
        SparkSession.builder()
            .master("local[*]")
            .config("spark.ui.enabled", "false")
            .config("spark.local.dir", idle.place().toString())
            .config(
                "spark.sql.streaming.checkpointFileManagerClass",
                "org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager")
            .getOrCreate();
    StreamingQuery query =
        spark
            .readStream()
            .schema("deviceId STRING, timestamp TIMESTAMP, temperature DOUBLE")
            .json(idle.readings().toString())
            .filter(col("temperature").gt(Idle.LIMIT))
            .select("deviceId", "temperature")
            .writeStream()
            .foreach(new Alerts())
            .option("checkpointLocation", idle.place().resolve("checkpoint").toString())
            .start();
    query.processAllAvailable();
    idle.measure();
  }
}
