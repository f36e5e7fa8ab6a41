package io.millrace.runtime;

import io.millrace.StreamingQueryProgress.Latency;
import io.millrace.physical.Closing;
import io.millrace.spi.Clock;
import io.millrace.spi.RowBatch;
import io.millrace.spi.RowPosition;
import io.millrace.spi.Sink;
import io.millrace.spi.Sink.Delivery;
import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.vector.column.Block;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * The sink's side of an epoch, on the sink's thread: numbers rows, skips what was committed before,
 * counts.
 */
final class SinkDriver implements AutoCloseable {
  private static final long MAX_LATENCY_US = 3_600_000_000L;

  private final Sink sink;
  private final Sink[] rejectSinks;
  private final CrashPoints crashPoints;
  private final Clock clock;
  private final Histogram latencyUs = new Histogram(MAX_LATENCY_US, 2);
  private final RowBatch batch = new RowBatch();
  private final boolean[] takesRejects;
  private final long[] rejectRows;
  private final long[] recordsRead;
  private final long[] rejected;
  private HeldRows held;
  private RowPosition resumed;
  private boolean takesRows;
  private long epoch;
  private long rowNumber;
  private long arrivedNs;

  /**
   * @param rejectSinks per source, null where rejects are only counted; behind them the one of late
   *     rows, null too if these are only counted
   */
  SinkDriver(Sink sink, Sink[] rejectSinks, CrashPoints crashPoints, Clock clock) {
    this.sink = sink;
    this.rejectSinks = rejectSinks;
    this.crashPoints = crashPoints;
    this.clock = clock;
    int sources = rejectSinks.length;
    this.takesRejects = new boolean[sources];
    this.rejectRows = new long[sources];
    this.recordsRead = new long[sources];
    this.rejected = new long[sources];
  }

  Sink sink() {
    return sink;
  }

  /**
   * Whether any of the sinks, those of rejects and late rows included, keeps epochs by their plans:
   * then an epoch's plan must be safe before the epoch is committed there.
   */
  boolean commitsByPlan() {
    return commitsByPlan(sink) || Arrays.stream(rejectSinks).anyMatch(SinkDriver::commitsByPlan);
  }

  private static boolean commitsByPlan(Sink any) {
    return any != null && any.delivery() == Delivery.IDEMPOTENT_BY_EPOCH;
  }

  /** Leaves out the rows that the sink has already; before the first epoch. */
  void resume() {
    if (sink.delivery() == Delivery.RESUMABLE_BY_ROW) {
      resumed = sink.resumeFrom();
    }
  }

  /**
   * Keeps rows back until {@link #release}.
   *
   * @param copies where; the caller's
   */
  void hold(HeldRows copies) {
    held = copies;
  }

  /** What the rows that were kept back follow from is safe: the sink gets them. */
  void release() {
    if (held != null) {
      Pages pages = held.pages();
      for (int i = 0; i < pages.blocks(); i++) {
        deliver(pages.block(i), 0, pages.block(i).rowCount());
      }
      pages.clear();
    }
  }

  /** Whether somebody wants to see a source's rejects, not only their number. */
  boolean takesRejects(int source) {
    return rejectSinks[source] != null;
  }

  /** Whether somebody wants to see late rows. */
  boolean takesLateRows() {
    return rejectSinks[rejectSinks.length - 1] != null;
  }

  void writeLateRows(Pages late) {
    writeRejects(rejectSinks.length - 1, late);
  }

  void begin(long newEpoch, int planChecksum) {
    epoch = newEpoch;
    rowNumber = 0;
    latencyUs.reset();
    for (int i = 0; i < rejectSinks.length; i++) {
      recordsRead[i] = 0;
      rejected[i] = 0;
      rejectRows[i] = 0;
      takesRejects[i] = rejectSinks[i] != null && rejectSinks[i].begin(newEpoch, planChecksum);
    }
    takesRows = sink.begin(newEpoch, planChecksum);
  }

  /** The plan of the epoch at hand, which began without one, is safe now. */
  void planned(int planChecksum) {
    for (Sink rejectSink : rejectSinks) {
      if (rejectSink != null) {
        rejectSink.planned(planChecksum);
      }
    }
    sink.planned(planChecksum);
  }

  /** When the rows that follow arrived, in the clock's nanoseconds. */
  void arrivedNs(long value) {
    arrivedNs = value;
  }

  /** Takes rows from..to (exclusive) of a borrowed block. */
  void write(Block block, int from, int to) {
    if (held != null) {
      held.add(block, from, to);
    } else {
      deliver(block, from, to);
    }
  }

  private void deliver(Block block, int from, int to) {
    int first = from + (resumed == null ? 0 : known(to - from));
    if (takesRows && first < to) {
      sink.write(batch.set(block, first, to).number(epoch, rowNumber + first - from));
      long us = (clock.nanoTime() - arrivedNs) / 1_000;
      latencyUs.recordValueWithCount(Math.clamp(us, 0, MAX_LATENCY_US), to - first);
    }
    rowNumber += to - from;
  }

  /** How many of the next rows the sink has from an earlier run. */
  private int known(int rows) {
    if (epoch != resumed.epoch()) {
      return epoch < resumed.epoch() ? rows : 0;
    }
    return Math.clamp(resumed.rowNumber() + 1 - rowNumber, 0, rows);
  }

  void writeRejects(int source, Pages rejects) {
    for (int i = 0; i < rejects.blocks(); i++) {
      writeRejects(source, rejects.block(i), 0, rejects.block(i).rowCount());
    }
  }

  /** Takes rejects from..to (exclusive) of a borrowed block. */
  void writeRejects(int source, Block rejects, int from, int to) {
    if (takesRejects[source]) {
      rejectSinks[source].write(batch.set(rejects, from, to).number(epoch, rejectRows[source]));
    }
    rejectRows[source] += to - from;
  }

  void count(int source, long records, long rejects) {
    recordsRead[source] += records;
    rejected[source] += rejects;
  }

  /**
   * Commits at the sinks.
   *
   * @param state of the epoch, which is safe already
   */
  EpochResult commit(StateReport state) {
    crashPoints.reached(CrashPoint.BEFORE_SINK_COMMIT);
    for (Sink rejectSink : rejectSinks) {
      if (rejectSink != null) {
        rejectSink.commit(epoch);
      }
    }
    String receipt = sink.commit(epoch);
    crashPoints.reached(CrashPoint.AFTER_SINK_COMMIT);
    return new EpochResult(
        recordsRead.clone(), rejected.clone(), rowNumber, latency(), receipt, state);
  }

  private Latency latency() {
    return latencyUs.getTotalCount() == 0
        ? null
        : new Latency(
            latencyUs.getValueAtPercentile(50),
            latencyUs.getValueAtPercentile(90),
            latencyUs.getValueAtPercentile(99),
            latencyUs.getValueAtPercentile(99.9),
            latencyUs.getMaxValue());
  }

  @Override
  public void close() {
    Closing closing = new Closing();
    closing.close(sink);
    for (Sink rejectSink : rejectSinks) {
      closing.close(rejectSink);
    }
    closing.throwFirst();
  }
}
