package io.millrace.gateway.faults;

import static io.millrace.Functions.col;

import io.millrace.DataFrame;
import io.millrace.DataStreamWriter;
import io.millrace.Session;
import io.millrace.Trigger;

/**
 * The program that {@link KillTest} kills: {@code directory execution forever|end [partitioned]}.
 */
final class KilledQuery {
  private KilledQuery() {}

  @SuppressWarnings("SystemOut") // how the parent sees that it has begun
  public static void main(String[] arguments) {
    System.out.println("begun");
    String directory = arguments[0];
    boolean partitioned = arguments.length > 3;
    try (Session session = Session.builder().config("millrace.execution", arguments[1]).create()) {
      DataFrame rows =
          session
              .readStream()
              .format("json")
              .schema("id BIGINT, value INT, device STRING")
              .option("maxFilesPerTrigger", 2)
              .load(directory + "/in")
              .filter(col("value").gt(GrowingInput.LIMIT));
      DataFrame selected =
          partitioned
              ? rows.select(col("id"), col("value").multiply(2).as("doubled"), col("device"))
              : rows.select(col("id"), col("value").multiply(2).as("doubled"));
      DataStreamWriter writer =
          selected
              .writeStream()
              .format("json")
              .option("path", directory + "/out")
              .option("checkpointLocation", directory + "/ck");
      if (partitioned) {
        writer.partitionBy("device");
      }
      if (arguments[2].equals("end")) {
        writer.trigger(Trigger.availableNow());
      }
      writer.start().awaitTermination();
    }
  }
}
