package io.millrace.physical;

import io.millrace.vector.bitmap.Positions;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.gather.Gather;
import org.apache.arrow.memory.BufferAllocator;

/** Copies selected rows densely behind the rows of another block with the same column types. */
public final class RowAppender implements AutoCloseable {
  private final ByteBlock positions;

  /**
   * @param rowCapacity of the blocks that rows come from
   */
  public RowAppender(BufferAllocator allocator, int rowCapacity) {
    positions = new ByteBlock(allocator, rowCapacity * Integer.BYTES);
  }

  /**
   * Appends rows from..to (exclusive) whose bit is set in the mask until the target is full.
   *
   * @param mask a bitmap over the source's rows, or {@link RowSelection#ALL}
   * @return the first row that was not looked at: {@code to} when all were
   */
  public int append(Block source, int from, int to, long mask, Block target) {
    int room = target.rowCapacity() - target.rowCount();
    return mask == RowSelection.ALL
        ? appendRange(source, from, Math.min(to, from + room), target)
        : appendSelected(source, from, to, mask, target, room);
  }

  private static int appendRange(Block source, int from, int to, Block target) {
    int at = target.rowCount();
    for (int i = 0; i < target.columnCount(); i++) {
      Gather.range(source.column(i), from, to, target.column(i), at);
    }
    target.rowCount(at + to - from);
    return to;
  }

  private int appendSelected(Block source, int from, int to, long mask, Block target, int room) {
    int count = Positions.of(mask, from, to, positions.address());
    int taken = Math.min(count, room);
    int at = target.rowCount();
    for (int i = 0; i < target.columnCount(); i++) {
      Gather.positions(source.column(i), positions.address(), taken, target.column(i), at);
    }
    target.rowCount(at + taken);
    return taken == count ? to : Memory.getInt(positions.address() + 4L * taken);
  }

  @Override
  public void close() {
    positions.close();
  }
}
