package io.millrace.state.table;

import io.millrace.state.snapshot.OperatorState;
import io.millrace.types.Field;
import io.millrace.vector.aggregate.AggregateSpec;
import io.millrace.vector.time.WindowStart;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The groups of windows that overlap, kept by pane: a stretch of time as long as the windows'
 * slide, which divides their size. A row belongs to one pane, whatever number of windows it falls
 * into; the groups of a window are put together of its panes when it is over. They are good until
 * {@link #endBatch}.
 *
 * <p>What it keeps, saves and counts is groups of panes. Threads share the groups by the other keys
 * alone, so that all panes of a window's group have one owner.
 */
public final class SlidingGroups extends KeyedGroups {
  private static final long NONE = Long.MIN_VALUE;

  private final long sizeUs;
  private final long slideUs;
  private final long startUs;
  private final WindowGroups windows;
  private final RecordVisitor taker = this::take; // once, not once a pane
  private long[] panes = new long[64];
  private int hashShift;

  /** No window that this watermark ends is given out any more. */
  private long watermarkUs = NONE;

  /**
   * Windows of one size.
   *
   * @param slideUs from one's start to the next one's; divides the size
   * @param startUs where one of them lies, from 0, less than the slide
   */
  public record Windows(long sizeUs, long slideUs, long startUs) {}

  /**
   * @param aggregates whose results do not depend on the order of rows
   * @param paneKey index of the TIMESTAMP key that is the pane's start
   */
  public SlidingGroups(
      BufferAllocator allocator,
      List<Field> keyFields,
      List<AggregateSpec> aggregates,
      int paneKey,
      Windows shape,
      boolean ansi,
      int rowCapacity) {
    super(
        allocator,
        keyFields,
        aggregates,
        new Closing(paneKey, shape.sizeUs), // with the last window that needs it
        paneKey,
        false,
        ansi,
        rowCapacity);
    this.sizeUs = shape.sizeUs;
    this.slideUs = shape.slideUs;
    this.startUs = shape.startUs;
    try {
      windows = new WindowGroups(allocator, keyFields, aggregates, paneKey, ansi, this::time);
    } catch (RuntimeException | Error e) {
      super.close();
      throw e;
    }
  }

  /** The groups of the windows that are over, in the order of their starts, then of first rows. */
  @Override
  public OrderedRecords close(long watermark) {
    if (nextClosingUs() <= watermark && watermark != NONE) {
      giveOut(watermark);
    }
    super.close(watermark);
    watermarkUs = Math.max(watermarkUs, watermark);
    return windows.closed();
  }

  private void giveOut(long watermark) {
    int count = closings().times();
    if (panes.length < count) {
      panes = new long[2 * count];
    }
    closings().sortedTimes(panes);
    int first = 0;
    long start = firstWindow(panes[0]);
    while (first < count && OperatorState.Closing.isOver(start, sizeUs, watermark)) {
      windows.begin(start);
      for (int i = first; i < count && panes[i] < end(start); i++) {
        take(panes[i]);
      }
      windows.end();
      start = WindowStart.of(start + slideUs, slideUs, startUs); // also behind the earliest time
      while (first < count && panes[first] < start) {
        first++;
      }
      if (first < count) {
        start = Math.max(start, earliestWindow(panes[first]));
      }
    }
  }

  private void take(long pane) {
    hashShift = (int) unplaced(pane);
    closings().show(pane, taker);
  }

  private void take(long records, int count) {
    windows.take(records, count, hashShift);
  }

  /** Of the windows that a pane belongs to, the first one that was not given out. */
  private long firstWindow(long pane) {
    long earliest = earliestWindow(pane);
    if (!OperatorState.Closing.isOver(earliest, sizeUs, watermarkUs)) {
      return earliest;
    }
    long lastOver = OperatorState.Closing.lastOver(sizeUs, watermarkUs);
    return Math.max(earliest, WindowStart.of(lastOver, slideUs, startUs) + slideUs);
  }

  /** The start of the first window that a pane belongs to: none begins before all times. */
  private long earliestWindow(long pane) {
    long back = sizeUs - slideUs;
    while (pane < Long.MIN_VALUE + back) {
      back -= slideUs;
    }
    return pane - back;
  }

  @Override
  public long nextClosingUs() {
    if (closings().isEmpty()) {
      return Long.MAX_VALUE;
    }
    return end(firstWindow(closings().earliest()));
  }

  private long end(long start) {
    return start > Long.MAX_VALUE - sizeUs ? Long.MAX_VALUE : start + sizeUs;
  }

  @Override
  public void endBatch() {
    windows.clear();
    super.endBatch();
  }

  @Override
  public void loaded(long watermark) {
    watermarkUs = watermark;
    super.loaded(watermark);
  }

  @Override
  public long memoryBytes() {
    return super.memoryBytes() + windows.memoryBytes();
  }

  @Override
  public void close() {
    windows.close();
    super.close();
  }
}
