package io.millrace.runtime;

import io.millrace.physical.WatermarkClock;
import io.millrace.spi.InputRange;
import io.millrace.state.journal.RecoveryReport;
import io.millrace.state.offsets.Checkpoint;
import io.millrace.state.offsets.Commit;
import io.millrace.state.offsets.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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

  /** Tells the sources of everything that was ever planned. */
  void restore(List<SourceDriver> sources) {
    checkpoint.memory(ranges -> restore(sources, ranges));
    checkpoint.plans(plan -> restore(sources, plan.ranges()));
  }

  private static void restore(List<SourceDriver> sources, List<String> ranges) {
    for (SourceDriver source : sources) {
      String range = ranges.get(source.index());
      if (!range.isEmpty()) {
        source.restore(InputRangeText.parse(range));
      }
    }
  }

  @Override
  public long nextEpoch() {
    return checkpoint.nextEpoch();
  }

  @Override
  public EpochPlan unfinished(List<SourceDriver> sources) {
    Optional<Plan> plan = checkpoint.uncommittedPlan();
    if (plan.isEmpty()) {
      return null;
    }
    InputRange[] ranges = new InputRange[sources.size()];
    for (int i = 0; i < ranges.length; i++) {
      String text = plan.get().ranges().get(i);
      ranges[i] = text.isEmpty() ? null : InputRangeText.parse(text);
    }
    plannedEpoch = plan.get().epoch();
    checksum = checkpoint.planChecksum();
    return new EpochPlan(plannedEpoch, plan.get().arrivalTimeUs(), ranges, new long[ranges.length]);
  }

  @Override
  public int plan(EpochPlan plan) {
    if (plan.epoch() != plannedEpoch) {
      List<String> ranges = new ArrayList<>(plan.ranges().length);
      for (InputRange range : plan.ranges()) {
        ranges.add(range == null ? "" : InputRangeText.of(range));
      }
      checksum = checkpoint.plan(new Plan(plan.epoch(), plan.arrivalTimeUs(), ranges));
      plannedEpoch = plan.epoch();
    }
    return checksum;
  }

  @Override
  public void commit(EpochPlan plan, EpochResult result) {
    checkpoint.commit(
        new Commit(
            plan.epoch(),
            result.state().watermarkUs(),
            result.receipt(),
            checksum,
            result.state().sequence(),
            inputTimes(result.state())));
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
