package io.millrace.runtime;

import io.millrace.OutputMode;
import io.millrace.physical.Emission;
import io.millrace.physical.WatermarkClock;

/**
 * What decides which rows groups take and give.
 *
 * @param emission which groups come out at the end of a batch
 * @param lateness which rows come too late
 * @param watermarkPolicy how several watermarks become one
 */
record ResultRules(Emission emission, Lateness lateness, WatermarkClock.Policy watermarkPolicy) {
  /** A bounded query: one batch, all groups. */
  static final ResultRules BOUNDED =
      new ResultRules(Emission.COMPLETE, Lateness.BATCH, WatermarkClock.Policy.MIN);

  static ResultRules of(OutputMode mode, EventTimeRules rules) {
    Emission emission =
        switch (mode) {
          case APPEND -> Emission.APPEND;
          case UPDATE -> Emission.UPDATE;
          case COMPLETE -> Emission.COMPLETE;
        };
    return new ResultRules(emission, rules.lateness(), rules.policy());
  }
}
