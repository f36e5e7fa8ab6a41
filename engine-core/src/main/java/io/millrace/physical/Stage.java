package io.millrace.physical;

import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/**
 * A step of a pipeline: takes rows and pushes what it makes of them into the next stage, on the
 * same thread. It is told everything and asks no clock; blocks are borrowed for the time of a call.
 */
public interface Stage extends AutoCloseable {
  /** Takes the selected rows of a block. */
  void process(Block block, RowSelection rows);

  /** No more rows will come; only bounded inputs end. */
  void endOfInput();

  /** Gives scratch memory back, of this stage alone; does nothing the second time. */
  @Override
  void close();
}
