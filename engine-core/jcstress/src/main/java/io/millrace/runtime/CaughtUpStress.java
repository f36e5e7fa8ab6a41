package io.millrace.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Who asks after its row came is not told before a step has looked for that row. */
@JCStressTest
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "The step came first; the next one answers")
@Outcome(id = "1, [01], 1", expect = ACCEPTABLE, desc = "The step has seen the row")
@State
public class CaughtUpStress {
  private final CaughtUp caughtUp = new CaughtUp();
  private volatile boolean row;
  private long request;

  @Actor
  public void application() {
    row = true;
    request = caughtUp.request();
  }

  @Actor
  public void query(III_Result result) {
    caughtUp.begin();
    result.r1 = row ? 1 : 0;
    caughtUp.reached();
  }

  @Arbiter
  public void later(III_Result result) {
    result.r2 = caughtUp.isReached(request) ? 1 : 0;
    caughtUp.begin();
    caughtUp.reached();
    result.r3 = caughtUp.isReached(request) ? 1 : 0;
  }
}
