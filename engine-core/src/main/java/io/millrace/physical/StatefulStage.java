package io.millrace.physical;

import io.millrace.state.table.KeyedState;

/** A stage that keeps something from batch to batch. */
public interface StatefulStage extends Stage {
  /** The operator's name in progress reports, as Spark calls it. */
  String operatorName();

  /** What it keeps; to be used between batches only. */
  KeyedState state();

  /** Numbers rows from there on, so that they come after all that the saved rows speak of. */
  void startRowsAt(long number);

  OperatorCounters counters();
}
