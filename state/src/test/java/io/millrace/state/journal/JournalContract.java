package io.millrace.state.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.state.storage.CrashAt;
import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.UnforcedStorage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every journal does, whatever it is made of. */
abstract class JournalContract {
  private final JournalOptions small = options(Durability.DISK, 300);

  @TempDir Path directory;

  abstract JournalKind kind();

  JournalOptions options(Durability durability, long segmentBytes) {
    return new JournalOptions(kind(), durability, segmentBytes);
  }

  /** Every how manieth hit of a crash point is tried; a segment is dear to make for some. */
  int hitStep() {
    return 1;
  }

  private Journal open(JournalOptions options) {
    return Journals.open(directory.resolve("j"), new LocalStorage(), options, CrashPoints.NONE);
  }

  private static List<Long> range(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void recordsComeBackInOrderWhileOpenAndAfterReopening(Durability durability) {
    JournalOptions options = options(durability, 300);
    for (int run = 0; run < 4; run++) {
      try (Journal journal = open(options)) {
        assertThat(Records.replay(journal, 0)).isEqualTo(range(0, 25L * run));
        assertThat(journal.recovery().cut()).isEmpty();
        Records.append(journal, 25);
        journal.force();
        assertThat(Records.replay(journal, 0)).isEqualTo(range(0, 25L * (run + 1)));
        assertThat(Records.replay(journal, 13)).isEqualTo(range(13, 25L * (run + 1)));
        assertThat(Records.replay(journal, journal.nextSequence())).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void segmentsGrowAsFarAsTheyMay(Durability durability) {
    JournalOptions options = options(durability, 300).growing(4);
    try (Journal journal = open(options)) {
      for (int i = 0; i < 40; i++) {
        journal.append(1, 0, ByteBuffer.allocate(100 - Frame.HEADER_BYTES));
      }
      assertThat(firstSequences()).containsExactly(0L, 3L, 9L, 21L, 33L);
    }
    try (Journal journal = open(options)) {
      journal.dropBefore(21);
      assertThat(journal.firstSequence()).isEqualTo(21);
      List<Long> replayed = new ArrayList<>();
      journal.replay(0, record -> replayed.add(record.sequence()));
      assertThat(replayed).isEqualTo(range(21, 40));
    }
  }

  private List<Long> firstSequences() {
    return SegmentList.of(new LocalStorage(), directory.resolve("j")).segments().stream()
        .map(Segment::firstSequence)
        .toList();
  }

  @Test
  void backwardsTheyComeTheNewestFirst() {
    try (Journal journal = open(small)) {
      Records.append(journal, 40);
      for (long from : new long[] {-1, 0, 7, 39}) {
        for (long downTo : new long[] {0, 1, 6, 7, 8, 39, 40}) {
          List<Long> shown = new ArrayList<>();
          journal.replayBackwards(from, downTo, record -> shown.add(record.sequence()));
          assertThat(shown.reversed()).isEqualTo(range(Math.min(downTo, from + 1), from + 1));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void oneThreadDropsAndAnotherReadsWhileOneAppends(Durability durability)
      throws InterruptedException {
    int count = 2_000;
    try (Journal journal = open(options(durability, 2_000))) {
      Throwable[] failure = new Throwable[1];
      Thread other =
          Thread.ofPlatform()
              .name("dropper")
              .start(
                  () -> {
                    try {
                      for (long next; (next = journal.nextSequence()) < count; ) {
                        long kept = Math.max(0, next - 100);
                        journal.dropBefore(kept);
                        List<Long> shown = new ArrayList<>();
                        journal.replayBackwards(
                            next - 1, kept, record -> shown.add(record.sequence()));
                        assertThat(shown.reversed()).isEqualTo(range(kept, next));
                      }
                    } catch (RuntimeException | Error e) {
                      failure[0] = e;
                    }
                  });
      Records.append(journal, count);
      other.join();
      assertThat(failure[0]).isNull();
      journal.dropBefore(count);
      assertThat(journal.firstSequence()).isPositive();
    }
    try (Journal journal = open(options(durability, 2_000))) {
      assertThat(journal.nextSequence()).isEqualTo(count);
      assertThat(journal.recovery().cut()).isEmpty();
    }
  }

  @Test
  void aNewJournalIsEmptyAndStaysSo() {
    for (int run = 0; run < 2; run++) {
      try (Journal journal = open(small)) {
        assertThat(journal.firstSequence()).isZero();
        assertThat(journal.nextSequence()).isZero();
        assertThat(Records.replay(journal, 0)).isEmpty();
        journal.force();
      }
    }
  }

  @Test
  void payloadsOfAllSizesComeBackAndStayTheCallers() {
    int[] sizes = {0, 1, 252, 253, 65_488, 65_489, 1 << 20, (1 << 20) + 1};
    byte[] bytes = new byte[(1 << 21) + 2];
    new Random(3).nextBytes(bytes);
    try (Journal journal = open(new JournalOptions(kind(), Durability.DISK))) {
      for (int size : sizes) {
        ByteBuffer payload = ByteBuffer.wrap(bytes, size, size);
        journal.append(1, 0, payload);
        assertThat(payload.position()).isEqualTo(size);
        assertThat(payload.remaining()).isEqualTo(size);
      }
    }
    try (Journal journal = open(new JournalOptions(kind(), Durability.DISK))) {
      journal.replay(
          0,
          record -> {
            int size = sizes[(int) record.sequence()];
            assertThat(record.payload()).isEqualTo(ByteBuffer.wrap(bytes, size, size));
          });
      assertThat(journal.nextSequence()).isEqualTo(sizes.length);
    }
  }

  @Test
  void aPayloadAboveTheLimitIsRefusedAndNothingElseHappens() {
    try (Journal journal = open(small)) {
      ByteBuffer tooLarge = ByteBuffer.allocate(Journal.MAX_PAYLOAD_BYTES + 1);
      assertThatThrownBy(() -> journal.append(0, 0, tooLarge))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("a record of 67108865 bytes exceeds the limit of 67108864");
      Records.append(journal, 1);
      assertThat(Records.replay(journal, 0)).containsExactly(0L);
    }
  }

  @Test
  void truncatingAnywhereKeepsThePrefixAndTheNumbersGoOn() {
    for (long keep = -1; keep < 30; keep++) {
      Path own = directory.resolve("cut" + keep);
      try (Journal journal = Journals.open(own, new UnforcedStorage(), small, CrashPoints.NONE)) {
        Records.append(journal, 30);
        journal.truncateAfter(keep);
        assertThat(journal.nextSequence()).isEqualTo(keep + 1);
        assertThat(Records.replay(journal, 0)).isEqualTo(range(0, keep + 1));
        Records.append(journal, 3);
      }
      try (Journal journal = Journals.open(own, new UnforcedStorage(), small, CrashPoints.NONE)) {
        assertThat(Records.replay(journal, 0)).isEqualTo(range(0, keep + 4));
        assertThat(journal.recovery().cut()).isEmpty();
      }
    }
  }

  @Test
  void droppingFreesOldRecordsAndNeverOneThatIsAskedFor() {
    for (long before : new long[] {0, 1, 12, 29, 30, 1000}) {
      Path own = directory.resolve("drop" + before);
      long first;
      try (Journal journal = Journals.open(own, new UnforcedStorage(), small, CrashPoints.NONE)) {
        Records.append(journal, 30);
        journal.dropBefore(before);
        first = journal.firstSequence();
        assertThat(first).isLessThanOrEqualTo(before);
        assertThat(first > 0).isEqualTo(before >= 12);
        assertThat(Records.replay(journal, 0)).isEqualTo(range(first, 30));
        Records.append(journal, 1);
      }
      try (Journal journal = Journals.open(own, new UnforcedStorage(), small, CrashPoints.NONE)) {
        assertThat(journal.firstSequence()).isEqualTo(first);
        assertThat(Records.replay(journal, 0)).isEqualTo(range(first, 31));
        journal.truncateAfter(first - 1);
        assertThat(Records.replay(journal, 0)).isEmpty();
        Records.append(journal, 2);
        assertThat(Records.replay(journal, 0)).isEqualTo(range(first, first + 2));
        assertThatThrownBy(() -> journal.truncateAfter(first - 2))
            .isInstanceOf(MillraceException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "BEFORE_APPEND",
        "AFTER_APPEND",
        "BEFORE_FORCE",
        "AFTER_FORCE",
        "BEFORE_FILE_WRITE",
        "AFTER_FILE_WRITE",
        "BEFORE_RENAME",
        "AFTER_RENAME",
        "BEFORE_DELETE",
        "AFTER_DELETE"
      })
  void whatWasForcedSurvivesACrashAtEveryPoint(CrashPoint point) {
    for (int hit = 1, crashes = 1; crashes > 0; hit += hitStep()) {
      Path own = directory.resolve("crash" + hit);
      long[] safe = {-1, Long.MAX_VALUE};
      crashes = 0;
      for (CrashPoints points : List.of(new CrashAt(point, hit), CrashPoints.NONE)) {
        try (Journal journal = Journals.open(own, new UnforcedStorage(), small, points)) {
          List<Long> found = Records.replay(journal, 0);
          assertThat(found).isEqualTo(range(journal.firstSequence(), journal.nextSequence()));
          assertThat(journal.nextSequence()).isGreaterThan(safe[0]);
          assertThat(journal.firstSequence()).isLessThanOrEqualTo(safe[1]);
          write(journal, safe);
        } catch (CrashAt.Crash _) {
          crashes++;
        }
      }
      if (hit == 1) {
        assertThat(crashes).as("%s is reached", point).isEqualTo(1);
      }
    }
  }

  /** Notes the last sequence that must be there and the latest that may be the first. */
  private static void write(Journal journal, long[] safe) {
    long start = journal.nextSequence();
    for (int i = 0; i < 14; i++) {
      Records.append(journal, 1);
      journal.force();
      safe[0] = journal.nextSequence() - 1;
    }
    Records.append(journal, 10);
    safe[0] = Math.min(safe[0], start + 10);
    journal.truncateAfter(start + 10);
    safe[1] = start + 5;
    journal.dropBefore(start + 5);
    Records.appendForced(journal, 2);
    safe[0] = journal.nextSequence() - 1;
  }

  @Test
  void aClosedJournalSaysSo() {
    Journal journal = open(small);
    journal.close();
    journal.close();
    assertThatThrownBy(() -> Records.append(journal, 1))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUG))
        .hasMessageContaining("the journal is closed");
  }

  @Test
  void oneThreadForcesWhileAnotherAppends() throws InterruptedException {
    int count = 3_000;
    try (Journal journal = open(options(Durability.DISK, 4_000))) {
      Throwable[] failure = new Throwable[1];
      Thread forcer =
          Thread.ofPlatform()
              .name("forcer")
              .start(
                  () -> {
                    try {
                      while (journal.nextSequence() < count) {
                        journal.force();
                      }
                    } catch (RuntimeException | Error e) {
                      failure[0] = e;
                    }
                  });
      Records.append(journal, count);
      forcer.join();
      assertThat(failure[0]).isNull();
    }
    try (Journal journal = open(options(Durability.DISK, 4_000))) {
      assertThat(Records.replay(journal, 0)).hasSize(count);
    }
  }
}
