package io.millrace.physical;

import io.millrace.analysis.ResolvedPlan;
import io.millrace.physical.expression.EvaluationContext;
import io.millrace.state.snapshot.OperatorState;
import io.millrace.state.table.BlockVisitor;
import io.millrace.state.table.KeyedSessions;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.hash.KeyHash;
import java.util.Optional;

/**
 * Groups rows by key and by sessions of time, and gives sessions out at the end of a batch: those
 * that the watermark closes by their ends and then by their first rows, or all of them by their
 * first rows.
 */
final class SessionStage implements StatefulStage {
  /** As Spark calls it. */
  static final String OPERATOR_NAME = "sessionWindowStateStoreSaveExec";

  private final int[] keys;
  private final int aggregates;
  private final KeyedSessions sessions;
  private final PipelineContext context;
  private final OperatorCounters counters;
  private final ByteBlock hashes;
  private final Block output;
  private final RowSelection all = new RowSelection();
  private final Stage next;

  private SessionStage(
      int[] keys,
      int aggregates,
      KeyedSessions sessions,
      PipelineContext context,
      OperatorCounters counters,
      ByteBlock hashes,
      Block output,
      Stage next) {
    this.keys = keys;
    this.aggregates = aggregates;
    this.sessions = sessions;
    this.context = context;
    this.counters = counters;
    this.hashes = hashes;
    this.output = output;
    this.next = next;
  }

  /**
   * @param inputs of the keys and aggregates; time and gap are among its columns
   */
  static SessionStage open(
      ResolvedPlan.SessionAggregate plan,
      GroupInputs inputs,
      PipelineContext context,
      OperatorCounters counters,
      Stage next) {
    assert context.emission() != Emission.UPDATE : "update mode cannot say what merged away";
    EvaluationContext evaluation = context.evaluation();
    int rows = evaluation.rowCapacity();
    Scope scope = new Scope();
    try {
      KeyedSessions.Columns columns =
          new KeyedSessions.Columns(
              inputs.keyColumns(), inputs.column(plan.time()), inputs.column(plan.gapUs()));
      SessionStage stage =
          new SessionStage(
              columns.keys(),
              plan.aggregates().size(),
              scope.own(
                  new KeyedSessions(
                      evaluation.allocator(),
                      inputs.keys(),
                      columns,
                      inputs.aggregates(),
                      context.emission() != Emission.COMPLETE,
                      evaluation.ansi(),
                      rows)),
              context,
              counters,
              scope.own(new ByteBlock(evaluation.allocator(), 8 * rows)),
              scope.own(Block.allocate(evaluation.allocator(), plan.schema(), rows)),
              next);
      scope.keep();
      return stage;
    } catch (RuntimeException | Error e) {
      scope.close(e);
      throw e;
    }
  }

  @Override
  public void process(Block block, RowSelection rows) {
    KeyHash.start(hashes.address(), rows.from(), rows.to());
    for (int key : keys) {
      KeyHash.add(block.column(key), rows.from(), rows.to(), hashes.address());
    }
    RowStamps stamps = context.stamps();
    long watermarks = stamps != null && stamps.isValid() ? stamps.address() : 0;
    sessions.update(block, rows, hashes.address(), watermarks, context.rowNumbers().current());
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
    context.beginBlock(count);
    next.process(output, all.set(0, count, RowSelection.ALL));
  }

  @Override
  public String operatorName() {
    return OPERATOR_NAME;
  }

  @Override
  public Schema stateSchema() {
    return sessions.stateSchema();
  }

  @Override
  public int stateKeys() {
    return keys.length + 1;
  }

  @Override
  public Optional<OperatorState.Closing> stateClosing() {
    return sessions.stateClosing();
  }

  @Override
  public void changes(BlockVisitor upserts, BlockVisitor removals) {
    sessions.changes(upserts, removals);
  }

  /** All at once: sessions merge and move, so that there is no simple moment before they change. */
  @Override
  public void setAside(BlockVisitor upserts, BlockVisitor removals) {
    sessions.changes(upserts, removals);
  }

  @Override
  public boolean gather(int maxRows) {
    return true;
  }

  @Override
  public void forgetChanges() {
    sessions.forgetChanges();
  }

  @Override
  public void snapshot(BlockVisitor rows) {
    sessions.snapshot(rows);
  }

  @Override
  public void load(Block rows) {
    sessions.load(rows);
  }

  @Override
  public void unload(Block removed) {
    sessions.unload(removed);
  }

  @Override
  public void loaded(long watermarkUs) {
    sessions.loaded(watermarkUs);
  }

  @Override
  public long nextRow() {
    return sessions.nextRow();
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
    return sessions.size();
  }

  @Override
  public long stateBytes() {
    return sessions.memoryBytes();
  }

  @Override
  public long nextClosingUs() {
    return sessions.nextClosingUs();
  }

  @Override
  public void close() {
    sessions.close();
    hashes.close();
    output.close();
  }
}
