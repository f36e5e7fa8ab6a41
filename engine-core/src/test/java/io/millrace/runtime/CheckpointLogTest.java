package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.InputRange;
import io.millrace.spi.RangeReader;
import io.millrace.spi.ReadLimit;
import io.millrace.spi.ReplayableSource;
import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.offsets.Checkpoint;
import io.millrace.state.offsets.CheckpointMetadata;
import io.millrace.state.offsets.Commit;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.LocalStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sources are told at a start when plans have been cleaned away. */
class CheckpointLogTest {
  private static final int EPOCHS = 400;
  private static final String DETAIL = "x".repeat(20_000);

  @TempDir Path directory;

  /** Its newest range says all. */
  private static class OffsetSource implements ReplayableSource {
    final List<String> restored = new ArrayList<>();

    @Override
    public void restore(InputRange range) {
      restored.add(range.end());
    }

    @Override
    public Optional<InputRange> plan(ReadLimit limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RangeReader open(InputRange range) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String description() {
      return "test";
    }

    @Override
    public void fixEnd() {}

    @Override
    public void close() {}
  }

  /** Remembers more than its newest range. */
  private static final class ListSource extends OffsetSource {
    @Override
    public Iterator<InputRange> memory(InputRange newest) {
      return List.of(new InputRange("a", "a", ""), new InputRange("b", newest.end(), ""))
          .iterator();
    }
  }

  private static SourceDriver driver(int index, ReplayableSource source) {
    return new SourceDriver(index, "s" + index, source, null, null, null, null);
  }

  private CheckpointLog open() {
    CheckpointMetadata metadata =
        new CheckpointMetadata(
            UUID.randomUUID(), "test", List.of("Scan"), List.of("a", "b", "c", "d"), "sink");
    return new CheckpointLog(
        Checkpoint.open(
            directory,
            metadata,
            new LocalStorage(),
            new JournalOptions(JournalKind.FILE, Durability.PROCESS),
            CrashPoints.NONE));
  }

  @Test
  void everySourceIsToldOfItsNewestRangeHoweverLongAgoThatWas() {
    List<OffsetSource> fakes =
        List.of(new OffsetSource(), new OffsetSource(), new ListSource(), new OffsetSource());
    List<SourceDriver> sources = new ArrayList<>();
    fakes.forEach(fake -> sources.add(driver(sources.size(), fake)));
    try (CheckpointLog log = open()) {
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        EpochPlan plan = EpochPlan.empty(epoch, epoch, 4);
        plan.add(sources.get(0), new InputRange("" + epoch, "" + (epoch + 1), DETAIL));
        if (epoch == 0) {
          plan.add(sources.get(1), new InputRange("0", "only", ""));
          plan.add(sources.get(2), new InputRange("0", "listed", ""));
        }
        for (SourceDriver source : sources) {
          // As planning does, the driver keeps it.
          plan.ranges().get(source.index()).forEach(source::restore);
        }
        EpochResult result =
            new EpochResult(new long[1], new long[1], 0, null, "", StateReport.NONE);
        log.plan(plan, Optional.empty());
        log.commit(plan, result, Commit.NO_STATE, Optional.empty());
        log.clean(sources);
      }
    }
    fakes.forEach(fake -> fake.restored.clear());
    try (CheckpointLog log = open()) {
      log.restore(sources);
      assertThat(log.nextEpoch()).isEqualTo(EPOCHS);
    }
    assertThat(fakes.get(0).restored).endsWith("" + EPOCHS).hasSizeLessThan(EPOCHS - 10);
    assertThat(fakes.get(1).restored).isNotEmpty().containsOnly("only");
    assertThat(fakes.get(2).restored).startsWith("a", "listed").containsOnly("a", "listed");
    assertThat(fakes.get(3).restored).isEmpty();
  }
}
