package io.millrace.runtime;

import io.millrace.state.offsets.Ingested;
import java.util.List;
import java.util.Optional;

/** Where plans and commits of a query's epochs are written down, if they are. */
interface EpochLog extends AutoCloseable {
  /**
   * An epoch that an earlier run planned and did not commit.
   *
   * @param checksum of its plan
   * @param ingestEnd where it ends in the ingest journal; -1 if it has no part in it
   */
  record Unfinished(EpochPlan plan, int checksum, long ingestEnd) {}

  /** The epoch behind the last one that was committed. */
  long nextEpoch();

  Optional<Unfinished> unfinished(List<SourceDriver> sources);

  /**
   * Makes a plan safe; an unfinished one is safe already.
   *
   * @param ingested where the epoch ended in the ingest journal; empty if the plan comes first
   * @return its checksum; 0 without a checkpoint
   */
  int plan(EpochPlan plan, Optional<Ingested> ingested);

  /**
   * Makes an epoch's end safe; it is planned.
   *
   * @param stateSequence where its changes end in the journal of the state
   */
  void commit(EpochPlan plan, EpochResult result, long stateSequence, Optional<Ingested> ingested);

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
        public Optional<Unfinished> unfinished(List<SourceDriver> sources) {
          return Optional.empty();
        }

        @Override
        public int plan(EpochPlan plan, Optional<Ingested> ingested) {
          return 0;
        }

        @Override
        public void commit(
            EpochPlan plan, EpochResult result, long stateSequence, Optional<Ingested> ingested) {}

        @Override
        public void clean(List<SourceDriver> sources) {}

        @Override
        public void close() {}
      };
}
