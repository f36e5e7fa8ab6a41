package io.millrace.perf.bench;

import io.millrace.ArrowFunction;
import io.millrace.perf.job.Answer;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Adds windows to the answer. */
final class WindowsSink implements ArrowFunction {
  private final Answer.Part answer = Answer.part();
  private final ArrowColumns columns = new ArrowColumns();

  @Override
  public void accept(VectorSchemaRoot batch, long epoch) {
    columns.of(batch);
    TimeStampMicroTZVector starts = columns.times("start");
    TimeStampMicroTZVector ends = columns.times("end");
    VarCharVector devices = columns.texts("deviceId");
    BigIntVector counts = columns.longs("n");
    Float8Vector means = columns.doubles("mean");
    Float8Vector least = columns.doubles("least");
    Float8Vector greatest = columns.doubles("greatest");
    for (int row = 0; row < batch.getRowCount(); row++) {
      answer.window(
          starts.get(row),
          ends.get(row),
          columns.device(devices, row),
          counts.get(row),
          means.get(row),
          least.get(row),
          greatest.get(row));
    }
  }
}
