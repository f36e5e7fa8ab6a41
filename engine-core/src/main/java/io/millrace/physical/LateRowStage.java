package io.millrace.physical;

import io.millrace.physical.expression.Evaluator;
import io.millrace.state.snapshot.OperatorState.Closing;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.filter.Comparison;
import io.millrace.vector.filter.LongComparison;

/**
 * Drops and counts rows whose group is over: those whose time plus length the watermark had reached
 * before the batch, or, by the lateness rule {@code row}, before the row. A row without a time, or
 * without a positive length where each has its own, is in no group and never late.
 */
final class LateRowStage implements Stage {
  private final String operator;
  private final Evaluator time;
  private final Evaluator rowLength;
  private final long lengthUs;
  private final PipelineContext context;
  private final OperatorCounters counters;
  private final ByteBlock kept;
  private final ByteBlock late;
  private final RowSelection keptRows = new RowSelection();
  private final RowSelection lateRows = new RowSelection();
  private final Stage next;

  /**
   * @param operator the name of the one whose groups they are
   * @param time TIMESTAMP; owned from now on
   * @param rowLength BIGINT microseconds per row, or null where all have {@code lengthUs}; owned
   */
  LateRowStage(
      String operator,
      Evaluator time,
      Evaluator rowLength,
      long lengthUs,
      PipelineContext context,
      OperatorCounters counters,
      Stage next) {
    this.operator = operator;
    this.time = time;
    this.rowLength = rowLength;
    this.lengthUs = lengthUs;
    this.context = context;
    this.counters = counters;
    this.next = next;
    Scope scope = new Scope();
    scope.own(time);
    scope.own(rowLength);
    try {
      int bitmapBytes = (context.evaluation().rowCapacity() + 63 >> 6) << 3;
      kept = scope.own(new ByteBlock(context.evaluation().allocator(), bitmapBytes));
      late = new ByteBlock(context.evaluation().allocator(), bitmapBytes);
    } catch (RuntimeException | Error e) {
      scope.close(e);
      throw e;
    }
  }

  @Override
  public void process(Block block, RowSelection rows) {
    boolean stamped = context.stamps() != null && context.stamps().isValid();
    if (!stamped && context.watermarkUs() == WatermarkClock.NONE) {
      next.process(block, rows);
      return;
    }
    ColumnVector times = time.evaluate(block, rows);
    if (stamped || rowLength != null) {
      byRow(times, rowLength == null ? null : rowLength.evaluate(block, rows), rows, stamped);
    } else {
      byBatch(times, rows);
    }
    int dropped = split(rows);
    if (dropped == 0) {
      next.process(block, rows);
      return;
    }
    counters.late(dropped);
    lateRows.set(rows.from(), rows.to(), late.address());
    context.lateRows().putAside(operator, "late", context.watermarkUs(), block, lateRows);
    if (!Bitmap.isNoneSet(kept.address(), rows.from(), rows.to())) {
      next.process(block, keptRows.set(rows.from(), rows.to(), kept.address()));
    }
  }

  private void byBatch(ColumnVector times, RowSelection rows) {
    long limit = Closing.lastOver(lengthUs, context.watermarkUs());
    LongComparison.constant(
        Comparison.GREATER, times.data(), limit, rows.from(), rows.to(), kept.address());
    if (times.mayHaveNulls()) {
      for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
        long at = kept.address() + (base >> 3);
        Memory.putLong(at, Memory.getLong(at) | ~Memory.getLong(times.validity() + (base >> 3)));
      }
    }
  }

  private void byRow(ColumnVector times, ColumnVector lengths, RowSelection rows, boolean stamped) {
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      long open = 0;
      for (long word = rows.word(base); word != 0; word &= word - 1) {
        int row = base + Long.numberOfTrailingZeros(word);
        long watermark = stamped ? context.stamps().of(row) : context.watermarkUs();
        long length = lengths == null ? lengthUs : length(lengths, row);
        boolean over =
            !times.isNull(row)
                && (lengths == null || length > 0)
                && watermark != WatermarkClock.NONE
                && Memory.getLong(times.data() + 8L * row) <= Closing.lastOver(length, watermark);
        open |= over ? 0 : word & -word;
      }
      Memory.putLong(kept.address() + (base >> 3), open);
    }
  }

  private static long length(ColumnVector lengths, int row) {
    return lengths.isNull(row) ? 0 : Math.max(0, Memory.getLong(lengths.data() + 8L * row));
  }

  /** Leaves the selected rows in {@link #kept} and {@link #late}; returns how many are late. */
  private int split(RowSelection rows) {
    int dropped = 0;
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      long selected = rows.word(base);
      long at = kept.address() + (base >> 3);
      long open = Memory.getLong(at) & selected;
      Memory.putLong(at, open);
      Memory.putLong(late.address() + (base >> 3), selected & ~open);
      dropped += Long.bitCount(selected & ~open);
    }
    return dropped;
  }

  @Override
  public void endOfBatch(long watermarkUs) {
    next.endOfBatch(watermarkUs);
  }

  @Override
  public void close() {
    time.close();
    if (rowLength != null) {
      rowLength.close();
    }
    kept.close();
    late.close();
  }
}
