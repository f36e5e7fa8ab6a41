package io.millrace.physical;

import io.millrace.state.snapshot.OperatorState;
import io.millrace.state.table.BlockVisitor;
import io.millrace.state.table.KeyedGroups;
import io.millrace.state.table.OrderedRecords;
import io.millrace.state.table.RecordVisitor;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.hash.KeyHash;
import java.util.Optional;

/**
 * Groups rows by key and gives groups out at the end of a batch, as the output mode says: what the
 * watermark closes by its time and then by the groups' first rows, what rows touched by these rows,
 * all groups by their first rows; of the windows of one row the earlier comes first.
 */
final class GroupStage implements StatefulStage {
  /** As Spark calls it. */
  static final String OPERATOR_NAME = "stateStoreSave";

  private final int[] keys;
  private final int aggregates;
  private final KeyedGroups groups;
  private final PipelineContext context;
  private final OperatorCounters counters;
  private final ByteBlock hashes;
  private final Block output;
  private final RowSelection all = new RowSelection();
  private final RecordVisitor emitter = this::emit; // once, not once a batch
  private final Stage next;

  /**
   * @param keys indexes of the key columns in the input, as {@code groups} knows them
   * @param groups owned from now on, as are {@code hashes} and {@code output}
   * @param hashes room for one 64-bit hash per input row
   * @param output a block of keys and aggregates
   * @param next null if another thread takes what is collected here
   */
  GroupStage(
      int[] keys,
      int aggregates,
      KeyedGroups groups,
      PipelineContext context,
      OperatorCounters counters,
      ByteBlock hashes,
      Block output,
      Stage next) {
    this.keys = keys;
    this.aggregates = aggregates;
    this.groups = groups;
    this.context = context;
    this.counters = counters;
    this.hashes = hashes;
    this.output = output;
    this.next = next;
  }

  @Override
  public void process(Block block, RowSelection rows) {
    KeyHash.start(hashes.address(), rows.from(), rows.to());
    for (int key : keys) {
      KeyHash.add(block.column(key), rows.from(), rows.to(), hashes.address());
    }
    groups.update(block, keys, rows, hashes.address(), context.rowNumbers().current(), 0);
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
    counters.removed(closed.size());
    return closed;
  }

  /** What the batch gave out has been taken. */
  void endBatch() {
    groups.endBatch();
  }

  private void emit(long records, int count) {
    context.beginBlock(count);
    next.process(gather(records, count), all.set(0, count, RowSelection.ALL));
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

  @Override
  public String operatorName() {
    return OPERATOR_NAME;
  }

  @Override
  public Schema stateSchema() {
    return groups.stateSchema();
  }

  @Override
  public int stateKeys() {
    return keys.length;
  }

  @Override
  public Optional<OperatorState.Closing> stateClosing() {
    return groups.stateClosing();
  }

  @Override
  public void changes(BlockVisitor upserts, BlockVisitor removals) {
    groups.changes(upserts);
  }

  @Override
  public void setAside(BlockVisitor upserts, BlockVisitor removals) {
    groups.setAside(upserts);
  }

  @Override
  public boolean gather(int maxRows) {
    return groups.gather(maxRows);
  }

  @Override
  public void forgetChanges() {
    groups.forgetChanges();
  }

  @Override
  public void snapshot(BlockVisitor rows) {
    groups.snapshot(rows);
  }

  @Override
  public void load(Block rows) {
    groups.load(rows);
  }

  @Override
  public void unload(Block removed) {
    throw new IllegalStateException("assertion: groups go by the watermark alone");
  }

  @Override
  public void loaded(long watermarkUs) {
    groups.loaded(watermarkUs);
  }

  @Override
  public long nextRow() {
    return groups.nextRow();
  }

  @Override
  public void startRowsAt(long number) {
    context.rowNumbers().startAt(number);
  }

  @Override
  public OperatorCounters counters() {
    return counters;
  }

  @Override
  public long stateRows() {
    return groups.size();
  }

  @Override
  public long stateBytes() {
    return groups.memoryBytes();
  }

  @Override
  public long nextClosingUs() {
    return groups.nextClosingUs();
  }

  @Override
  public void close() {
    groups.close();
    hashes.close();
    output.close();
  }
}
