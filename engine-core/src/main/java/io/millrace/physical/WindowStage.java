package io.millrace.physical;

import io.millrace.analysis.ResolvedPlan;
import io.millrace.physical.expression.Evaluator;
import io.millrace.physical.expression.Evaluators;
import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.time.WindowStart;

/**
 * Adds the start of a window to rows. Where windows overlap, the rows pass once per window: pass p
 * of k takes each row's window whose number is p modulo k, so that all rows of one window go in the
 * same pass and keep their order. Rows without a time are left out.
 */
final class WindowStage implements Stage {
  private final Evaluator time;
  private final ResolvedPlan.WindowSpec windows;
  private final int passes;
  private final Block starts;
  private final ByteBlock lastStarts;
  private final ByteBlock mask;
  private final Block output;
  private final RowSelection selected = new RowSelection();
  private final Stage next;

  private WindowStage(
      Evaluator time,
      ResolvedPlan.WindowSpec windows,
      Block starts,
      ByteBlock lastStarts,
      ByteBlock mask,
      Block output,
      Stage next) {
    this.time = time;
    this.windows = windows;
    this.passes = Math.toIntExact(Math.ceilDiv(windows.sizeUs(), windows.slideUs()));
    this.starts = starts;
    this.lastStarts = lastStarts;
    this.mask = mask;
    this.output = output;
    this.next = next;
  }

  static WindowStage open(ResolvedPlan.Window plan, PipelineContext context, Stage next) {
    Scope scope = new Scope();
    try {
      int rows = context.evaluation().rowCapacity();
      var allocator = context.evaluation().allocator();
      WindowStage stage =
          new WindowStage(
              scope.own(Evaluators.compile(plan.time(), context.evaluation())),
              plan.windows(),
              scope.own(Block.ofOne(allocator, DataType.TIMESTAMP, rows)),
              scope.own(new ByteBlock(allocator, 8 * rows)),
              scope.own(new ByteBlock(allocator, (rows + 63 >> 6) << 3)),
              Block.view(plan.schema(), rows),
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
    ColumnVector times = time.evaluate(block, rows);
    for (int i = 0; i < block.columnCount(); i++) {
      output.show(i, block.column(i));
    }
    ColumnVector start = starts.column(0);
    start.setAllValid(rows.to());
    output.show(block.columnCount(), start);
    output.rowCount(rows.to());
    long known = passes == 1 ? start.data() : lastStarts.address();
    WindowStart.last(
        times.data(), rows.from(), rows.to(), windows.slideUs(), windows.startUs(), known);
    if (passes > 1) {
      for (int pass = 0; pass < passes; pass++) {
        slide(pass, times, rows);
      }
    } else if (times.mayHaveNulls()) {
      for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
        long valid = Memory.getLong(times.validity() + (base >> 3));
        Memory.putLong(mask.address() + (base >> 3), rows.word(base) & valid);
      }
      handOn(rows);
    } else {
      next.process(output, rows);
    }
  }

  private void slide(int pass, ColumnVector times, RowSelection rows) {
    long result = starts.column(0).data();
    long lastStart = 0;
    long start = 0;
    boolean any = false;
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      long taken = 0;
      for (long word = rows.word(base); word != 0; word &= word - 1) {
        int row = base + Long.numberOfTrailingZeros(word);
        if (times.isNull(row)) {
          continue;
        }
        long last = Memory.getLong(lastStarts.address() + 8L * row);
        if (!any || last != lastStart) {
          any = true;
          lastStart = last;
          start = startOfPass(pass, last);
        }
        long timeUs = Memory.getLong(times.data() + 8L * row);
        if (start > lastStart || timeUs - start >= windows.sizeUs()) {
          continue; // would begin before the earliest timestamp, or is over already
        }
        Memory.putLong(result + 8L * row, start);
        taken |= word & -word;
      }
      Memory.putLong(mask.address() + (base >> 3), taken);
    }
    handOn(rows);
  }

  /** Of the windows that begin at the last start and one slide earlier each, the pass's own. */
  private long startOfPass(int pass, long lastStart) {
    long number = Math.floorDiv(lastStart - windows.startUs(), windows.slideUs());
    long back = Math.floorMod(number - pass, (long) passes) * windows.slideUs();
    return lastStart - back;
  }

  private void handOn(RowSelection rows) {
    if (!Bitmap.isNoneSet(mask.address(), rows.from(), rows.to())) {
      next.process(output, selected.set(rows.from(), rows.to(), mask.address()));
    }
  }

  @Override
  public void endOfBatch(long watermarkUs) {
    next.endOfBatch(watermarkUs);
  }

  @Override
  public void close() {
    time.close();
    starts.close();
    lastStarts.close();
    mask.close();
  }
}
