package io.millrace.runtime;

import io.millrace.physical.WatermarkClock;
import io.millrace.spi.InputRange;
import io.millrace.state.journal.RecoveryReport;
import io.millrace.state.offsets.Checkpoint;
import io.millrace.state.offsets.Commit;
import io.millrace.state.offsets.Ingested;
import io.millrace.state.offsets.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;

/** Plans and commits in a checkpoint's offsets journal. */
final class CheckpointLog implements EpochLog {
  private final Checkpoint checkpoint;
  private int checksum;
  private long plannedEpoch = -1;

  CheckpointLog(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  /** The query's id, the same at every start. */
  UUID queryId() {
    return checkpoint.metadata().queryId();
  }

  /** The unfinished end that opening the journal took away. */
  Optional<RecoveryReport.Cut> cut() {
    return checkpoint.recovery().cut();
  }

  /** The last committed epoch; -1 if there is none. */
  long committedEpoch() {
    return checkpoint.lastCommittedEpoch().orElse(-1);
  }

  Optional<Commit> lastCommit() {
    return checkpoint.lastCommit();
  }

  /** How far each watermarked input had come at the last commit. */
  List<WatermarkClock.Progress> eventTimes() {
    List<Long> times = lastCommit().map(Commit::inputTimes).orElse(List.of());
    List<WatermarkClock.Progress> inputs = new ArrayList<>();
    for (int i = 0; i + 1 < times.size(); i += 2) {
      inputs.add(new WatermarkClock.Progress(times.get(i), times.get(i + 1)));
    }
    return inputs;
  }

  private static List<Long> inputTimes(StateReport state) {
    List<Long> times = new ArrayList<>();
    for (WatermarkClock.Progress input : state.inputs()) {
      times.add(input.maxUs());
      times.add(input.lastArrivalUs());
    }
    return times;
  }

  /** How far the last commit has come in the ingest journal. */
  Ingested ingested() {
    return lastCommit().flatMap(Commit::ingested).orElse(Ingested.NOTHING);
  }

  /** Tells the sources of everything that was ever planned. */
  void restore(List<SourceDriver> sources) {
    checkpoint.memory(ranges -> restore(sources, ranges));
    checkpoint.plans(plan -> restore(sources, plan.ranges()));
  }

  private static void restore(List<SourceDriver> sources, List<String> ranges) {
    for (SourceDriver source : sources) {
      ranges.get(source.index()).lines().map(InputRangeText::parse).forEach(source::restore);
    }
  }

  @Override
  public long nextEpoch() {
    return checkpoint.nextEpoch();
  }

  /** What an earlier run planned and did not commit. */
  Optional<Plan> uncommittedPlan() {
    return checkpoint.uncommittedPlan();
  }

  @Override
  public Optional<Unfinished> unfinished(List<SourceDriver> sources) {
    return checkpoint.uncommittedPlan().map(plan -> unfinished(plan, sources));
  }

  private Unfinished unfinished(Plan written, List<SourceDriver> sources) {
    EpochPlan plan = EpochPlan.empty(written.epoch(), written.arrivalTimeUs(), sources.size());
    for (SourceDriver source : sources) {
      written
          .ranges()
          .get(source.index())
          .lines()
          .map(InputRangeText::parse)
          .forEach(range -> plan.add(source, range));
    }
    plannedEpoch = plan.epoch();
    checksum = checkpoint.planChecksum();
    return new Unfinished(plan, checksum, written.ingestEnd().orElse(-1));
  }

  @Override
  public int plan(EpochPlan plan, Optional<Ingested> ingested) {
    if (plan.epoch() != plannedEpoch) {
      List<String> ranges = new ArrayList<>(plan.ranges().size());
      for (List<InputRange> ofSource : plan.ranges()) {
        ranges.add(ofSource.stream().map(InputRangeText::of).collect(Collectors.joining("\n")));
      }
      OptionalLong end = ingested.stream().mapToLong(Ingested::sequence).findAny();
      checksum = checkpoint.plan(new Plan(plan.epoch(), plan.arrivalTimeUs(), ranges, end));
      plannedEpoch = plan.epoch();
    }
    return checksum;
  }

  @Override
  public void commit(
      EpochPlan plan, EpochResult result, long stateSequence, Optional<Ingested> ingested) {
    checkpoint.commit(
        new Commit(
            plan.epoch(),
            result.state().watermarkUs(),
            result.receipt(),
            checksum,
            stateSequence,
            inputTimes(result.state()),
            ingested));
  }

  @Override
  public void clean(List<SourceDriver> sources) {
    checkpoint.clean(() -> new SourcesMemory(sources));
  }

  @Override
  public void close() {
    checkpoint.close();
  }
}
