package io.millrace.physical;

import io.millrace.physical.expression.EvaluationContext;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;

/**
 * Watches the event time of the rows that pass. Rows too far ahead of their arrival are put aside,
 * so that one fast clock does not make everybody else late.
 */
final class WatermarkStage implements Stage {
  private static final String OPERATOR = "eventTimeWatermark";

  private final int column;
  private final int input;
  private final long maxFutureSkewUs;
  private final PipelineContext context;
  private final EventTimeStatistics statistics;
  private final ByteBlock near;
  private final ByteBlock far;
  private final RowSelection kept = new RowSelection();
  private final RowSelection put = new RowSelection();
  private final Stage next;

  /**
   * @param input number of the watermarked input
   */
  WatermarkStage(int input, int column, long maxFutureSkewUs, PipelineContext context, Stage next) {
    this.input = input;
    this.column = column;
    this.maxFutureSkewUs = maxFutureSkewUs;
    this.context = context;
    this.statistics = context.eventTimes(input);
    this.next = next;
    EvaluationContext evaluation = context.evaluation();
    int bitmapBytes = (evaluation.rowCapacity() + 63 >> 6) << 3;
    this.near = new ByteBlock(evaluation.allocator(), bitmapBytes);
    try {
      this.far = new ByteBlock(evaluation.allocator(), bitmapBytes);
    } catch (RuntimeException | Error e) {
      near.close();
      throw e;
    }
  }

  @Override
  public void process(Block block, RowSelection rows) {
    ColumnVector times = block.column(column);
    RowSelection counted = maxFutureSkewUs == Long.MAX_VALUE ? rows : withoutFuture(block, rows);
    if (context.stamps() != null) {
      context.stamps().stamp(input, times, counted);
    }
    observe(times, counted);
    if (!counted.isEmpty()) {
      next.process(block, counted);
    }
  }

  private void observe(ColumnVector times, RowSelection rows) {
    long data = times.data();
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    long high = 0;
    long low = 0;
    long count = 0;
    long nulls = 0;
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      long word = rows.word(base);
      if (times.mayHaveNulls()) {
        long valid = word & Memory.getLong(times.validity() + (base >> 3));
        nulls += Long.bitCount(word ^ valid);
        word = valid;
      }
      count += Long.bitCount(word);
      if (word == -1L) {
        for (long at = data + 8L * base, end = at + 512; at < end; at += 8) {
          long time = Memory.getLong(at);
          min = Math.min(min, time);
          max = Math.max(max, time);
          high += time >> 32;
          low += time & 0xFFFF_FFFFL;
        }
      } else {
        for (; word != 0; word &= word - 1) {
          long time = Memory.getLong(data + 8L * (base + Long.numberOfTrailingZeros(word)));
          min = Math.min(min, time);
          max = Math.max(max, time);
          high += time >> 32;
          low += time & 0xFFFF_FFFFL;
        }
      }
    }
    statistics.add(count, min, max, high, low);
    statistics.addNulls(nulls);
  }

  /** The rows that are not too far ahead; the others are counted and put aside. */
  private RowSelection withoutFuture(Block block, RowSelection rows) {
    ColumnVector times = block.column(column);
    long arrivalUs = context.evaluation().arrivalTimeUs();
    long limit =
        arrivalUs > Long.MAX_VALUE - maxFutureSkewUs ? Long.MAX_VALUE : arrivalUs + maxFutureSkewUs;
    int future = 0;
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      long word = rows.word(base);
      long ahead = 0;
      for (long left = word; left != 0; left &= left - 1) {
        int row = base + Long.numberOfTrailingZeros(left);
        if (!times.isNull(row) && Memory.getLong(times.data() + 8L * row) > limit) {
          ahead |= left & -left;
        }
      }
      future += Long.bitCount(ahead);
      Memory.putLong(near.address() + (base >> 3), word & ~ahead);
      Memory.putLong(far.address() + (base >> 3), ahead);
    }
    if (future == 0) {
      return rows;
    }
    statistics.addFuture(future);
    put.set(rows.from(), rows.to(), far.address());
    context.lateRows().putAside(OPERATOR, "future", context.watermarkUs(), block, put);
    return Bitmap.isNoneSet(near.address(), rows.from(), rows.to())
        ? kept.set(rows.to(), rows.to(), RowSelection.ALL)
        : kept.set(rows.from(), rows.to(), near.address());
  }

  @Override
  public void endOfBatch(long watermarkUs) {
    next.endOfBatch(watermarkUs);
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }
}
