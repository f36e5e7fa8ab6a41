package io.millrace.physical;

import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import org.apache.arrow.memory.BufferAllocator;

/**
 * For the lateness rule {@code row}: the watermark before each row of the block at hand, as if
 * every row were a batch. Whether a row is late then does not depend on how input was cut. The
 * stages between watermark and group must leave rows at their indexes.
 */
final class RowStamps implements AutoCloseable {
  private final ByteBlock cells;
  private final WatermarkClock clock;
  private final PipelineContext context;
  private boolean valid;

  RowStamps(
      BufferAllocator allocator, int rowCapacity, WatermarkClock clock, PipelineContext context) {
    this.cells = new ByteBlock(allocator, 8 * rowCapacity);
    this.clock = clock;
    this.context = context;
  }

  /** The block at hand has not passed a watermark: all its rows have the batch's. */
  void clear() {
    valid = false;
  }

  /** Whether {@link #of} knows the rows of the block at hand. */
  boolean isValid() {
    return valid;
  }

  /** The watermark before a row. */
  long of(int row) {
    return Memory.getLong(cells.address() + 8L * row);
  }

  /** Address of the watermark before each row, 64 bits each. */
  long address() {
    return cells.address();
  }

  void stamp(int input, ColumnVector times, RowSelection rows) {
    long arrivalUs = context.evaluation().arrivalTimeUs();
    long latest = WatermarkClock.NONE;
    long watermark = clock.within(input, latest, arrivalUs);
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      for (long word = rows.word(base); word != 0; word &= word - 1) {
        int row = base + Long.numberOfTrailingZeros(word);
        Memory.putLong(cells.address() + 8L * row, watermark);
        if (!times.isNull(row)) {
          long time = Memory.getLong(times.data() + 8L * row);
          if (time > latest) {
            latest = time;
            watermark = clock.within(input, latest, arrivalUs);
          }
        }
      }
    }
    if (latest != WatermarkClock.NONE) {
      clock.observe(input, latest);
      clock.raise(watermark);
    }
    valid = true;
  }

  @Override
  public void close() {
    cells.close();
  }
}
