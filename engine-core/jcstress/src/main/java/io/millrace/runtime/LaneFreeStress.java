package io.millrace.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A lane's memory is not given back while its writer writes. */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "Closed before")
@Outcome(id = "1", expect = ACCEPTABLE, desc = "Written before")
@State
public class LaneFreeStress {
  private static final int TORN = 2;

  private final InletLane lane =
      new InletLane(null, io.millrace.types.Schema.parse("id BIGINT"), 128, null, 0);
  private boolean freed;

  @Actor
  public void writer(I_Result result) {
    if (lane.write()) {
      boolean before = freed;
      Thread.onSpinWait();
      result.r1 = before || freed ? TORN : 1;
      lane.wrote();
    }
  }

  @Actor
  public void closer() {
    lane.free();
    freed = true;
  }
}
