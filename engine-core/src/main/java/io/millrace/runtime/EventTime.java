package io.millrace.runtime;

import io.millrace.physical.EventTimeStatistics;
import io.millrace.physical.PhysicalPlan;
import io.millrace.physical.PipelineContext;
import io.millrace.physical.WatermarkClock;
import io.millrace.spi.Clock;
import java.util.List;

/** A query's event time on one thread: its clock, and what an epoch saw. */
final class EventTime {
  private final WatermarkClock clock;
  private final int inputs;
  private EventTimeStatistics epoch = new EventTimeStatistics();

  EventTime(PhysicalPlan plan, WatermarkClock.Policy policy) {
    this(
        plan.watermarks().stream()
            .map(w -> new WatermarkClock.Input(w.delayUs(), w.idleTimeoutUs()))
            .toList(),
        policy);
  }

  private EventTime(List<WatermarkClock.Input> watermarks, WatermarkClock.Policy policy) {
    clock = new WatermarkClock(watermarks, policy);
    inputs = watermarks.size();
  }

  WatermarkClock clock() {
    return clock;
  }

  /** Whether any input has a watermark. */
  boolean exists() {
    return inputs > 0;
  }

  int inputs() {
    return inputs;
  }

  /** Takes over what a pipeline saw since it was asked last. */
  void take(PipelineContext pipeline) {
    for (int i = 0; i < inputs; i++) {
      take(i, pipeline.eventTimes(i));
      pipeline.eventTimes(i).reset();
    }
  }

  /** Takes over what a slot's rows had. */
  void take(Slot slot) {
    for (int i = 0; i < inputs; i++) {
      take(i, slot.eventTimes[i]);
    }
  }

  private void take(int input, EventTimeStatistics seen) {
    if (seen.rows() > 0) {
      clock.observe(input, seen.maxUs());
    }
    epoch.add(seen);
  }

  /** Whether a batch without rows that ended now would close a group; reads the time if it must. */
  boolean hasClosing(Clock time, OperatorStates operators) {
    if (!clock.mayMoveWithoutRows()) {
      return false;
    }
    long nextClosingUs = operators.nextClosingUs();
    return nextClosingUs != Long.MAX_VALUE && clock.at(time.nowUs()) >= nextClosingUs;
  }

  /** What the epoch saw and did; the next one begins. */
  StateReport report(OperatorStates operators, long stateSequence) {
    if (inputs == 0 && operators.isEmpty()) {
      return StateReport.NONE;
    }
    EventTimeStatistics seen = inputs == 0 ? null : epoch;
    epoch = new EventTimeStatistics();
    return new StateReport(
        seen,
        clock.watermarkUs(),
        clock.progress(),
        operators.report(),
        operators.snapshots(),
        stateSequence);
  }
}
