package io.millrace.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * The writer had no room, and a block was given back to it: while it takes the block, the lane does
 * not look full.
 */
@JCStressTest
@Outcome(id = "false", expect = ACCEPTABLE, desc = "There is room, or it was just taken")
@State
public class LaneFullStress {
  private final SmallInlet inlet = new SmallInlet();

  public LaneFullStress() {
    for (int i = 0; i <= 2 * SmallInlet.BLOCK_ROWS; i++) {
      inlet.append(); // the last one finds no room
    }
    inlet.poll();
    inlet.poll(1); // gives the first block back; rows are left
  }

  @Actor
  public void writer() {
    inlet.append();
  }

  @Actor
  public void reader(Z_Result result) {
    result.r1 = inlet.source.isFull();
  }

  @Arbiter
  public void end() {
    inlet.close();
  }
}
