package io.millrace.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * The ring is full and the reader has the first block lent: the writer gets a block to fill again
 * only when the reader has gone on, and what is lent stays as it is.
 */
@JCStressTest
@Outcome(id = "-1, 64, 64", expect = ACCEPTABLE, desc = "No room yet")
@Outcome(id = "128, 64, 65", expect = ACCEPTABLE, desc = "Into the block that was given back")
@State
public class BlockReuseStress {
  private final SmallInlet inlet = new SmallInlet();

  public BlockReuseStress() {
    for (int i = 0; i < 2 * SmallInlet.BLOCK_ROWS; i++) {
      inlet.append();
    }
    inlet.poll();
  }

  @Actor
  public void writer(III_Result result) {
    result.r1 = (int) inlet.append();
  }

  @Actor
  public void reader(III_Result result) {
    result.r2 = inlet.poll();
  }

  @Arbiter
  public void rest(III_Result result) {
    int rest = inlet.poll();
    result.r3 = rest < 0 ? -1 : result.r2 + rest;
    inlet.close();
  }
}
