package io.millrace.perf.bench;

import io.millrace.perf.job.Answer;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A batch's columns by name, and devices as numbers. */
final class ArrowColumns {
  private static final int MAX_NAME_BYTES = 64;

  private final byte[] name = new byte[MAX_NAME_BYTES];
  private VectorSchemaRoot root;

  ArrowColumns of(VectorSchemaRoot batch) {
    root = batch;
    return this;
  }

  TimeStampMicroTZVector times(String column) {
    return (TimeStampMicroTZVector) root.getVector(column);
  }

  Float8Vector doubles(String column) {
    return (Float8Vector) root.getVector(column);
  }

  BigIntVector longs(String column) {
    return (BigIntVector) root.getVector(column);
  }

  VarCharVector texts(String column) {
    return (VarCharVector) root.getVector(column);
  }

  /** As {@link Answer#device}. */
  int device(VarCharVector devices, int row) {
    int from = devices.getStartOffset(row);
    int length = devices.getEndOffset(row) - from;
    devices.getDataBuffer().getBytes(from, name, 0, length);
    return Answer.device(name, length);
  }
}
