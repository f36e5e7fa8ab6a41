package io.millrace.state.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.DiskModel;
import io.millrace.state.storage.DiskModel.Outcome;
import io.millrace.state.storage.RecordingStorage;
import io.millrace.state.storage.UnforcedStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power goes at every step of a run with a restart in it, and of the writes that are not safe
 * then, some are there, some not, some in part: whatever the disk holds, the query goes on from it,
 * knows every epoch whose commit had returned, and its output is right.
 */
class CrashStatesTest {
  private static final int EPOCHS_BEFORE_RESTART = 7;
  private static final int MORE_EPOCHS = 3;

  /** Small, for several segments and a memory. */
  private static final int SEGMENT_BYTES = 700;

  @TempDir Path parent;

  private final Random random = new Random(11);
  private DiskModel disk;
  private MiniatureQuery.Sink sink;
  private int states;
  private int steps;

  @ParameterizedTest
  @CsvSource({"FILE, 24, 7000", "CHRONICLE, 12, 3500"})
  void whateverAPowerCutLeavesTheQueryGoesOnExactly(JournalKind kind, int epochs, int leastStates)
      throws IOException {
    run(new JournalOptions(kind, Durability.DISK, SEGMENT_BYTES), epochs);
    assertThat(sink.output()).isEqualTo(MiniatureQuery.letters(epochs));
    assertThat(states).as("states of %d steps", steps).isGreaterThan(leastStates);
  }

  @ParameterizedTest
  @EnumSource(JournalKind.class)
  void withoutForcesSomethingIsLost(JournalKind kind) {
    JournalOptions options = new JournalOptions(kind, Durability.PROCESS, SEGMENT_BYTES);
    assertThatThrownBy(() -> run(options, EPOCHS_BEFORE_RESTART + 1))
        .isInstanceOf(AssertionError.class);
  }

  private void run(JournalOptions options, int epochs) throws IOException {
    Path directory = Files.createDirectories(parent.resolve("disk")).toAbsolutePath();
    disk = new DiskModel(directory);
    sink = new MiniatureQuery.Sink();
    RecordingStorage storage = new RecordingStorage(disk, this::powerCut);
    Path checkpoint = directory.resolve("ck");
    for (int stop : new int[] {EPOCHS_BEFORE_RESTART, epochs}) {
      new MiniatureQuery(checkpoint, storage, options, point -> powerCut()).run(sink, stop);
    }
  }

  private void powerCut() {
    disk.look();
    steps++;
    int some = Math.min(3, 1 + disk.unsafeWrites());
    after(Outcome.NONE, 1);
    after(Outcome.ALL, 1);
    after(Outcome.PREFIX, some);
    after(Outcome.ALL_BUT_ONE, some);
    after(Outcome.RANDOM, some);
  }

  private void after(Outcome outcome, int times) {
    for (int i = 0; i < times; i++) {
      states++;
      Path left = parent.resolve("left");
      disk.materialize(outcome, random, left);
      MiniatureQuery.Sink after = sink.copy();
      // The kind that opens fastest; it reads both.
      JournalOptions options = new JournalOptions(JournalKind.FILE, Durability.DISK, SEGMENT_BYTES);
      int epochs = after.output().length() + MORE_EPOCHS;
      String description = "step " + steps + ", " + outcome + " " + i;
      try {
        long found =
            new MiniatureQuery(left.resolve("ck"), new UnforcedStorage(), options, CrashPoints.NONE)
                .run(after, epochs);
        assertThat(found).as(description).isGreaterThanOrEqualTo(sink.acknowledged());
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(description, e);
      }
      assertThat(after.output()).as(description).isEqualTo(MiniatureQuery.letters(epochs));
      delete(left);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
