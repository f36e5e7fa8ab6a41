package io.millrace.state.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.state.journal.Durability;
import io.millrace.state.journal.FileFinding;
import io.millrace.state.journal.FileFinding.State;
import io.millrace.state.journal.Journal;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.journal.Journals;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.ForwardingStorage;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageFile;
import io.millrace.state.storage.StorageLock;
import io.millrace.state.storage.UnforcedStorage;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointInspectionTest {
  private static final String FIRST = "00000000000000000000.journal";

  /** A machine on which reading is all that works. */
  private static final Storage READ_ONLY =
      new ForwardingStorage() {
        @Override
        public StorageFile open(Path path, OpenMode mode) {
          assertThat(mode).isEqualTo(OpenMode.READ);
          return super.open(path, mode);
        }

        @Override
        public void rename(Path from, Path to) {
          throw new AssertionError("rename " + from);
        }

        @Override
        public void delete(Path path) {
          throw new AssertionError("delete " + path);
        }

        @Override
        public void createDirectories(Path path) {
          throw new AssertionError("create " + path);
        }

        @Override
        public void forceDirectory(Path path) {
          throw new AssertionError("force " + path);
        }

        @Override
        public StorageLock lock(Path file) {
          throw new AssertionError("lock " + file);
        }
      };

  @TempDir Path parent;

  private Path directory() {
    return parent.resolve("ck");
  }

  private Path segment(String name) {
    return directory().resolve("offsets").resolve(name);
  }

  private static JournalOptions options(JournalKind kind, long segmentBytes) {
    return new JournalOptions(kind, Durability.DISK, segmentBytes);
  }

  private Checkpoint open(JournalOptions options) {
    CheckpointMetadata query =
        new CheckpointMetadata(
            UUID.fromString("9f2c41d7-0000-0000-0000-000000000001"),
            "Millrace 0.1",
            List.of("Scan"),
            List.of("a", "b"),
            "json");
    return Checkpoint.open(directory(), query, new UnforcedStorage(), options, CrashPoints.NONE);
  }

  private static void run(Checkpoint checkpoint, int epochs) {
    for (int i = 0; i < epochs; i++) {
      long epoch = checkpoint.nextEpoch();
      Plan plan = new Plan(epoch, epoch, List.of("a" + epoch, epoch == 1 ? "b1" : ""));
      checkpoint.commit(new Commit(epoch, epoch * 10, "", checkpoint.plan(plan)));
    }
  }

  private void write(JournalOptions options, int epochs) {
    try (Checkpoint checkpoint = open(options)) {
      run(checkpoint, epochs);
    }
  }

  private CheckpointInspection inspect() {
    return CheckpointInspection.of(directory(), READ_ONLY).orElseThrow();
  }

  private FileFinding damage() {
    CheckpointInspection found = inspect();
    assertThat(found.isUsable()).isFalse();
    assertThatThrownBy(() -> open(options(JournalKind.FILE, 1 << 20)))
        .isInstanceOf(MillraceException.class);
    List<FileFinding> damaged = found.findings().stream().filter(FileFinding::isDamaged).toList();
    assertThat(damaged).hasSize(1);
    return damaged.getFirst();
  }

  @ParameterizedTest
  @EnumSource(JournalKind.class)
  void itTellsHowFarAQueryHasComeAndWritesNothing(JournalKind kind) {
    JournalOptions options = options(kind, 1 << 20);
    write(options, 5);
    try (Checkpoint checkpoint = open(options)) {
      checkpoint.plan(new Plan(5, 0, List.of("", "b5")));
    }

    CheckpointInspection found = inspect();

    assertThat(found.isUsable()).isTrue();
    assertThat(found.holder()).isEmpty();
    assertThat(found.metadata().orElseThrow().sources()).containsExactly("a", "b");
    assertThat(found.kinds()).containsExactly(kind);
    assertThat(found.firstEpoch()).hasValue(0);
    assertThat(found.lastPlanned()).hasValue(5);
    assertThat(found.uncommitted()).hasValue(5);
    assertThat(found.lastCommit().orElseThrow().watermarkUs()).isEqualTo(40);
    assertThat(found.lastRanges()).containsExactly("a4", "b5");
    assertThat(found.records()).isEqualTo(11);
    assertThat(found.findings()).extracting(FileFinding::state).containsOnly(State.OK);
    assertThat(found.sizes().all())
        .isGreaterThanOrEqualTo(found.sizes().journal() + found.sizes().metadata());
  }

  @Test
  void whatMemoryStandsForIsKnown() {
    JournalOptions options = options(JournalKind.FILE, 600);
    try (Checkpoint checkpoint = open(options)) {
      for (int i = 0; i < 200; i++) {
        run(checkpoint, 1);
        checkpoint.clean(() -> List.of(List.of("", "b1")).iterator());
      }
    }
    CheckpointInspection found = inspect();
    assertThat(found.isUsable()).isTrue();
    assertThat(found.firstEpoch().orElseThrow()).isPositive();
    assertThat(found.lastRanges()).containsExactly("a199", "b1");

    List<Path> segments = found.findings().stream().skip(1).map(FileFinding::file).toList();
    assertThat(segments).hasSizeGreaterThan(2);
  }

  @Test
  void oneThatIsOpenIsInUseAndItsEndIsBeingWritten() throws IOException {
    try (Checkpoint checkpoint = open(options(JournalKind.CHRONICLE, 1 << 20))) {
      run(checkpoint, 3);
      CheckpointInspection found = inspect();
      assertThat(found.holder()).contains("pid " + ProcessHandle.current().pid());
      assertThat(found.isUsable()).isTrue();
      assertThat(found.lastPlanned()).hasValue(2);
    }
    assertThat(inspect().holder()).isEmpty();
  }

  @Test
  void anUnfinishedEndIsHarmless() throws IOException {
    write(options(JournalKind.FILE, 1 << 20), 3);
    byte[] whole = Files.readAllBytes(segment(FIRST));
    Files.write(segment(FIRST), Arrays.copyOf(whole, whole.length - 7));
    FileFinding finding = inspect().findings().getLast();
    assertThat(finding.state()).isEqualTo(State.UNFINISHED);
    assertThat(finding.records()).isEqualTo(5);
    assertThat(finding.position() + finding.badBytes()).isEqualTo(whole.length - 7);
    assertThat(finding.reason()).contains("the payload has ");
    try (Checkpoint checkpoint = open(options(JournalKind.FILE, 1 << 20))) {
      assertThat(checkpoint.recovery().cut().orElseThrow().position())
          .isEqualTo(finding.position());
    }
  }

  @Test
  void damageNamesFilePositionAndWhatStandsBehind() throws IOException {
    write(options(JournalKind.FILE, 1 << 20), 3);
    byte[] bytes = Files.readAllBytes(segment(FIRST));
    bytes[60] ^= 1;
    Files.write(segment(FIRST), bytes);
    FileFinding damage = damage();
    assertThat(damage.file()).isEqualTo(segment(FIRST));
    assertThat(damage.position()).isZero();
    assertThat(damage.readableRecords()).isEqualTo(5);
    assertThat(damage.reason()).contains("the payload's checksum is wrong", "had been made safe");
    assertThatThrownBy(() -> open(options(JournalKind.FILE, 1 << 20)))
        .hasMessageContaining("`millrace checkpoint verify`");
  }

  @Test
  void aMissingSegmentIsAGapAndTheOthersAreStillLookedAt() throws IOException {
    write(options(JournalKind.FILE, 300), 12);
    List<FileFinding> segments = inspect().findings();
    assertThat(segments.size()).isGreaterThan(5);
    Files.delete(segments.get(2).file());
    FileFinding damage = damage();
    assertThat(damage.file()).isEqualTo(segments.get(3).file());
    assertThat(damage.reason()).contains("should come next");
    assertThat(damage.records()).isEqualTo(segments.get(3).records());
    assertThatThrownBy(() -> open(options(JournalKind.FILE, 300)))
        .hasMessageContaining("should come next")
        .hasMessageContaining("`millrace checkpoint verify`");
  }

  @Test
  void aMissingBeginningIsDamage() throws IOException {
    write(options(JournalKind.FILE, 300), 12);
    Files.delete(segment(FIRST));
    assertThat(damage().reason()).contains("nothing stands for them");
  }

  @Test
  void recordsThatDoNotMakeAHistoryAreDamage() {
    write(options(JournalKind.FILE, 1 << 20), 2);
    try (Journal journal =
        Journals.open(
            directory().resolve("offsets"),
            new UnforcedStorage(),
            options(JournalKind.FILE, 1 << 20),
            CrashPoints.NONE)) {
      journal.append(EpochFormat.PLAN, 7, EpochFormat.encode(new Plan(7, 0, List.of())));
    }
    assertThat(damage())
        .isEqualTo(
            FileFinding.damaged(
                directory().resolve("offsets"),
                0,
                "record 4: epoch 7 is planned in the place of epoch 2"));
    assertThatThrownBy(() -> open(options(JournalKind.FILE, 1 << 20)))
        .hasMessageContaining("`millrace checkpoint verify " + directory() + "`");
  }

  @Test
  void aNewerFormatIsRefused() throws IOException {
    write(options(JournalKind.FILE, 1 << 20), 1);
    byte[] bytes = Files.readAllBytes(segment(FIRST));
    bytes[4] = 2;
    ByteBuffer.wrap(bytes).putInt(44, EpochFormat.checksum(ByteBuffer.wrap(bytes, 0, 44)));
    Files.write(segment(FIRST), bytes);
    assertThat(damage().reason()).contains("written in journal format 2");
  }

  @Test
  void metadataIsVerifiedAndMissed() throws IOException {
    write(options(JournalKind.FILE, 1 << 20), 2);
    Path metadata = directory().resolve("metadata.json");
    byte[] bytes = Files.readAllBytes(metadata);
    bytes[20] ^= 1;
    Files.write(metadata, bytes);
    assertThat(damage().reason()).startsWith("damaged: its checksum is wrong");
    Files.delete(metadata);
    assertThat(damage().file()).isEqualTo(metadata);
  }

  @Test
  void metadataWithoutAJournalIsDamage() throws IOException {
    write(options(JournalKind.FILE, 1 << 20), 2);
    Files.delete(segment(FIRST));
    assertThat(damage().reason()).isEqualTo("no journal is there");
  }

  @Test
  void whatACrashLeftOverIsSaid() throws IOException {
    write(options(JournalKind.FILE, 1 << 20), 2);
    Files.createDirectory(segment("00000000000000000000.queue"));
    CheckpointInspection found = inspect();
    assertThat(found.isUsable()).isTrue();
    assertThat(found.findings().getLast().state()).isEqualTo(State.LEFT_OVER);
    assertThat(found.records()).isEqualTo(4);
  }

  @Test
  void oneThatWasOnlyBegunIsNone() throws IOException {
    write(options(JournalKind.FILE, 1 << 20), 2);
    Files.delete(directory().resolve("metadata.json"));
    byte[] bytes = Files.readAllBytes(segment(FIRST));
    Files.write(segment(FIRST), Arrays.copyOf(bytes, 50));
    assertThat(CheckpointInspection.of(directory(), READ_ONLY)).isEmpty();
    Files.write(segment(FIRST), Arrays.copyOf(bytes, 300));
    assertThat(damage().file()).isEqualTo(directory().resolve("metadata.json"));
  }

  @Test
  void whereNoCheckpointIsNoneIsFound() throws IOException {
    assertThat(CheckpointInspection.of(directory(), READ_ONLY)).isEmpty();
    Files.createDirectory(directory());
    assertThat(CheckpointInspection.of(directory(), READ_ONLY)).isEmpty();
    Path file = Files.writeString(parent.resolve("file"), "");
    assertThat(CheckpointInspection.of(file, READ_ONLY)).isEmpty();
  }

  @Test
  void aQueryThatDropsFilesMeanwhileIsLookedAtAgain() throws IOException {
    write(options(JournalKind.FILE, 300), 12);
    Storage dropping =
        new ForwardingStorage() {
          private int reads;

          @Override
          public StorageFile open(Path path, OpenMode mode) {
            if (reads++ == 0) {
              return super.open(path.resolveSibling("dropped"), mode);
            }
            return super.open(path, mode);
          }
        };
    try (StorageLock lock = new LocalStorage().lock(directory().resolve("lock"))) {
      assertThat(lock).isNotNull();
      CheckpointInspection found = CheckpointInspection.of(directory(), dropping).orElseThrow();
      assertThat(found.isUsable()).isTrue();
      assertThat(found.lastPlanned()).hasValue(11);
    }
  }
}
