package io.millrace.physical;

import io.millrace.analysis.ResolvedPlan.WindowSpec;
import io.millrace.physical.expression.Evaluator;
import io.millrace.state.snapshot.OperatorState.Closing;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.filter.Comparison;
import io.millrace.vector.filter.LongComparison;
import io.millrace.vector.time.WindowStart;

/**
 * Stands before groups that are kept by pane. Rows that are late for some of their windows also go
 * once per window to where late rows are told apart; those that are late for all go no further.
 */
final class PaneStage implements Stage {
  private final Evaluator time;
  private final WindowSpec windows;
  private final PipelineContext context;
  private final ByteBlock mask;
  private final RowSelection selected = new RowSelection();
  private final Stage byWindow;
  private final Stage byPane;

  /**
   * @param time of a row; owned from now on
   * @param byWindow takes rows that may be late, and gives each of their windows to a stage that
   *     keeps only the late ones
   * @param byPane takes the rows of all panes that are not over
   */
  PaneStage(
      Evaluator time, WindowSpec windows, PipelineContext context, Stage byWindow, Stage byPane) {
    this.time = time;
    this.windows = windows;
    this.context = context;
    this.byWindow = byWindow;
    this.byPane = byPane;
    try {
      int bitmapBytes = (context.evaluation().rowCapacity() + 63 >> 6) << 3;
      mask = new ByteBlock(context.evaluation().allocator(), bitmapBytes);
    } catch (RuntimeException | Error e) {
      time.close();
      throw e;
    }
  }

  @Override
  public void process(Block block, RowSelection rows) {
    if (context.watermarkUs() == WatermarkClock.NONE) {
      byPane.process(block, rows);
      return;
    }
    ColumnVector times = time.evaluate(block, rows);
    if (!select(Comparison.LESS, times, behindOver(windows.slideUs()), rows)) {
      byPane.process(block, rows); // not even the first window of any row is over
      return;
    }
    byWindow.process(block, selected);
    if (select(Comparison.GREATER_OR_EQUAL, times, behindOver(windows.sizeUs()), rows)) {
      byPane.process(block, selected);
    }
  }

  /** The end of the last slide that begins that long before the watermark. */
  private long behindOver(long lengthUs) {
    long lastOver = Closing.lastOver(lengthUs, context.watermarkUs());
    return WindowStart.of(lastOver, windows.slideUs(), windows.startUs()) + windows.slideUs();
  }

  /** Selects rows by their time; whether there are any. */
  private boolean select(Comparison comparison, ColumnVector times, long bound, RowSelection rows) {
    LongComparison.constant(
        comparison, times.data(), bound, rows.from(), rows.to(), mask.address());
    long any = 0;
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      long at = mask.address() + (base >> 3);
      long valid = times.mayHaveNulls() ? Memory.getLong(times.validity() + (base >> 3)) : -1;
      long word = Memory.getLong(at) & rows.word(base) & valid;
      Memory.putLong(at, word);
      any |= word;
    }
    selected.set(rows.from(), rows.to(), mask.address());
    return any != 0;
  }

  @Override
  public void endOfBatch(long watermarkUs) {
    byPane.endOfBatch(watermarkUs);
  }

  @Override
  public void close() {
    time.close();
    mask.close();
  }
}
