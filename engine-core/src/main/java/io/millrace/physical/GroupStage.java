package io.millrace.physical;

import io.millrace.state.table.KeyedGroups;
import io.millrace.state.table.OrderedRecords;
import io.millrace.state.table.RecordVisitor;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/**
 * Groups rows by key and gives groups out at the end of a batch, as the output mode says: what the
 * watermark closes by its time and then by the groups' first rows, what rows touched by these rows,
 * all groups by their first rows; of the windows of one row the earlier comes first.
 */
final class GroupStage extends KeyedStage {
  /** As Spark calls it. */
  static final String OPERATOR_NAME = "stateStoreSave";

  private final KeyedGroups groups;
  private final RecordVisitor emitter = this::emit; // once, not once a batch

  /** As {@link KeyedStage}. */
  GroupStage(
      int[] keys,
      int[] placing,
      int aggregates,
      KeyedGroups groups,
      PipelineContext context,
      OperatorCounters counters,
      Schema schema,
      Stage next) {
    super(OPERATOR_NAME, keys, placing, aggregates, groups, context, counters, schema, next);
    this.groups = groups;
  }

  @Override
  public void process(Block block, RowSelection rows) {
    groups.update(block, keys, rows, hash(block, rows), context.rowNumbers().current(), 0);
  }

  /**
   * Takes rows that an {@link ExchangeStage} has prepared: the input's columns, and behind them
   * their keys' hash and their number.
   */
  void processExchanged(Block block, RowSelection rows) {
    int hash = block.columnCount() - ExchangeStage.EXTRA_COLUMNS;
    groups.update(
        block,
        keys,
        rows,
        block.column(hash).data(),
        context.rowNumbers().current(),
        block.column(hash + 1).data());
  }

  @Override
  public void endOfBatch(long watermarkUs) {
    groups.show(collect(watermarkUs), emitter);
    endBatch();
    next.endOfBatch(watermarkUs);
  }

  /** The groups that a batch gives out, in order; good until {@link #endBatch}. */
  OrderedRecords collect(long watermarkUs) {
    groups.addGlobal();
    counters.updated(groups.changedCount());
    return switch (context.emission()) {
      case APPEND -> close(watermarkUs);
      case UPDATE -> {
        close(watermarkUs);
        yield groups.touched();
      }
      case COMPLETE -> groups.all();
    };
  }

  private OrderedRecords close(long watermarkUs) {
    OrderedRecords closed = groups.close(watermarkUs);
    counters.removed(groups.closedCount());
    return closed;
  }

  /** What the batch gave out has been taken. */
  void endBatch() {
    groups.endBatch();
  }

  private void emit(long records, int count) {
    pass(gather(records, count));
  }

  /**
   * The rows that groups make, also those of another thread's part of the same operator; good until
   * the next call.
   */
  Block gather(long records, int count) {
    output.clear();
    for (int i = 0; i < keys.length; i++) {
      groups.key(i, records, count, output.column(i));
    }
    for (int i = 0; i < aggregates; i++) {
      groups.result(i, records, count, output.column(keys.length + i));
    }
    output.rowCount(count);
    return output;
  }
}
