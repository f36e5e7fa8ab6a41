package io.millrace.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A row that was taken while the inlet was closed is read; the reader is not at its end before. */
@JCStressTest
@Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "Taken and read before the end")
@Outcome(id = "0, 2, 1", expect = ACCEPTABLE, desc = "Taken, not at the end yet, read later")
@Outcome(id = "-2, [02], 0", expect = ACCEPTABLE, desc = "Refused")
@State
public class InletCloseStress {
  private static final int NOT_AT_END = 2;

  private final SmallInlet inlet = new SmallInlet();
  private int read;

  @Actor
  public void writer(III_Result result) {
    result.r1 = (int) inlet.append();
  }

  @Actor
  public void closer(III_Result result) {
    inlet.queue.close();
    boolean ended = inlet.source.ended();
    read = inlet.poll();
    result.r2 = ended ? read : NOT_AT_END;
  }

  @Arbiter
  public void rest(III_Result result) {
    result.r3 = read + inlet.poll();
    inlet.close();
  }
}
