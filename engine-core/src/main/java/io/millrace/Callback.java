package io.millrace;

import io.millrace.types.Row;

/** Application code as a query's sink. */
public sealed interface Callback {
  record EachRow(RowFunction function) implements Callback {}

  record EachArrowBatch(ArrowFunction function) implements Callback {}

  record EachEpoch(EpochFunction function) implements Callback {}

  record Foreach(ForeachWriter<Row> writer) implements Callback {}
}
