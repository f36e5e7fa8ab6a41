package io.millrace.state.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.state.journal.Durability;
import io.millrace.state.journal.Journal;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.journal.Journals;
import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.UnforcedStorage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a checkpoint is kept small. */
class CheckpointRetentionTest {
  private static final int SEGMENT_BYTES = 8 << 10;

  private final Storage storage = new UnforcedStorage();
  private final Map<CrashPoint, Integer> reached = new EnumMap<>(CrashPoint.class);

  @TempDir Path parent;
  private Path directory;

  @BeforeEach
  void chooseDirectory() {
    directory = parent.resolve("ck");
  }

  private Checkpoint open(CrashPoints points) {
    CheckpointMetadata query =
        new CheckpointMetadata(UUID.randomUUID(), "test", List.of("Scan"), List.of("in"), "sink");
    return Checkpoint.open(
        directory,
        query,
        storage,
        new JournalOptions(JournalKind.FILE, Durability.DISK, SEGMENT_BYTES),
        points);
  }

  private Checkpoint open() {
    return open(point -> reached.merge(point, 1, Integer::sum));
  }

  private static void epoch(Checkpoint checkpoint, Iterator<List<String>> memory) {
    long epoch = checkpoint.nextEpoch();
    int checksum = checkpoint.plan(new Plan(epoch, epoch, List.of("range " + epoch)));
    checkpoint.commit(new Commit(epoch, epoch, "receipt", checksum));
    checkpoint.clean(() -> memory);
  }

  /** As of a source that names the newest epoch. */
  private static void epochs(Checkpoint checkpoint, int count) {
    for (int i = 0; i < count; i++) {
      epoch(checkpoint, List.of(List.of("up to " + checkpoint.nextEpoch())).iterator());
    }
  }

  private static Iterator<List<String>> pieces(int count) {
    return IntStream.range(0, count).mapToObj(i -> List.of("piece " + i)).iterator();
  }

  private static List<String> memory(Checkpoint checkpoint) {
    List<String> memory = new ArrayList<>();
    checkpoint.memory(ranges -> memory.add(ranges.getFirst()));
    return memory;
  }

  private static List<Long> plans(Checkpoint checkpoint) {
    List<Long> plans = new ArrayList<>();
    checkpoint.plans(plan -> plans.add(plan.epoch()));
    return plans;
  }

  private long sizeBytes() throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  @Test
  void twentyThousandEpochsTakeNoMoreThanAFewSegments() throws IOException {
    for (int run = 0; run < 20; run++) {
      try (Checkpoint checkpoint = open()) {
        assertThat(checkpoint.nextEpoch()).isEqualTo(run * 1_000L);
        for (int i = 0; i < 10; i++) {
          epochs(checkpoint, 100);
          assertThat(sizeBytes()).isLessThan(7 * SEGMENT_BYTES);
        }
      }
    }
    try (Checkpoint checkpoint = open()) {
      List<Long> plans = plans(checkpoint);
      long remembered = Long.parseLong(memory(checkpoint).getLast().substring("up to ".length()));
      assertThat(plans).endsWith(19_999L).contains(remembered + 1);
      assertThat(checkpoint.lastCommittedEpoch()).hasValue(19_999);
    }
  }

  @Test
  void noEpochWritesOrDeletesMuchMoreThanAnother() {
    int mostAppends = 0;
    int mostDeletes = 0;
    int deletes = 0;
    try (Checkpoint checkpoint = open()) {
      for (int i = 0; i < 5_000; i++) {
        reached.clear();
        epoch(checkpoint, pieces(200));
        mostAppends = Math.max(mostAppends, reached.get(CrashPoint.AFTER_APPEND));
        mostDeletes = Math.max(mostDeletes, reached.getOrDefault(CrashPoint.AFTER_DELETE, 0));
        deletes += reached.getOrDefault(CrashPoint.AFTER_DELETE, 0);
      }
    }
    assertThat(mostAppends).isBetween(3, 16);
    assertThat(mostDeletes).isBetween(1, 2);
    assertThat(deletes).isGreaterThan(50);
  }

  @Test
  void memoryIsForcedBeforeAnythingGoes() {
    int[] unforced = {0};
    int[] deletes = {0};
    CrashPoints points =
        point -> {
          switch (point) {
            case AFTER_APPEND -> unforced[0]++;
            case AFTER_FORCE -> unforced[0] = 0;
            case BEFORE_DELETE -> {
              assertThat(unforced[0]).isZero();
              deletes[0]++;
            }
            default -> {}
          }
        };
    try (Checkpoint checkpoint = open(points)) {
      epochs(checkpoint, 2_000);
      assertThat(deletes[0]).isPositive();
      deletes[0] = 0;
      while (!memory(checkpoint).contains("piece 0")) {
        epoch(checkpoint, pieces(100));
      }
      assertThat(memory(checkpoint)).doesNotContain("piece 99");
    }
    try (Checkpoint checkpoint = open(points)) {
      deletes[0] = 0;
      epoch(checkpoint, pieces(100));
      assertThat(deletes[0]).as("what was overdue").isPositive();
    }
  }

  @Test
  void memoryLargerThanTheRestIsNotWrittenAgainAndAgain() throws IOException {
    try (Checkpoint checkpoint = open()) {
      for (int i = 0; i < 2_000; i++) {
        epoch(checkpoint, pieces(1_000));
      }
      long appends = reached.get(CrashPoint.AFTER_APPEND);
      assertThat(appends - 4_000).as("pieces").isBetween(1_000L, 6_000L);
      assertThat(sizeBytes()).isLessThan(600_000);
    }
  }

  @Test
  void memoryThatARestartCutShortBeginsAnewAndIsThenWrittenAtOnce() {
    try (Checkpoint checkpoint = open()) {
      for (int i = 0; memory(checkpoint).isEmpty(); i++) {
        assertThat(i).isLessThan(1_000);
        epoch(checkpoint, pieces(100));
      }
      assertThat(memory(checkpoint)).doesNotContain("piece 99");
    }
    try (Checkpoint checkpoint = open()) {
      int before = memory(checkpoint).size();
      assertThat(plans(checkpoint).getFirst()).isZero();
      epoch(checkpoint, pieces(100));
      assertThat(memory(checkpoint).subList(before, before + 100))
          .startsWith("piece 0")
          .endsWith("piece 99");
      assertThat(plans(checkpoint).getFirst()).isPositive();
    }
    try (Checkpoint checkpoint = open()) {
      assertThat(memory(checkpoint)).endsWith("piece 99");
      assertThat(checkpoint.uncommittedPlan()).isEmpty();
    }
  }

  @Test
  void memoryThatCannotBeToldBeginsAnew() {
    try (Checkpoint checkpoint = open()) {
      Iterator<List<String>> failing =
          Stream.concat(
                  Stream.of(List.of("lost")),
                  Stream.generate(
                      () -> {
                        throw new IllegalStateException("no more");
                      }))
              .map(piece -> Collections.singletonList(piece.toString()))
              .iterator();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  epoch(checkpoint, failing);
                }
              })
          .hasMessage("no more");
      epochs(checkpoint, 1_000);
      assertThat(plans(checkpoint).getFirst()).isPositive();
      assertThat(memory(checkpoint)).doesNotContain("[lost]");
    }
    open().close();
  }

  @Test
  void aSourceWithoutMemoryIsNoReasonToKeepPlans() {
    try (Checkpoint checkpoint = open()) {
      for (int i = 0; i < 1_000; i++) {
        epoch(checkpoint, Collections.emptyIterator());
      }
      assertThat(memory(checkpoint)).isEmpty();
      assertThat(plans(checkpoint).getFirst()).isPositive();
    }
    open().close();
  }

  @Test
  void theUncommittedPlanAndTheLastCommitStay() {
    int checksum;
    try (Checkpoint checkpoint = open()) {
      epochs(checkpoint, 999);
      checksum = checkpoint.plan(new Plan(999, 5, List.of("again")));
      assertThatThrownBy(() -> checkpoint.clean(() -> pieces(1)))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUG))
          .hasMessageContaining("epoch 999 still runs");
    }
    try (Checkpoint checkpoint = open()) {
      assertThat(checkpoint.lastCommittedEpoch()).hasValue(998);
      assertThat(checkpoint.uncommittedPlan()).contains(new Plan(999, 5, List.of("again")));
      assertThat(checkpoint.planChecksum()).isEqualTo(checksum);
    }
  }

  @Test
  void recordsThatWentWithoutAMemoryAreDamage() throws IOException {
    try (Checkpoint checkpoint = open()) {
      for (int i = 0; i < 100; i++) {
        long epoch = checkpoint.nextEpoch();
        int checksum = checkpoint.plan(new Plan(epoch, 0, List.of("x".repeat(200))));
        checkpoint.commit(new Commit(epoch, 0, "", checksum));
      }
    }
    Path offsets = directory.resolve("offsets");
    Files.delete(offsets.resolve("00000000000000000000.journal"));
    assertRefused(": damaged at record ", "the records before it are missing");
  }

  @Test
  void recordsBehindAMemoryThatWentAreDamage() throws IOException {
    try (Checkpoint checkpoint = open()) {
      epochs(checkpoint, 1_100);
    }
    try (Stream<Path> files = Files.list(directory.resolve("offsets"))) {
      List<Path> segments = files.sorted().toList();
      assertThat(segments).hasSizeGreaterThan(2);
      for (Path segment : segments.subList(0, segments.size() - 1)) {
        Files.delete(segment);
      }
    }
    assertRefused(": damaged at record ", "the records before it are missing");
  }

  @Test
  void memoriesInTheWrongPlaceAreDamage() {
    Plan plan = new Plan(0, 0, List.of());
    Commit commit = new Commit(0, 0, "", EpochFormat.checksum(EpochFormat.encode(plan)));
    Memory first = new Memory(0, 0, 0, false, List.of("a"));
    Object[][] histories = {
      {first},
      {plan, first},
      {plan, commit, new Memory(1, 0, 0, true, List.of())},
      {plan, commit, new Memory(-1, 0, 0, true, List.of())},
      {plan, commit, new Memory(0, 3, 0, true, List.of())},
      {plan, commit, new Memory(0, 0, 1, true, List.of())},
      {plan, commit, first, new Memory(0, 0, 2, true, List.of())},
      {plan, commit, first, new Memory(0, 1, 1, true, List.of())},
      {
        plan, commit, new Memory(0, 1, 0, true, List.of()), new Memory(0, 1, 1, true, List.of()),
      },
      {plan, commit, new Memory(0, 1, 0, true, List.of()), first},
    };
    for (int i = 0; i < histories.length; i++) {
      directory = parent.resolve("history" + i);
      open().close();
      JournalOptions options = new JournalOptions(JournalKind.CHRONICLE, Durability.DISK);
      try (Journal journal =
          Journals.open(directory.resolve("offsets"), storage, options, CrashPoints.NONE)) {
        for (Object record : histories[i]) {
          switch (record) {
            case Plan p -> journal.append(EpochFormat.PLAN, 0, EpochFormat.encode(p));
            case Commit c -> journal.append(EpochFormat.COMMIT, 0, EpochFormat.encode(c));
            case Memory m -> journal.append(EpochFormat.MEMORY, 0, EpochFormat.encode(m));
            default -> throw new AssertionError(record);
          }
        }
      }
      assertRefused(": damaged at record " + (histories[i].length - 1) + ": ", "memor");
    }
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT))
        .hasMessageContaining(directory.resolve("offsets").toString())
        .hasMessageContainingAll(parts);
  }
}
