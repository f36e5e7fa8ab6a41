package io.millrace.physical;

import io.millrace.state.table.KeyedState;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.hash.KeyHash;
import org.apache.arrow.memory.BufferAllocator;

/** A stage that keeps its rows by key, and gives some of them out at the end of a batch. */
abstract class KeyedStage implements StatefulStage {
  final int[] keys;
  private final int[] placing;
  final int aggregates;
  final PipelineContext context;
  final OperatorCounters counters;
  final Block output;
  final Stage next;
  private final String operatorName;
  private final KeyedState state;
  private final ByteBlock hashes;
  private final RowSelection all = new RowSelection();

  /**
   * @param operatorName as Spark calls it
   * @param keys indexes of the key columns in the input, as {@code state} knows them
   * @param placing those of the keys that say which thread keeps a group
   * @param state owned from now on
   * @param schema of the output: keys and aggregates
   * @param next null if another thread takes what is collected here
   */
  KeyedStage(
      String operatorName,
      int[] keys,
      int[] placing,
      int aggregates,
      KeyedState state,
      PipelineContext context,
      OperatorCounters counters,
      Schema schema,
      Stage next) {
    this.operatorName = operatorName;
    this.keys = keys;
    this.placing = placing;
    this.aggregates = aggregates;
    this.context = context;
    this.counters = counters;
    this.next = next;
    BufferAllocator allocator = context.evaluation().allocator();
    int rows = context.evaluation().rowCapacity();
    Scope scope = new Scope();
    try {
      this.state = scope.own(state);
      this.hashes = scope.own(new ByteBlock(allocator, 8 * rows));
      this.output = scope.own(Block.allocate(allocator, schema, rows));
      scope.keep();
    } catch (RuntimeException | Error e) {
      scope.close(e);
      throw e;
    }
  }

  /** The hashes of what places the rows' groups; good until the next call. */
  final long hash(Block block, RowSelection rows) {
    KeyHash.start(hashes.address(), rows.from(), rows.to());
    for (int key : placing) {
      KeyHash.add(block.column(key), rows.from(), rows.to(), hashes.address());
    }
    return hashes.address();
  }

  /** Gives dense rows to the next stage. */
  final void pass(Block rows) {
    context.beginBlock(rows.rowCount());
    next.process(rows, all.set(0, rows.rowCount(), RowSelection.ALL));
  }

  @Override
  public final String operatorName() {
    return operatorName;
  }

  @Override
  public final KeyedState state() {
    return state;
  }

  @Override
  public final void startRowsAt(long number) {
    context.rowNumbers().startAt(number);
  }

  @Override
  public final OperatorCounters counters() {
    return counters;
  }

  @Override
  public final void close() {
    state.close();
    hashes.close();
    output.close();
  }
}
