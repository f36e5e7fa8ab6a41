package io.millrace.gateway;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.window;

import io.millrace.DataFrame;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Counts per key and window of ten seconds over the json files of a folder, a file an epoch, with
 * the checkpoint {@code ck} beside it.
 */
final class WindowedQuery {
  private final Path folder;

  WindowedQuery(Path folder) {
    this.folder = folder;
  }

  Path checkpoint() {
    return folder.resolve("ck");
  }

  /** A file with a row per second of event time. */
  void input(String name, String key, int... seconds) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int second : seconds) {
      text.append(
          "{\"k\":\"%s\",\"ts\":\"1970-01-01T00:00:%02dZ\"}\n"
              .formatted(key.replace("\"", "\\\""), second));
    }
    Files.createDirectories(folder.resolve("in"));
    Files.writeString(folder.resolve("in").resolve(name), text);
  }

  /** Counts of counts, if they are regrouped. */
  StreamingQuery start(Session session, String mode, boolean regrouped, Trigger trigger) {
    DataFrame counts =
        session
            .readStream()
            .schema("k STRING, ts TIMESTAMP")
            .option("maxFilesPerTrigger", 1)
            .json(folder.resolve("in").toString())
            .withWatermark("ts", "0 seconds")
            .groupBy(window(col("ts"), "10 seconds"), col("k"))
            .agg(count("*").as("n"));
    DataFrame result =
        regrouped
            ? counts.groupBy(window(col("window"), "20 seconds")).agg(count("*").as("keys"))
            : counts;
    return result
        .writeStream()
        .outputMode(mode)
        .format("noop")
        .option("checkpointLocation", checkpoint().toString())
        .trigger(trigger)
        .start();
  }

  void run(String mode, boolean regrouped) {
    try (Session session = Session.builder().config("millrace.journal", "file").create()) {
      start(session, mode, regrouped, Trigger.availableNow()).awaitTermination();
    }
  }
}
