package io.millrace.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.millrace.spi.Clock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Work that arrives while the query's thread goes to sleep wakes it or keeps it awake. */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "Awake with work")
@State
public class WakerStress {
  /** Far beyond what a busy machine delays a thread. */
  private static final long LOST_NS = 20_000_000_000L;

  private static final int LOST = 1;

  private final Waker waker = new Waker(Clock.SYSTEM);
  private volatile boolean work;

  @Actor
  public void query(I_Result result) {
    long untilNs = Clock.SYSTEM.nanoTime() + LOST_NS;
    while (!work) {
      waker.sleep(untilNs, () -> work);
      if (Clock.SYSTEM.nanoTime() - untilNs >= 0) {
        result.r1 = LOST;
        return;
      }
    }
  }

  @Actor
  public void sender() {
    work = true;
    waker.wake();
  }
}
