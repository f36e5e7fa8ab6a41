package io.millrace.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A writer that appends and closes, and a session that closes the inlet under it. */
@JCStressTest
@Outcome(id = "(0|-2), 0", expect = ACCEPTABLE, desc = "Appended or refused; everything given back")
@State
public class WriterCloseStress {
  private final SmallInlet inlet = new SmallInlet();

  @Actor
  public void writer(II_Result result) {
    result.r1 = (int) inlet.append();
    inlet.writer.close();
  }

  @Actor
  public void session(II_Result result) {
    inlet.source.close();
    inlet.queue.free(); // throws if memory is still out
    result.r2 = 0;
  }
}
