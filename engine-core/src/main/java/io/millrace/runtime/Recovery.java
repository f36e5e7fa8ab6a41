package io.millrace.runtime;

import io.millrace.spi.Clock;
import io.millrace.spi.InputRange;
import io.millrace.spi.RowBatch;
import io.millrace.spi.Sink;
import io.millrace.state.ingest.IngestVisitor;
import io.millrace.vector.column.Block;
import java.util.List;
import java.util.Optional;

/**
 * Takes in again what an earlier run had taken in and not committed: the same input in the same
 * batches and epochs, so that the same rows leave the query.
 */
final class Recovery implements IngestVisitor {
  private final Sequencer sequencer;
  private final List<SourceDriver> sources;
  private final EpochEnd ends;
  private final Clock clock;
  private final RowBatch batch = new RowBatch();
  private final Optional<EpochLog.Unfinished> unfinished;
  private EpochPlan plan;
  private EpochStart start;
  private long nextEpoch;
  private boolean inBatch;
  private boolean done;

  Recovery(Sequencer sequencer, EpochLog log, EpochEnd ends, Clock clock) {
    this.sequencer = sequencer;
    this.sources = sequencer.sources();
    this.ends = ends;
    this.clock = clock;
    this.unfinished = log.unfinished(sources);
    InputLog input = sequencer.input();
    this.done = unfinished.isEmpty() && (input == null || !input.hasUncommitted());
  }

  /** Whether there is nothing to do, or it is done. */
  boolean isDone() {
    return done;
  }

  /** Does it, unless it is done; may leave an epoch open, see {@link #open}. */
  void run() {
    if (isDone()) {
      return;
    }
    done = true;
    if (unfinished.isPresent() && unfinished.get().ingestEnd() < 0) {
      runPlanned();
    }
    InputLog input = sequencer.input();
    if (input != null) {
      input.replay(this);
      endBatch();
      if (plan != null && isPlanned(plan.epoch())) {
        end(input.position().sequence());
      }
    }
  }

  /**
   * The epoch that had not ended, for its planner to go on with or to end; null if there is none.
   */
  EpochPlan open() {
    return plan;
  }

  /** The epoch behind all that were found. */
  long nextEpoch() {
    return nextEpoch;
  }

  /** How it began. */
  EpochStart openStart() {
    return start;
  }

  private boolean isPlanned(long epoch) {
    return unfinished.isPresent() && unfinished.get().plan().epoch() == epoch;
  }

  /** An epoch whose plan came first is one batch. */
  private void runPlanned() {
    EpochLog.Unfinished epoch = unfinished.get();
    begin(epoch.plan());
    sequencer.transport().arrivedAt(plan.arrivalTimeUs(), clock.nanoTime());
    for (SourceDriver source : sources) {
      plan.ranges().get(source.index()).forEach(range -> sequencer.readAgain(source, range));
    }
    sequencer.transport().endBatch();
    InputLog input = sequencer.input();
    long nothing = input == null ? 0 : input.committedSequence();
    end(nothing);
  }

  private void begin(EpochPlan epoch) {
    plan = epoch;
    nextEpoch = epoch.epoch() + 1;
    start = new EpochStart(clock.nowUs(), 0, 0, clock.nanoTime());
    int checksum = isPlanned(plan.epoch()) ? unfinished.get().checksum() : Sink.UNPLANNED;
    sequencer.transport().beginEpoch(plan.epoch(), checksum);
  }

  private void end(long sequence) {
    InputLog input = sequencer.input();
    ends.end(
        plan, start, input == null ? Optional.empty() : Optional.of(input.positionAt(sequence)));
    ends.await();
    plan = null;
  }

  @Override
  public void batch(long sequence, long epoch, long arrivalTimeUs) {
    endBatch();
    if (plan != null && plan.epoch() != epoch) {
      end(sequence);
    }
    if (plan == null) {
      begin(EpochPlan.empty(epoch, arrivalTimeUs, sources.size()));
    }
    sequencer.transport().arrivedAt(arrivalTimeUs, clock.nanoTime());
    inBatch = true;
  }

  private void endBatch() {
    if (inBatch) {
      inBatch = false;
      sequencer.transport().endBatch();
      sequencer.transport().release();
    }
  }

  @Override
  public void rows(int input, String producer, long firstSequence, Block rows) {
    batch.set(rows, 0, rows.rowCount());
    if (input < sources.size()) {
      sequencer.transport().send(sources.get(input), batch);
    } else {
      sequencer.transport().sendRejects(sources.get(input - sources.size()), batch);
    }
  }

  @Override
  public void range(int input, String text) {
    InputRange range = InputRangeText.parse(text);
    SourceDriver source = sources.get(input);
    plan.add(source, range);
    sequencer.readAgain(source, range);
  }
}
