package io.millrace.runtime;

import io.millrace.spi.Clock;

/** Does what an earlier run took in and did not commit, and nothing else. */
final class ReplayPlanner implements Planner {
  private final Recovery recovery;
  private final EpochEnd ends;
  private long epoch;
  private boolean ended;

  ReplayPlanner(Sequencer sequencer, EpochLog log, EpochEnd ends, Clock clock) {
    this.recovery = new Recovery(sequencer, log, ends, clock);
    this.ends = ends;
    this.epoch = log.nextEpoch();
  }

  @Override
  public long step() {
    ended = true;
    recovery.run();
    if (recovery.open() != null) {
      ends.end(recovery.open(), recovery.openStart());
    }
    epoch = Math.max(epoch, recovery.nextEpoch());
    return 0;
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public long wakeUpNs() {
    return NEVER;
  }

  @Override
  public boolean isAwaitingArrivals() {
    return true;
  }

  @Override
  public boolean hasWork() {
    return !ended;
  }

  @Override
  public void pollNow() {}

  @Override
  public void finish() {}

  @Override
  public long epoch() {
    return epoch;
  }
}
