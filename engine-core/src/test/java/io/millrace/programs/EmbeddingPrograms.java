package io.millrace.programs;

import static io.millrace.Functions.*;

import io.millrace.*;
import io.millrace.types.*;

/** Programs as users write them, outside the API's package: that they compile is the test. */
final class EmbeddingPrograms {
  private EmbeddingPrograms() {}

  static void alertsFromFiles() {
    try (Session session =
        Session.builder().appName("alerts").config("millrace.parallelism", 2).create()) {
      DataFrame readings =
          session
              .readStream()
              .format("json")
              .schema("deviceId STRING, timestamp TIMESTAMP, temperature DOUBLE")
              .option("maxFilesPerTrigger", 1)
              .load("in/");
      StreamingQuery query =
          readings
              .filter(col("temperature").gt(100.0))
              .select("deviceId", "temperature", "timestamp")
              .writeStream()
              .queryName("alerts")
              .outputMode("append")
              .format("console")
              .option("truncate", false)
              .option("checkpointLocation", "ck/alerts")
              .trigger(Trigger.processingTime("1 second"))
              .start();
      query.awaitTermination();
    }
  }

  static StreamingQuery alertsFromThreads(
      Session session, byte[] bytes, int offset, int length, long eventTimeUs) {
    Inlet readings =
        session.inlet(
            "readings", Schema.parse("deviceId STRING, ts TIMESTAMP, temperature DOUBLE"));
    StreamingQuery query =
        readings
            .toDF()
            .filter(col("temperature").gt(100.0))
            .writeStream()
            .foreachRow(row -> alarm(row.epoch(), row.getDouble(2)))
            .trigger(Trigger.continuous("1 second"))
            .start();
    try (InletWriter writer = readings.writer("producer-1")) {
      long sequence =
          writer
              .setUtf8(0, bytes, offset, length)
              .setTimestamp(1, eventTimeUs)
              .setDouble(2, 101.5)
              .append();
      assert sequence >= 0 : "the inlet is full or closed";
    }
    return query;
  }

  private static void alarm(long epoch, double temperature) {
    System.out.println(epoch + " " + temperature);
  }
}
