package io.millrace.perf.bench;

import static io.millrace.Functions.col;

import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.benchmarks.data.Readings;
import io.millrace.perf.job.Idle;

/** Alerts over an empty folder on Millrace, as {@code format("json")} watches it by itself. */
public final class MillraceIdle {
  private MillraceIdle() {}

  public static void main(String[] arguments) throws Exception {
    Idle idle = new Idle(arguments);
    try (Session session = Session.builder().create()) {
      StreamingQuery query =
          session
              .readStream()
              .format("json")
              .schema(Readings.SCHEMA)
              .load(idle.readings().toString())
              .filter(col("temperature").gt(Idle.LIMIT))
              .select("deviceId", "temperature")
              .writeStream()
              .foreachRow(row -> Idle.alert(row.getString(0), row.getDouble(1)))
              .start();
      query.processAllAvailable();
      idle.measure();
    }
  }
}
