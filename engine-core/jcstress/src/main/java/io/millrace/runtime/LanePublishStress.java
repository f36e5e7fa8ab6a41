package io.millrace.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A reader sees rows whole, in order, and in the end all of them. */
@JCStressTest
@Outcome(id = "[0-2], 2", expect = ACCEPTABLE, desc = "What was published, and all in the end")
@State
public class LanePublishStress {
  private final SmallInlet inlet = new SmallInlet();

  @Actor
  public void writer() {
    inlet.append();
    inlet.append();
  }

  @Actor
  public void reader(II_Result result) {
    result.r1 = inlet.poll();
  }

  @Arbiter
  public void rest(II_Result result) {
    int rest = inlet.poll();
    result.r2 = result.r1 < 0 || rest < 0 ? -1 : result.r1 + rest;
    inlet.close();
  }
}
