package io.millrace.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Work that was handed over is seen whole by whoever finds the committer idle, or is woken by it. */
@JCStressTest
@Outcome(id = "1, (-1|1), 2", expect = ACCEPTABLE, desc = "Done when it says so")
@State
public class CommitterStress {
  private final Committer committer =
      new Committer(new QueryThreads("stress", Duration.ofSeconds(30)), () -> woken = true);
  private volatile boolean woken;
  private int done;

  @Actor
  public void query(III_Result result) {
    committer.submit(() -> done = 1);
    while (!committer.isIdle()) {
      Thread.onSpinWait();
    }
    result.r1 = done;
  }

  @Actor
  public void sleeper(III_Result result) {
    boolean wasWoken = woken;
    result.r2 = !wasWoken ? -1 : committer.isIdle() ? 1 : 0;
  }

  @Arbiter
  public void end(III_Result result) {
    committer.submit(() -> done = 2);
    committer.close();
    result.r3 = done;
  }
}
