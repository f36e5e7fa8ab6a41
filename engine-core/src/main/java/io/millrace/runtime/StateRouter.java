package io.millrace.runtime;

import io.millrace.physical.RowAppender;
import io.millrace.physical.Scope;
import io.millrace.state.snapshot.StateVisitor;
import io.millrace.state.table.KeyedState;
import io.millrace.state.table.Shards;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.hash.KeyHash;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Leads saved rows back to the parts that own their keys, however many parts there were before. */
final class StateRouter implements StateVisitor, AutoCloseable {
  private static final int ROWS = 4096;

  private final List<List<KeyedState>> operators;
  private final BufferAllocator allocator;
  private final RowAppender appender;
  private final ByteBlock hashes;
  private final ByteBlock owned;
  private final RowSelection rows = new RowSelection();

  StateRouter(List<List<KeyedState>> operators, BufferAllocator allocator) {
    this.operators = operators;
    this.allocator = allocator;
    Scope scope = new Scope();
    try {
      this.appender = scope.own(new RowAppender(allocator, ROWS));
      this.hashes = scope.own(new ByteBlock(allocator, 8 * ROWS));
      this.owned = scope.own(new ByteBlock(allocator, ROWS >> 3));
      scope.keep();
    } catch (RuntimeException | Error e) {
      scope.close(e);
      throw e;
    }
  }

  private interface Target {
    void take(KeyedState part, Block rows);
  }

  @Override
  public void upsert(int operator, Block saved) {
    route(operator, saved, KeyedState::load);
  }

  @Override
  public void remove(int operator, Block keys) {
    route(operator, keys, KeyedState::unload);
  }

  private void route(int operator, Block saved, Target target) {
    List<KeyedState> parts = operators.get(operator);
    if (parts.size() == 1) {
      target.take(parts.getFirst(), saved);
      return;
    }
    Schema schema = saved.schema();
    try (Block own = Block.allocate(allocator, schema, ROWS)) {
      for (int from = 0; from < saved.rowCount(); from += ROWS) {
        int to = Math.min(saved.rowCount(), from + ROWS);
        hashKeys(saved, parts.getFirst(), from, to);
        for (int i = 0; i < parts.size(); i++) {
          send(saved, from, to, i, parts, own, target);
        }
      }
    }
  }

  /** Hashes by row, as if they began before the block. */
  private void hashKeys(Block saved, KeyedState state, int from, int to) {
    long byRow = hashes.address() - 8L * from;
    KeyHash.start(byRow, from, to);
    for (int key = 0; key < state.stateKeys(); key++) {
      if (state.isPlacedBy(key)) {
        KeyHash.add(saved.column(key), from, to, byRow);
      }
    }
  }

  private void send(
      Block saved, int from, int to, int part, List<KeyedState> parts, Block own, Target target) {
    long hashesByRow = hashes.address() - 8L * from;
    long ownedByRow = owned.address() - (from >> 3);
    rows.set(from, to, RowSelection.ALL);
    if (Shards.owned(rows, hashesByRow, part, parts.size(), ownedByRow) > 0) {
      own.clear();
      appender.append(saved, from, to, ownedByRow, own);
      target.take(parts.get(part), own);
    }
  }

  @Override
  public void close() {
    appender.close();
    hashes.close();
    owned.close();
  }
}
