package io.millrace.runtime;

import java.util.List;

/** Where plans and commits of a query's epochs are written down, if they are. */
interface EpochLog extends AutoCloseable {
  /** The epoch behind the last one that was committed. */
  long nextEpoch();

  /** The plan of an epoch that an earlier run began and did not commit; null if there is none. */
  EpochPlan unfinished(List<SourceDriver> sources);

  /**
   * Makes a plan safe; an unfinished one is safe already.
   *
   * @return its checksum; 0 without a checkpoint
   */
  int plan(EpochPlan plan);

  void commit(EpochPlan plan, EpochResult result);

  /** After a commit: keeps what is written down small, a little at a time. */
  void clean(List<SourceDriver> sources);

  @Override
  void close();

  /** Writes nothing down: a query without a checkpoint. */
  EpochLog NONE =
      new EpochLog() {
        @Override
        public long nextEpoch() {
          return 0;
        }

        @Override
        public EpochPlan unfinished(List<SourceDriver> sources) {
          return null;
        }

        @Override
        public int plan(EpochPlan plan) {
          return 0;
        }

        @Override
        public void commit(EpochPlan plan, EpochResult result) {}

        @Override
        public void clean(List<SourceDriver> sources) {}

        @Override
        public void close() {}
      };
}
