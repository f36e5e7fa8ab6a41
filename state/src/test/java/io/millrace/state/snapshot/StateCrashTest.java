package io.millrace.state.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.storage.CrashAt;
import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.DiskModel;
import io.millrace.state.storage.DiskModel.Outcome;
import io.millrace.state.storage.Folders;
import io.millrace.state.storage.PointedStorage;
import io.millrace.state.storage.RecordingStorage;
import io.millrace.state.storage.UnforcedStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whenever the process or the power goes, the next start finds the state of the last commit. */
class StateCrashTest {
  private static final int EPOCHS_BEFORE_RESTART = 6;

  /** Small, for several segments. */
  private static final int SEGMENT_BYTES = 1500;

  @TempDir Path parent;

  private final Random random = new Random(12);
  private DiskModel disk;
  private MiniatureState query;
  private int states;
  private int steps;

  /** Of so many steps the power goes at one; all steps are looked at. */
  private int everyStep;

  private static JournalOptions options(JournalKind kind, Durability durability) {
    return new JournalOptions(kind, durability, SEGMENT_BYTES);
  }

  @ParameterizedTest
  @CsvSource({"FILE, false, 15, 13, 60", "FILE, true, 15, 13, 60", "CHRONICLE, false, 12, 37, 20"})
  void whateverAPowerCutLeavesTheStateIsExact(
      JournalKind kind, boolean folds, int epochs, int every, int leastStates) throws IOException {
    run(options(kind, Durability.DISK), folds, epochs, every);
    assertThat(query.report().written()).isPositive();
    assertThat(states).as("states of %d steps", steps).isGreaterThan(leastStates);
  }

  @ParameterizedTest
  @EnumSource
  void withoutForcesSomethingIsLost(JournalKind kind) {
    assertThatThrownBy(
            () -> run(options(kind, Durability.PROCESS), false, EPOCHS_BEFORE_RESTART + 1, 3))
        .isInstanceOf(AssertionError.class);
  }

  private static MiniatureState folding(boolean folds, MiniatureState query) {
    return folds ? query.folding() : query;
  }

  private void run(JournalOptions options, boolean folds, int epochs, int every)
      throws IOException {
    Path directory = Files.createDirectories(parent.resolve("disk")).toAbsolutePath();
    disk = new DiskModel(directory);
    everyStep = every;
    RecordingStorage storage = new RecordingStorage(disk, this::powerCut);
    query =
        folding(
            folds,
            new MiniatureState(directory.resolve("ck"), storage, options, point -> powerCut()));
    query.run(EPOCHS_BEFORE_RESTART);
    query.run(epochs);
  }

  private void powerCut() {
    disk.look();
    steps++;
    if (steps % everyStep != 0) {
      return;
    }
    after(Outcome.NONE);
    after(Outcome.ALL);
    after(Outcome.PREFIX);
    after(Outcome.RANDOM);
  }

  private void after(Outcome outcome) {
    states++;
    Path left = parent.resolve("left");
    disk.materialize(outcome, random, left);
    String description = "step " + steps + ", " + outcome;
    try {
      // The kind that opens fastest; it reads both.
      MiniatureState after =
          new MiniatureState(
              left.resolve("ck"),
              new UnforcedStorage(),
              options(JournalKind.FILE, Durability.DISK),
              CrashPoints.NONE);
      long found = after.run(query.acknowledged() + 3);
      assertThat(found).as(description).isGreaterThanOrEqualTo(query.acknowledged());
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(description, e);
    }
    Folders.delete(left);
  }

  @ParameterizedTest
  @CsvSource({"FILE, false", "FILE, true", "CHRONICLE, false"})
  void aDeadProcessLeavesTheStateOfTheLastCommit(JournalKind kind, boolean folds) {
    for (CrashPoint point : CrashPoint.values()) {
      boolean crashed = true;
      for (int hit = 1; hit <= 6 && crashed; hit += 5) {
        crashed = crash(options(kind, Durability.DISK), folds, point, hit);
      }
    }
  }

  /** What is thrown where a snapshot is written ends the snapshot only. */
  private boolean crash(JournalOptions options, boolean folds, CrashPoint point, int hit) {
    Path checkpoint =
        parent.resolve(options.durability() + "-" + point + hit); // one after the other
    CrashAt crash = new CrashAt(point, hit);
    MiniatureState crashing =
        folding(folds, new MiniatureState(checkpoint, new UnforcedStorage(), options, crash));
    try {
      crashing.run(12);
    } catch (CrashAt.Crash e) {
      assertThat(crash.crashed()).isTrue();
    }
    MiniatureState after =
        new MiniatureState(checkpoint, new UnforcedStorage(), options, CrashPoints.NONE);
    String description = options + " " + point + " " + hit;
    assertThat(after.run(14)).as(description).isGreaterThanOrEqualTo(crashing.acknowledged());
    assertThat(after.run(18)).as(description).isEqualTo(13);
    return crash.crashed();
  }

  @ParameterizedTest
  @CsvSource({"FILE, false", "FILE, true", "CHRONICLE, false"})
  void everyStepHasItsPoints(JournalKind kind, boolean folds) throws IOException {
    PointedStorage storage = new PointedStorage();
    Path checkpoint = parent.resolve("ck");
    for (int epochs : new int[] {9, 30}) {
      MiniatureState pointed =
          folding(
              folds,
              new MiniatureState(checkpoint, storage, options(kind, Durability.DISK), storage));
      pointed.run(epochs);
      assertThat(pointed.report().written()).isPositive();
      assertThat(pointed.report().failed()).isZero();
      Path state = checkpoint.resolve("state");
      Files.write(state.resolve("snapshot-00000000000000000099"), new byte[9]); // not committed
      Files.write(state.resolve("snapshot-00000000000000000098.tmp"), new byte[9]);
    }
    assertThat(storage.requireAllPointed())
        .contains(
            CrashPoint.BEFORE_APPEND,
            CrashPoint.BEFORE_FILE_WRITE,
            CrashPoint.BEFORE_FORCE,
            CrashPoint.BEFORE_RENAME,
            CrashPoint.BEFORE_DELETE);
  }
}
