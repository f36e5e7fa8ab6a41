package io.millrace.physical;

import java.util.Arrays;
import java.util.List;

/**
 * Event time of a query: how far each watermarked input has come, and the watermark of all, which
 * never goes back. It is told of rows and arrival times and asks no clock, so the same batches give
 * the same watermarks.
 */
public final class WatermarkClock {
  /** No watermark yet. */
  public static final long NONE = Long.MIN_VALUE;

  /** How the watermarks of several inputs become one. */
  public enum Policy {
    /** The slowest input decides. */
    MIN,
    /** The fastest input decides: what the others bring may be late. */
    MAX
  }

  /**
   * One watermarked input.
   *
   * @param delayUs how far its watermark stays behind the latest event time
   * @param idleTimeoutUs arrival time without rows after which it no longer holds the watermark
   *     back; {@link Long#MAX_VALUE} for never
   */
  public record Input(long delayUs, long idleTimeoutUs) {}

  /**
   * How far an input has come.
   *
   * @param maxUs latest event time, {@link #NONE} before the first row
   * @param lastArrivalUs arrival time of the last batch that brought rows
   */
  public record Progress(long maxUs, long lastArrivalUs) {}

  private final Input[] inputs;
  private final Policy policy;
  private final long[] maxUs;
  private final long[] lastArrivalUs;
  private final boolean[] hasRows;
  private long watermarkUs = NONE;

  public WatermarkClock(List<Input> inputs, Policy policy) {
    this.inputs = inputs.toArray(Input[]::new);
    this.policy = policy;
    this.maxUs = new long[this.inputs.length];
    this.lastArrivalUs = new long[this.inputs.length];
    this.hasRows = new boolean[this.inputs.length];
    Arrays.fill(maxUs, NONE);
    Arrays.fill(lastArrivalUs, NONE);
  }

  /** The watermark as the last batch left it. */
  public long watermarkUs() {
    return watermarkUs;
  }

  /** Rows of an input have been seen in this batch, the latest of that time. */
  public void observe(int input, long latestUs) {
    maxUs[input] = Math.max(maxUs[input], latestUs);
    hasRows[input] = true;
  }

  /** A batch is over. Returns the watermark that follows. */
  public long endOfBatch(long arrivalTimeUs) {
    for (int i = 0; i < inputs.length; i++) {
      if (hasRows[i] || lastArrivalUs[i] == NONE) {
        lastArrivalUs[i] = Math.max(lastArrivalUs[i], arrivalTimeUs);
        hasRows[i] = false;
      }
    }
    watermarkUs = at(arrivalTimeUs);
    return watermarkUs;
  }

  /** The watermark if a batch without rows ended then. */
  public long at(long arrivalTimeUs) {
    return Math.max(watermarkUs, combined(arrivalTimeUs, -1, NONE));
  }

  /** The watermark if an input had come to that time, within the batch at hand. */
  long within(int input, long latestUs, long arrivalTimeUs) {
    return Math.max(watermarkUs, combined(arrivalTimeUs, input, latestUs));
  }

  /** The watermark has come that far within the batch at hand; it does not go back. */
  void raise(long reachedUs) {
    watermarkUs = Math.max(watermarkUs, reachedUs);
  }

  private long combined(long arrivalTimeUs, int ahead, long aheadUs) {
    long result = NONE;
    boolean any = false;
    for (int i = 0; i < inputs.length; i++) {
      if (i == ahead || !isIdle(i, arrivalTimeUs)) {
        long own = delayed(i, i == ahead ? Math.max(maxUs[i], aheadUs) : maxUs[i]);
        boolean better = policy == Policy.MIN ? own < result : own > result;
        result = !any || better ? own : result;
        any = true;
      }
    }
    return any ? result : whileAllAreIdle(arrivalTimeUs);
  }

  /** Event time goes on with arrival time, so that the last groups end without another row. */
  private long whileAllAreIdle(long arrivalTimeUs) {
    long result = NONE;
    for (int i = 0; i < inputs.length; i++) {
      long own = delayed(i, maxUs[i]);
      if (own != NONE) {
        long idleUs = arrivalTimeUs - lastArrivalUs[i] - inputs[i].idleTimeoutUs();
        long moved = own + idleUs;
        result = Math.max(result, moved < own ? Long.MAX_VALUE : moved);
      }
    }
    return result;
  }

  private long delayed(int input, long timeUs) {
    long delay = inputs[input].delayUs();
    return timeUs == NONE
        ? NONE
        : Math.max(NONE + 1, timeUs < NONE + delay ? NONE : timeUs - delay);
  }

  private boolean isIdle(int input, long arrivalTimeUs) {
    return !hasRows[input]
        && lastArrivalUs[input] != NONE
        && inputs[input].idleTimeoutUs() != Long.MAX_VALUE
        && arrivalTimeUs - lastArrivalUs[input] >= inputs[input].idleTimeoutUs();
  }

  /** Whether the watermark can move by arrival time alone. */
  public boolean mayMoveWithoutRows() {
    for (Input input : inputs) {
      if (input.idleTimeoutUs() != Long.MAX_VALUE) {
        return true;
      }
    }
    return false;
  }

  /** What a restart needs beside the watermark, per input. */
  public List<Progress> progress() {
    Progress[] progress = new Progress[inputs.length];
    for (int i = 0; i < progress.length; i++) {
      progress[i] = new Progress(maxUs[i], lastArrivalUs[i]);
    }
    return List.of(progress);
  }

  /** Goes on where an earlier run committed. */
  public void restore(long committedWatermarkUs, List<Progress> progress) {
    watermarkUs = committedWatermarkUs;
    for (int i = 0; i < Math.min(inputs.length, progress.size()); i++) {
      maxUs[i] = progress.get(i).maxUs();
      lastArrivalUs[i] = progress.get(i).lastArrivalUs();
    }
  }
}
