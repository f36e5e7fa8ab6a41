package io.millrace.perf.latency;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.max;
import static io.millrace.Functions.window;

import io.millrace.Column;
import io.millrace.DataFrame;
import io.millrace.DataStreamWriter;
import io.millrace.RowFunction;
import io.millrace.Session;
import io.millrace.Trigger;
import io.millrace.perf.pace.Work;
import java.nio.file.Path;

/** The queries over readings that are measured, and how they are run. */
final class Queries {
  /** In place of a durability: the query has no checkpoint. */
  static final String NONE = "none";

  /** In place of a wait policy: the thread that appends also drives the query. */
  static final String CALLER = "caller";

  /** What journals are written through unless the user says otherwise. */
  static final String JOURNAL = "chronicle";

  private Queries() {}

  static Session session(String waitPolicy, String durability, String journal) {
    return Session.builder()
        .config("millrace.wait", waitPolicy.equals(CALLER) ? "yield" : waitPolicy)
        .config("millrace.journal", journal)
        .config("millrace.durability", durability.equals(NONE) ? "disk" : durability)
        .create();
  }

  /** A query that is ready to start, with an epoch per second. */
  static DataStreamWriter writer(
      DataFrame readings, Work work, String durability, Path checkpoint, RowFunction callback) {
    DataStreamWriter writer =
        over(readings, work)
            .writeStream()
            .outputMode(work == Work.AGGREGATE ? "update" : "append")
            .foreachRow(callback)
            .trigger(Trigger.continuous("1 second"));
    return durability.equals(NONE)
        ? writer
        : writer.option("checkpointLocation", checkpoint.toString());
  }

  private static DataFrame over(DataFrame readings, Work work) {
    return switch (work) {
      case FILTER -> filtered(readings);
      case AGGREGATE ->
          windows(filtered(readings), max("temperature").as("last"))
              .select("deviceId", "n", "last");
      case WINDOW ->
          windows(readings, max("temperature").as("last")).select("window.end", "n", "last");
    };
  }

  private static DataFrame filtered(DataFrame readings) {
    return readings.filter(col("temperature").geq(0.0));
  }

  private static DataFrame windows(DataFrame readings, Column last) {
    return readings
        .withWatermark("timestamp", "0 seconds")
        .groupBy(window(col("timestamp"), "1 second"), col("deviceId"))
        .agg(count("*").as("n"), last);
  }
}
