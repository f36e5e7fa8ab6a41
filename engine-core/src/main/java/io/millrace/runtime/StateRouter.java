package io.millrace.runtime;

import io.millrace.physical.StatefulStage;
import io.millrace.state.snapshot.StateVisitor;
import io.millrace.vector.column.Block;
import java.util.List;

/** Leads saved rows back to the parts that own their keys. */
final class StateRouter implements StateVisitor, AutoCloseable {
  private final List<List<StatefulStage>> operators;

  StateRouter(List<List<StatefulStage>> operators) {
    this.operators = operators;
  }

  @Override
  public void upsert(int operator, Block rows) {
    operators.get(operator).getFirst().load(rows);
  }

  @Override
  public void remove(int operator, Block keys) {
    operators.get(operator).getFirst().unload(keys);
  }

  @Override
  public void close() {}
}
