package io.millrace.physical;

import io.millrace.state.table.OrderedRecords;
import io.millrace.state.table.Shards;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.RowSelection;

/** The groups behind an exchange that one thread owns. */
public final class KeyedPart implements AutoCloseable {
  private final PipelineContext context;
  private final GroupStage groups;
  private final ByteBlock owned;
  private final RowSelection rows = new RowSelection();
  private OrderedRecords collected;

  /**
   * @param context owned from now on, as are the groups, also if this fails
   */
  KeyedPart(PipelineContext context, GroupStage groups) {
    this.context = context;
    this.groups = groups;
    try {
      int bytes = (context.evaluation().rowCapacity() + 63 >> 6) << 3;
      owned = new ByteBlock(context.evaluation().allocator(), bytes);
    } catch (RuntimeException | Error e) {
      groups.close();
      context.close();
      throw e;
    }
  }

  /** Rows come whose numbers count on from those before. */
  public void beginRows(long numbersUsed) {
    context.rowNumbers().begin(numbersUsed);
  }

  /** Takes those rows of a block from the exchange whose keys this part owns. */
  public void process(Block block, int part, int parts) {
    rows.set(0, block.rowCount(), RowSelection.ALL);
    long hashes = block.column(block.columnCount() - ExchangeStage.EXTRA_COLUMNS).data();
    if (Shards.owned(rows, hashes, part, parts, owned.address()) > 0) {
      groups.processExchanged(block, rows.set(0, block.rowCount(), owned.address()));
    }
  }

  /** Finds what the batch gives out, for another thread to take until {@link #endBatch}. */
  public void collect(long watermarkUs) {
    collected = groups.collect(watermarkUs);
  }

  OrderedRecords collected() {
    return collected;
  }

  /** What was collected has been taken. */
  public void endBatch() {
    groups.endBatch();
    collected = null;
  }

  public StatefulStage operator() {
    return groups;
  }

  GroupStage groups() {
    return groups;
  }

  @Override
  public void close() {
    groups.close();
    owned.close();
    context.close();
  }
}
