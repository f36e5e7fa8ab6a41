package io.millrace.gateway.embedding;

import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Trigger;
import java.nio.file.Path;

/** A program of somebody else that runs one epoch with a checkpoint. */
final class EmbeddingProgram {
  private EmbeddingProgram() {}

  /** Arguments: a folder for the checkpoint. */
  public static void main(String[] arguments) {
    try (Session session = Session.open()) {
      StreamingQuery query =
          session
              .readStream()
              .format("rate-micro-batch")
              .option("rowsPerBatch", 100)
              .load()
              .filter("value % 2 = 0")
              .writeStream()
              .format("blackhole")
              .option("checkpointLocation", Path.of(arguments[0]).toString())
              .trigger(Trigger.once())
              .start();
      query.awaitTermination();
      System.out.println("epoch " + query.lastProgress().batchId());
    }
  }
}
