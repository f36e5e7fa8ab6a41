package io.millrace.runtime;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for a new slot by spinning a little, then sleeping until one is published; waits for
 * another stage to be done with a slot by sleeping again and again. There the ring's own strategies
 * spin, and so take a core from the stage that they wait for.
 */
final class ParkingWait implements WaitStrategy {
  /** Far less than a full ring of work, and long enough for several slots to be taken at once. */
  static final long PARK_NS = 200_000;

  private static final int STAGE_SPINS = 100;

  private final Object published = new Object();

  @Override
  public long waitFor(long sequence, Sequence cursor, Sequence stage, SequenceBarrier barrier)
      throws AlertException, InterruptedException {
    spin(sequence, cursor, WaitPolicy.SPINS, barrier);
    if (cursor.get() < sequence) {
      synchronized (published) {
        while (cursor.get() < sequence) {
          barrier.checkAlert();
          published.wait();
        }
      }
    }
    spin(sequence, stage, STAGE_SPINS, barrier);
    while (stage.get() < sequence) {
      barrier.checkAlert();
      LockSupport.parkNanos(this, PARK_NS);
    }
    return stage.get();
  }

  private static void spin(long sequence, Sequence awaited, int spins, SequenceBarrier barrier)
      throws AlertException {
    for (int i = 0; i < spins && awaited.get() < sequence; i++) {
      barrier.checkAlert();
      Thread.onSpinWait();
    }
  }

  @Override
  public void signalAllWhenBlocking() {
    synchronized (published) {
      published.notifyAll();
    }
  }
}
