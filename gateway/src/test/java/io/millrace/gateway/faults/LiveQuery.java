package io.millrace.gateway.faults;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.window;

import io.millrace.DataFrame;
import io.millrace.DataStreamWriter;
import io.millrace.Inlet;
import io.millrace.InletOptions;
import io.millrace.OutputMode;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Trigger;
import io.millrace.types.Schema;
import java.nio.file.Path;
import java.util.List;

/**
 * A continuous query with state behind an inlet, and the senders that append to it: the program
 * that tests here kill. Its command line is the place of checkpoint and output, a {@link
 * LiveShape}, whether it ends, and the session's settings.
 */
@SuppressWarnings("SystemOut") // how the parent hears of it
final class LiveQuery {
  private static final Schema SCHEMA = Schema.parse("ts TIMESTAMP, value INT, device STRING");
  private static final int FIXED = 3;

  /** So many rows does each sender send at least when the query has an end. */
  private static final int LAST_ROWS = 1_000;

  private LiveQuery() {}

  public static void main(String[] arguments) throws Exception {
    ChildReport report = new ChildReport();
    Path place = Path.of(arguments[0]);
    LiveShape shape = LiveShape.valueOf(arguments[1]);
    boolean bounded = Boolean.parseBoolean(arguments[2]);
    List<String> settings = List.of(arguments).subList(FIXED, arguments.length);
    try (Session session = FaultyQuery.session(settings);
        EffectsFile effects = new EffectsFile(place.resolve("effects"))) {
      session.streams().addListener(report);
      Inlet inlet =
          session.inlet("readings", SCHEMA, InletOptions.defaults().withCapacityRows(1_024));
      StreamingQuery query =
          to(shape, groups(inlet), place, effects)
              .option("checkpointLocation", place.resolve("ck"))
              .trigger(Trigger.continuous("50 milliseconds"))
              .start();
      report.watch(query);
      List<Sender> senders = Sender.all(inlet);
      if (bounded) {
        sendTheLast(senders);
        query.processAllAvailable();
      } else {
        Sender.start(senders, Long.MAX_VALUE);
        query.awaitTermination();
      }
    }
  }

  private static void sendTheLast(List<Sender> senders) throws InterruptedException {
    long goal = senders.stream().mapToLong(Sender::sent).max().orElseThrow() + LAST_ROWS;
    System.out.println(ChildReport.GOAL + goal);
    Sender.start(senders, goal);
    for (Sender sender : senders) {
      sender.awaitEnd();
    }
  }

  private static DataFrame groups(Inlet inlet) {
    return inlet
        .toDF()
        .withWatermark("ts", LiveReadings.DELAY_SECONDS + " seconds")
        .groupBy(window(col("ts"), LiveReadings.WINDOW_SECONDS + " seconds"), col("device"))
        .agg(count("*").as("n"), sum("value").as("total"))
        .select(
            col("window.start").cast("bigint").as("start"), col("device"), col("n"), col("total"));
  }

  private static DataStreamWriter to(
      LiveShape shape, DataFrame groups, Path place, EffectsFile effects) {
    return switch (shape) {
      case FILES ->
          groups
              .writeStream()
              .outputMode(OutputMode.APPEND)
              .format("json")
              .option("path", place.resolve("out"));
      case CALLBACK -> groups.writeStream().outputMode(OutputMode.UPDATE).foreachRow(effects);
    };
  }
}
