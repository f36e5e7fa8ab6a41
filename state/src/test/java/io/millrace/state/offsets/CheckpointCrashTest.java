package io.millrace.state.offsets;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.storage.CrashAt;
import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.UnforcedStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A query in miniature that dies at every point it reaches and must deliver all the same. */
class CheckpointCrashTest {
  private static final int ROWS = 40;
  private static final int CLEANED_ROWS = 75;

  @TempDir Path parent;

  /** Idempotent by epoch, like the file sink: remembers whose plan an epoch was. */
  private static final class Sink {
    private final Map<Long, Integer> receipts = new TreeMap<>();
    private final StringBuilder output = new StringBuilder();

    void deliver(long epoch, int planChecksum, String range, CrashPoints points) {
      Integer receipt = receipts.get(epoch);
      if (receipt != null) {
        assertThat(receipt).as("epoch %d ran under one plan", epoch).isEqualTo(planChecksum);
        return;
      }
      points.reached(CrashPoint.BEFORE_SINK_COMMIT);
      receipts.put(epoch, planChecksum);
      output.append(range);
      points.reached(CrashPoint.AFTER_SINK_COMMIT);
    }
  }

  private static void run(Path directory, Sink sink, int rowsPerEpoch, CrashPoints points) {
    CheckpointMetadata query =
        new CheckpointMetadata(UUID.randomUUID(), "test", List.of("Scan"), List.of("rows"), "sink");
    try (Checkpoint checkpoint =
        Checkpoint.open(
            directory,
            query,
            new UnforcedStorage(),
            new JournalOptions(JournalKind.FILE, Durability.DISK),
            points)) {
      int[] row = {0};
      checkpoint.plans(plan -> row[0] += plan.ranges().getFirst().length());
      while (true) {
        Plan plan = checkpoint.uncommittedPlan().orElse(null);
        int checksum = checkpoint.planChecksum();
        if (plan == null) {
          int end = Math.min(ROWS, row[0] + rowsPerEpoch);
          if (end == row[0]) {
            return;
          }
          String range = rows().substring(row[0], end);
          plan = new Plan(checkpoint.nextEpoch(), row[0], List.of(range));
          checksum = checkpoint.plan(plan);
          row[0] = end;
        }
        sink.deliver(plan.epoch(), checksum, plan.ranges().getFirst(), points);
        checkpoint.commit(new Commit(plan.epoch(), row[0], "receipt", checksum));
        points.reached(CrashPoint.BEFORE_SOURCE_ACKNOWLEDGEMENT);
        points.reached(CrashPoint.AFTER_SOURCE_ACKNOWLEDGEMENT);
      }
    }
  }

  /**
   * The same with one row per epoch, files of 1 KB, and a source that knows what it has read from
   * its memory and the plans that are left.
   */
  private static void runCleaned(Path directory, Sink sink, CrashPoints points) {
    CheckpointMetadata query =
        new CheckpointMetadata(UUID.randomUUID(), "test", List.of("Scan"), List.of("rows"), "sink");
    try (Checkpoint checkpoint =
        Checkpoint.open(
            directory,
            query,
            new UnforcedStorage(),
            new JournalOptions(JournalKind.FILE, Durability.DISK, 1024),
            points)) {
      TreeSet<Character> read = new TreeSet<>();
      checkpoint.memory(ranges -> addAll(ranges.getFirst(), read));
      checkpoint.plans(plan -> addAll(plan.ranges().getFirst(), read));
      while (true) {
        Plan plan = checkpoint.uncommittedPlan().orElse(null);
        int checksum = checkpoint.planChecksum();
        if (plan == null) {
          assertThat(read).as("rows read so far").hasSize((int) checkpoint.nextEpoch());
          if (read.size() == CLEANED_ROWS) {
            return;
          }
          char row = read.isEmpty() ? '0' : (char) (read.last() + 1);
          plan = new Plan(checkpoint.nextEpoch(), row, List.of(String.valueOf(row)));
          checksum = checkpoint.plan(plan);
          read.add(row);
        }
        sink.deliver(plan.epoch(), checksum, plan.ranges().getFirst(), points);
        checkpoint.commit(new Commit(plan.epoch(), 0, "receipt", checksum));
        checkpoint.clean(() -> pieces(List.copyOf(read)));
      }
    }
  }

  private static void addAll(String rows, Set<Character> to) {
    rows.chars().forEach(row -> to.add((char) row));
  }

  /** Four rows each. */
  private static Iterator<List<String>> pieces(List<Character> rows) {
    List<List<String>> pieces = new ArrayList<>();
    for (int i = 0; i < rows.size(); i += 4) {
      StringBuilder piece = new StringBuilder();
      rows.subList(i, Math.min(rows.size(), i + 4)).forEach(piece::append);
      pieces.add(List.of(piece.toString()));
    }
    return pieces.iterator();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "BEFORE_APPEND", "AFTER_APPEND",
        "BEFORE_FORCE", "AFTER_FORCE",
        "BEFORE_RENAME", "AFTER_RENAME",
        "BEFORE_DELETE", "AFTER_DELETE",
        "BEFORE_PLAN", "AFTER_PLAN",
        "BEFORE_SINK_COMMIT", "AFTER_SINK_COMMIT",
        "BEFORE_COMMIT", "AFTER_COMMIT"
      })
  void nothingThatWasReadIsForgottenWhileTheJournalIsKeptShort(CrashPoint point)
      throws IOException {
    int hit = 1;
    for (boolean reached = true; reached; hit++) {
      Path directory = parent.resolve("hit" + hit);
      Sink sink = new Sink();
      CrashAt first = new CrashAt(point, hit);
      for (CrashPoints points : List.of(first, new CrashAt(point, 5), CrashPoints.NONE)) {
        try {
          runCleaned(directory, sink, points);
        } catch (CrashAt.Crash _) {
          assertThat(points).as("a crash that was asked for").isInstanceOf(CrashAt.class);
        }
      }
      assertThat(sink.output).hasSize(CLEANED_ROWS);
      assertThat(sink.output.chars().distinct().count()).isEqualTo(CLEANED_ROWS);
      assertThat(directory.resolve("offsets/00000000000000000000.journal")).doesNotExist();
      assertThat(journalBytes(directory)).as("hit %d", hit).isLessThan(12 << 10);
      reached = first.crashed();
    }
    assertThat(hit).as("%s is reached", point).isGreaterThan(2);
  }

  private static long journalBytes(Path directory) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(directory.resolve("offsets"))) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static String rows() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      rows.append((char) ('0' + i));
    }
    return rows.toString();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "BEFORE_APPEND", "AFTER_APPEND",
        "BEFORE_FORCE", "AFTER_FORCE",
        "BEFORE_RENAME", "AFTER_RENAME",
        "BEFORE_PLAN", "AFTER_PLAN",
        "BEFORE_SINK_COMMIT", "AFTER_SINK_COMMIT",
        "BEFORE_COMMIT", "AFTER_COMMIT",
        "BEFORE_SOURCE_ACKNOWLEDGEMENT", "AFTER_SOURCE_ACKNOWLEDGEMENT"
      })
  void everyRowArrivesOnceWhereverTheQueryDies(CrashPoint point) {
    int hit = 1;
    for (boolean reached = true; reached; hit++) {
      Path directory = parent.resolve("hit" + hit);
      Sink sink = new Sink();
      int crashes = 0;
      CrashAt first = new CrashAt(point, hit);
      for (CrashPoints points : List.of(first, new CrashAt(point, 2), CrashPoints.NONE)) {
        try {
          run(directory, sink, 7 + 3 * crashes, points);
        } catch (CrashAt.Crash _) {
          crashes++;
        }
      }
      assertThat(sink.output).hasToString(rows());
      reached = first.crashed();
    }
    assertThat(hit).as("%s is reached", point).isGreaterThan(2);
  }
}
