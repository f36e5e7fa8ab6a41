package io.millrace.state.table;

import io.millrace.vector.column.Block;

/** Is shown dense rows, one block after the other, each borrowed for the time of the call. */
public interface BlockVisitor {
  void block(Block rows);
}
