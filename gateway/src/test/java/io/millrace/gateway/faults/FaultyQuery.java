package io.millrace.gateway.faults;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.min;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.window;

import io.millrace.Column;
import io.millrace.DataFrame;
import io.millrace.DataStreamWriter;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Trigger;
import java.util.List;

/** The program that the tests here do their worst to: a {@link QueryRun} is its command line. */
final class FaultyQuery {
  private FaultyQuery() {}

  public static void main(String[] arguments) {
    ChildReport report = new ChildReport();
    QueryRun run = QueryRun.parse(arguments);
    try (Session session = session(run.settings())) {
      session.streams().addListener(report);
      StreamingQuery query = writer(session, run).start();
      report.watch(query);
      query.awaitTermination();
    }
  }

  /**
   * @param settings {@code key=value} each
   */
  static Session session(List<String> settings) {
    Session.Builder builder = Session.builder();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      builder.config(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return builder.create();
  }

  private static DataStreamWriter writer(Session session, QueryRun run) {
    DataFrame readings =
        session
            .readStream()
            .format("json")
            .schema("id BIGINT, value INT, device STRING")
            .option("maxFilesPerTrigger", 2)
            .load(run.input().toString());
    DataStreamWriter writer =
        result(readings, run.shape())
            .writeStream()
            .format("json")
            .option("path", run.output())
            .option("checkpointLocation", run.checkpoint());
    if (run.shape() == QueryShape.PARTITIONED) {
      writer.partitionBy("device");
    }
    if (run.bounded()) {
      writer.trigger(Trigger.availableNow());
    }
    return writer;
  }

  private static DataFrame result(DataFrame readings, QueryShape shape) {
    DataFrame above = readings.filter(col("value").gt(GrowingInput.LIMIT));
    Column doubled = col("value").multiply(2).as("doubled");
    return switch (shape) {
      case PLAIN -> above.select(col("id"), doubled);
      case PARTITIONED -> above.select(col("id"), doubled, col("device"));
      case GROUPED ->
          readings
              .withColumn("ts", col("id").cast("timestamp"))
              .withWatermark("ts", "0 seconds")
              .groupBy(window(col("ts"), GrowingInput.IDS_PER_WINDOW + " seconds"), col("device"))
              .agg(min("id").as("first"), count("*").as("n"), sum("value").as("total"))
              .select("first", "device", "n", "total");
    };
  }
}
