package io.millrace.runtime;

import io.millrace.OutputMode;
import io.millrace.physical.Emission;

/**
 * What decides which rows groups take and give.
 *
 * @param emission which groups come out at the end of a batch
 * @param lateness which rows come too late
 */
record ResultRules(Emission emission, Lateness lateness) {
  /** A bounded query: one batch, all groups. */
  static final ResultRules BOUNDED = new ResultRules(Emission.COMPLETE, Lateness.BATCH);

  static ResultRules of(OutputMode mode, Lateness lateness) {
    Emission emission =
        switch (mode) {
          case APPEND -> Emission.APPEND;
          case UPDATE -> Emission.UPDATE;
          case COMPLETE -> Emission.COMPLETE;
        };
    return new ResultRules(emission, lateness);
  }
}
