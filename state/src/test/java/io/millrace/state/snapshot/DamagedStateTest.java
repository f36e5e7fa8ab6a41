package io.millrace.state.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.offsets.CheckpointInspection;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Folders;
import io.millrace.state.storage.UnforcedStorage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a disk or a hand may do to the files of a state: the next start is exact, or refuses by
 * path; and `verify` says beforehand which of the two.
 */
class DamagedStateTest {
  private static final int EPOCHS = 43;

  @TempDir Path parent;

  private Map<Path, byte[]> files;
  private int refused;
  private long fallbacks;

  private static MiniatureState query(Path directory, JournalKind kind) {
    return new MiniatureState(
        directory,
        new UnforcedStorage(),
        new JournalOptions(kind, Durability.DISK, 2000),
        CrashPoints.NONE);
  }

  private void run(JournalKind kind) {
    Path whole = parent.resolve("whole");
    query(whole, kind).run(EPOCHS);
    files = Folders.read(whole);
    assertThat(snapshots()).hasSize(2);
  }

  private List<Path> snapshots() {
    return files.keySet().stream()
        .filter(path -> path.getFileName().toString().startsWith("snapshot-"))
        .toList();
  }

  private Path lastSegment() {
    return files.keySet().stream()
        .filter(path -> path.startsWith("state/journal"))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  /** Starts on the files as they are, some of them changed or, with null, gone. */
  private boolean startWith(Map<Path, byte[]> changes, String how) {
    Path directory = parent.resolve("damaged");
    Map<Path, byte[]> damaged = new HashMap<>(files);
    damaged.putAll(changes);
    damaged.values().removeIf(bytes -> bytes == null);
    Folders.write(directory, damaged);
    boolean usable =
        CheckpointInspection.of(directory, new UnforcedStorage())
            .filter(CheckpointInspection::isUsable)
            .isPresent();
    try {
      MiniatureState query = query(directory, JournalKind.FILE);
      assertThat(query.run(EPOCHS + 1)).as(how).isEqualTo(EPOCHS - 1);
      fallbacks += query.report().fallbacks();
      assertThat(usable).as(how).isTrue();
      return true;
    } catch (MillraceException e) {
      assertThat(e.code()).as(how + ": " + e.getMessage()).isEqualTo(ErrorCode.CHECKPOINT);
      assertThat(e).as(how).hasMessageContaining(directory.resolve("state").toString());
      assertThat(e).as(how).hasMessageContaining("millrace checkpoint verify");
      assertThat(usable).as(how + ": " + e.getMessage()).isFalse();
      refused++;
      return false;
    } finally {
      Folders.delete(directory);
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneBadSnapshotIsPassedOver(JournalKind kind) {
    run(kind);
    Random random = new Random(8);
    Path newest = snapshots().getLast();
    byte[] bytes = files.get(newest);
    for (int length = 0; length < bytes.length; length += 1 + random.nextInt(60)) {
      Map<Path, byte[]> cut = Map.of(newest, Arrays.copyOf(bytes, length));
      assertThat(startWith(cut, "cut to " + length)).isTrue();
    }
    long cuts = fallbacks;
    assertThat(cuts).isGreaterThan(10);
    for (int i = 0; i < 40; i++) {
      byte[] flipped = bytes.clone();
      int bit = random.nextInt(bytes.length * 8);
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(startWith(Map.of(newest, flipped), "bit " + bit)).isTrue();
    }
    assertThat(fallbacks).isEqualTo(cuts + 40);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThat(startWith(Map.of(newest, longer), "longer")).isTrue();
    assertThat(fallbacks).isEqualTo(cuts + 41);
    assertThat(startWith(changes(newest, null), "deleted")).isTrue();
    Path older = snapshots().getFirst();
    assertThat(startWith(changes(older, null), "the older one deleted")).isTrue();
  }

  private static Map<Path, byte[]> changes(Path path, byte[] bytes) {
    Map<Path, byte[]> changes = new HashMap<>();
    changes.put(path, bytes);
    return changes;
  }

  @ParameterizedTest
  @EnumSource
  void withoutAnySnapshotTheDroppedChangesAreMissed(JournalKind kind) {
    run(kind);
    Map<Path, byte[]> bad = new HashMap<>();
    snapshots().forEach(path -> bad.put(path, new byte[7]));
    assertThat(startWith(bad, "both cut")).isFalse();
    snapshots().forEach(path -> bad.put(path, null));
    assertThat(startWith(bad, "both deleted")).isFalse();
    // Another one's bytes under this one's name.
    bad.clear();
    bad.put(snapshots().getLast(), files.get(snapshots().getFirst()));
    assertThat(startWith(bad, "another epoch's")).isTrue();
    assertThat(fallbacks).isEqualTo(1);
  }

  @Test
  void aLastDeltaTornAtEveryByteIsNeverHalfApplied() {
    run(JournalKind.FILE);
    Path last = lastSegment();
    byte[] bytes = files.get(last);
    for (int length = 0; length < bytes.length; length++) {
      Map<Path, byte[]> cut = Map.of(last, Arrays.copyOf(bytes, length));
      assertThat(startWith(cut, last + " cut to " + length)).isFalse();
    }
    assertThat(refused).isEqualTo(bytes.length);
  }

  @ParameterizedTest
  @EnumSource
  void flippedBitsOfChangesAndSchemaAreNoticed(JournalKind kind) {
    run(kind);
    Random random = new Random(6);
    List<Path> paths =
        files.keySet().stream()
            .filter(path -> path.startsWith("state") && !snapshots().contains(path))
            .toList();
    for (int i = 0; i < 60; i++) {
      Path path = paths.get(random.nextInt(paths.size()));
      byte[] flipped = files.get(path).clone();
      int bit = random.nextInt(flipped.length * 8);
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      startWith(Map.of(path, flipped), path + " bit " + bit);
    }
    assertThat(refused).isPositive();
  }

  @Test
  void whatIsMissingIsNamed() {
    run(JournalKind.FILE);
    for (Path path : files.keySet()) {
      // The first segment is for the older snapshot, if the newer one should be bad.
      if (path.endsWith("schema.json") || path.equals(lastSegment())) {
        assertThat(startWith(changes(path, null), path + " deleted")).as("%s", path).isFalse();
      }
    }
  }

  @Test
  void aStateThatNeverWasIsMissedByACommitThatKnowsIt() {
    run(JournalKind.FILE);
    files.keySet().removeIf(path -> path.startsWith("state"));
    assertThat(startWith(Map.of(), "no state")).isFalse();
    assertThatThrownBy(
            () -> {
              Folders.write(parent.resolve("again"), files);
              query(parent.resolve("again"), JournalKind.FILE).run(EPOCHS);
            })
        .hasMessageContaining("schema.json: damaged: it is missing");
  }
}
