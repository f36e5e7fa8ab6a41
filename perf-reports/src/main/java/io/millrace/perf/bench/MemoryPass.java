package io.millrace.perf.bench;

import io.millrace.Inlet;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Trigger;
import io.millrace.benchmarks.data.Readings;
import io.millrace.perf.job.Job;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * A pass over Arrow batches that move into an inlet. They are the query's then, so each pass
 * decodes its own before its time begins.
 */
final class MemoryPass implements Job.Pass {
  /** What Arrow makes room for in buffers of a power of two, validity included. */
  private static final int BATCH_ROWS = 3_968;

  private final Session session;
  private final Job job;
  private final List<VectorSchemaRoot> batches = new ArrayList<>();
  private Inlet inlet;
  private int passes;

  MemoryPass(Session session, Job job) {
    this.session = session;
    this.job = job;
  }

  @Override
  public void prepare() {
    inlet = session.inlet("readings-" + passes++, Readings.SCHEMA);
    batches.clear();
    MillraceJob.json(session, job)
        .writeStream()
        .foreachArrow((batch, epoch) -> keep(batch))
        .trigger(Trigger.availableNow())
        .start()
        .awaitTermination();
  }

  private void keep(VectorSchemaRoot readings) {
    for (int row = 0; row < readings.getRowCount(); row++) {
      if (batches.isEmpty() || batches.getLast().getRowCount() == BATCH_ROWS) {
        batches.add(inlet.newBatch());
      }
      VectorSchemaRoot batch = batches.getLast();
      int at = batch.getRowCount();
      for (FieldVector column : batch.getFieldVectors()) {
        column.copyFromSafe(row, at, readings.getVector(column.getName()));
      }
      batch.setRowCount(at + 1);
    }
  }

  @Override
  public Runnable run(Path place) {
    StreamingQuery query =
        MillraceJob.writer(job, inlet.toDF(), place).trigger(MillraceJob.trigger(job)).start();
    for (VectorSchemaRoot batch : batches) {
      if (inlet.appendBatch(batch) < 0) {
        throw new IllegalStateException("the inlet takes no more");
      }
    }
    inlet.close();
    query.awaitTermination();
    return () -> {};
  }
}
