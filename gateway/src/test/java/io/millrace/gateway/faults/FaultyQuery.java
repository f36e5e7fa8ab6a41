package io.millrace.gateway.faults;

import static io.millrace.Functions.col;

import io.millrace.DataFrame;
import io.millrace.DataStreamWriter;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Trigger;

/** The program that the tests here do their worst to: a {@link QueryRun} is its command line. */
final class FaultyQuery {
  private FaultyQuery() {}

  public static void main(String[] arguments) {
    ChildReport report = new ChildReport();
    QueryRun run = QueryRun.parse(arguments);
    Session.Builder builder = Session.builder();
    for (String setting : run.settings()) {
      int equals = setting.indexOf('=');
      builder.config(setting.substring(0, equals), setting.substring(equals + 1));
    }
    try (Session session = builder.create()) {
      session.streams().addListener(report);
      StreamingQuery query = writer(session, run).start();
      report.watch(query);
      query.awaitTermination();
    }
  }

  private static DataStreamWriter writer(Session session, QueryRun run) {
    DataFrame rows =
        session
            .readStream()
            .format("json")
            .schema("id BIGINT, value INT, device STRING")
            .option("maxFilesPerTrigger", 2)
            .load(run.input().toString())
            .filter(col("value").gt(GrowingInput.LIMIT));
    DataFrame selected =
        run.partitioned()
            ? rows.select(col("id"), col("value").multiply(2).as("doubled"), col("device"))
            : rows.select(col("id"), col("value").multiply(2).as("doubled"));
    DataStreamWriter writer =
        selected
            .writeStream()
            .format("json")
            .option("path", run.output())
            .option("checkpointLocation", run.checkpoint());
    if (run.partitioned()) {
      writer.partitionBy("device");
    }
    if (run.bounded()) {
      writer.trigger(Trigger.availableNow());
    }
    return writer;
  }
}
