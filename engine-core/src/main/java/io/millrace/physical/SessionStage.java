package io.millrace.physical;

import io.millrace.state.table.KeyedSessions;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/**
 * Groups rows by key and by sessions of time, and gives sessions out at the end of a batch: those
 * that the watermark closes by their ends and then by their first rows, or all of them by their
 * first rows.
 */
final class SessionStage extends KeyedStage {
  /** As Spark calls it. */
  static final String OPERATOR_NAME = "sessionWindowStateStoreSaveExec";

  private final KeyedSessions sessions;

  /** As {@link KeyedStage}; the output has keys, start and end, and aggregates. */
  SessionStage(
      int[] keys,
      int aggregates,
      KeyedSessions sessions,
      PipelineContext context,
      OperatorCounters counters,
      Schema schema,
      Stage next) {
    super(OPERATOR_NAME, keys, keys, aggregates, sessions, context, counters, schema, next);
    assert context.emission() != Emission.UPDATE : "update mode cannot say what merged away";
    this.sessions = sessions;
  }

  @Override
  public void process(Block block, RowSelection rows) {
    RowStamps stamps = context.stamps();
    long watermarks = stamps != null && stamps.isValid() ? stamps.address() : 0;
    sessions.update(block, rows, hash(block, rows), watermarks, context.rowNumbers().current());
  }

  @Override
  public void endOfBatch(long watermarkUs) {
    counters.updated(sessions.touchedCount());
    if (context.emission() == Emission.COMPLETE) {
      sessions.all(this::emit);
    } else {
      counters.removed(sessions.close(watermarkUs, this::emit));
    }
    sessions.endBatch();
    next.endOfBatch(watermarkUs);
  }

  private void emit(long records, int count) {
    output.clear();
    sessions.identities(records, count, output);
    for (int i = 0; i < aggregates; i++) {
      sessions.result(i, records, count, output.column(keys.length + 2 + i));
    }
    output.rowCount(count);
    pass(output);
  }
}
