package io.millrace.gateway.faults;

import io.millrace.Session;
import io.millrace.Trigger;

/** The program of {@link LargeFileTest}: {@code input output execution}. */
final class LargeFileQuery {
  private LargeFileQuery() {}

  public static void main(String[] arguments) {
    try (Session session = Session.builder().config("millrace.execution", arguments[2]).create()) {
      session
          .readStream()
          .format("json")
          .schema("id BIGINT, text STRING")
          .load(arguments[0])
          .select("id")
          .writeStream()
          .format("json")
          .option("path", arguments[1])
          .option("checkpointLocation", arguments[1] + "/_checkpoint")
          .trigger(Trigger.availableNow())
          .start()
          .awaitTermination();
    }
  }
}
