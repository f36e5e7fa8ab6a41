package io.millrace.perf.bench;

import io.millrace.ArrowFunction;
import io.millrace.perf.job.Answer;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Adds alerts to the answer. */
final class AlertsSink implements ArrowFunction {
  private final Answer.Part answer = Answer.part();
  private final ArrowColumns columns = new ArrowColumns();

  @Override
  public void accept(VectorSchemaRoot batch, long epoch) {
    columns.of(batch);
    VarCharVector devices = columns.texts("deviceId");
    TimeStampMicroTZVector times = columns.times("timestamp");
    Float8Vector temperatures = columns.doubles("temperature");
    for (int row = 0; row < batch.getRowCount(); row++) {
      answer.row(columns.device(devices, row), times.get(row), temperatures.get(row));
    }
  }
}
