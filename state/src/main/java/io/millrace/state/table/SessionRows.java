package io.millrace.state.table;

import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The sessions that rows would be alone: from the row's time (inclusive) to a gap later
 * (exclusive). Rows whose time or gap is null or whose gap is not positive have none.
 */
final class SessionRows implements AutoCloseable {
  private final ByteBlock mask;
  private final RowSelection taken = new RowSelection();
  private long times;
  private long gaps;

  SessionRows(BufferAllocator allocator, int rowCapacity) {
    mask = new ByteBlock(allocator, (rowCapacity + 63 >> 6) << 3);
  }

  /**
   * Those of the rows that have a session.
   *
   * @param time TIMESTAMP
   * @param gap BIGINT, microseconds
   */
  RowSelection of(ColumnVector time, ColumnVector gap, RowSelection rows) {
    times = time.data();
    gaps = gap.data();
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      long kept = 0;
      for (long word = rows.word(base); word != 0; word &= word - 1) {
        int row = base + Long.numberOfTrailingZeros(word);
        boolean has = !time.isNull(row) && !gap.isNull(row) && gap(row) > 0;
        kept |= has ? word & -word : 0;
      }
      Memory.putLong(mask.address() + (base >> 3), kept);
    }
    return taken.set(rows.from(), rows.to(), mask.address());
  }

  private long gap(int row) {
    return Memory.getLong(gaps + 8L * row);
  }

  long start(int row) {
    return Memory.getLong(times + 8L * row);
  }

  /** At the end of time it stays there. */
  long end(int row) {
    long start = start(row);
    return start > Long.MAX_VALUE - gap(row) ? Long.MAX_VALUE : start + gap(row);
  }

  @Override
  public void close() {
    mask.close();
  }
}
