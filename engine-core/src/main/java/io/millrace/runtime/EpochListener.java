package io.millrace.runtime;

/** Told by a planner of what it did; on the query's thread. */
interface EpochListener {
  /** Does not care. */
  EpochListener NONE =
      new EpochListener() {
        @Override
        public void epochEnded(long epoch, EpochTimes times, EpochResult result) {}

        @Override
        public void caughtUp() {}
      };

  void epochEnded(long epoch, EpochTimes times, EpochResult result);

  /** All input that there was when this step began has been committed. */
  void caughtUp();
}
