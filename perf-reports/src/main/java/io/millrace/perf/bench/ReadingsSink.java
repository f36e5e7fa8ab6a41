package io.millrace.perf.bench;

import io.millrace.ArrowFunction;
import io.millrace.perf.job.Answer;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Sums columns up, so that all of them must have been decoded. */
final class ReadingsSink implements ArrowFunction {
  private final Answer.Part answer = Answer.part();
  private final ArrowColumns columns = new ArrowColumns();

  @Override
  public void accept(VectorSchemaRoot batch, long epoch) {
    columns.of(batch);
    int rows = batch.getRowCount();
    VarCharVector devices = columns.texts("deviceId");
    TimeStampMicroTZVector times = columns.times("timestamp");
    Float8Vector temperatures = columns.doubles("temperature");
    long timesUs = 0;
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      timesUs += times.get(row);
      sum += temperatures.get(row);
    }
    long bytes = rows == 0 ? 0 : devices.getEndOffset(rows - 1) - devices.getStartOffset(0);
    answer.decoded(rows, bytes, timesUs, sum);
  }
}
