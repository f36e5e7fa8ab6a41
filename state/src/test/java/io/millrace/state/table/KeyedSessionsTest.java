package io.millrace.state.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.state.table.SessionOperator.In;
import io.millrace.state.table.SessionOperator.Out;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.FailingMemory;
import io.millrace.vector.column.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedSessionsTest {
  private final RootAllocator allocator = new RootAllocator();
  private SessionOperator operator = new SessionOperator(allocator, true);
  private long rowNumber;

  @AfterEach
  void everyByteIsGivenBack() {
    operator.close();
    allocator.close();
  }

  private static In at(long time, long gap, long value) {
    return new In("k", time, gap, value);
  }

  private static Out session(long start, long end, Long... values) {
    long sum = Arrays.stream(values).mapToLong(Long::longValue).sum();
    return new Out("k", start, end, values.length, sum, List.of(values));
  }

  private void take(In... rows) {
    operator.take(rowNumber, List.of(rows));
    rowNumber += rows.length;
  }

  @Test
  void rowsWithinTheGapAreOneSession() {
    take(at(0, 10, 1), at(9, 10, 2), at(20, 10, 3));
    assertThat(operator.all()).containsExactly(session(0, 19, 1L, 2L), session(20, 30, 3L));
  }

  @Test
  void sessionsThatTouchAreOne() {
    take(at(0, 10, 1), at(10, 10, 2), at(-10, 10, 3));
    assertThat(operator.all()).containsExactly(session(-10, 20, 1L, 2L, 3L));
  }

  @Test
  void aRowMakesTwoSessionsOne() {
    take(at(0, 10, 1), at(30, 10, 2), at(15, 20, 3), at(31, 1, 4));
    assertThat(operator.all()).containsExactly(session(0, 10, 1L), session(15, 40, 2L, 3L, 4L));
    take(at(9, 10, 5));
    assertThat(operator.all()).containsExactly(session(0, 40, 1L, 2L, 3L, 4L, 5L));
  }

  @Test
  void aRowWithALongGapMakesManySessionsOneWithTheEarlierOnesRowsFirst() {
    take(at(40, 5, 3), at(20, 5, 2), at(0, 5, 1), at(60, 5, 4), at(-1, 50, 5));
    assertThat(operator.all())
        .containsExactly(session(-1, 49, 1L, 2L, 3L, 5L), session(60, 65, 4L));
    assertThat(operator.sessions.touchedCount()).isEqualTo(2);
  }

  @Test
  void sessionsOfSeveralBatchesMeet() {
    take(at(0, 10, 1));
    assertThat(operator.close(5)).isEmpty();
    take(at(25, 10, 2));
    assertThat(operator.close(6)).isEmpty();
    assertThat(operator.sessions.nextClosingUs()).isEqualTo(10);
    take(at(10, 15, 3));
    assertThat(operator.sessions.touchedCount()).isEqualTo(1);
    assertThat(operator.close(34)).isEmpty();
    assertThat(operator.sessions.nextClosingUs()).isEqualTo(35);
    assertThat(operator.close(35)).containsExactly(session(0, 35, 1L, 2L, 3L));
    assertThat(operator.sessions.nextClosingUs()).isEqualTo(Long.MAX_VALUE);
    assertThat(operator.sessions.size()).isZero();
  }

  @Test
  void rowsWithoutTimeOrPositiveGapAreLeftOut() {
    take(
        new In("k", null, 10L, 1),
        new In("k", 5L, null, 2),
        at(5, 0, 3),
        at(5, -10, 4),
        at(5, Long.MIN_VALUE, 5));
    assertThat(operator.all()).isEmpty();
    assertThat(operator.sessions.touchedCount()).isZero();
    assertThat(operator.sessions.size()).isZero();
  }

  @Test
  void theEndsOfTimeHoldSessions() {
    take(at(Long.MAX_VALUE, 10, 1), at(Long.MIN_VALUE, 10, 2), at(0, Long.MAX_VALUE, 3));
    assertThat(operator.all())
        .containsExactly(
            session(0, Long.MAX_VALUE, 1L, 3L), session(Long.MIN_VALUE, Long.MIN_VALUE + 10, 2L));
    assertThat(operator.close(Long.MIN_VALUE)).isEmpty();
    assertThat(operator.close(Long.MIN_VALUE + 10)).hasSize(1);
  }

  @Test
  void aNullKeyIsAKey() {
    take(new In(null, 0L, 10L, 1), new In("", 5L, 10L, 2), new In(null, 6L, 10L, 3));
    assertThat(operator.all())
        .containsExactly(
            new Out(null, 0, 16, 2, 4, List.of(1L, 3L)), new Out("", 5, 15, 1, 2, List.of(2L)));
  }

  @Test
  void whatIsOverComesByEndAndThenByFirstRow() {
    take(new In("b", 5L, 5L, 1), new In("a", 0L, 10L, 2), new In("c", 0L, 5L, 3));
    assertThat(operator.close(10)).extracting(Out::key).containsExactly("c", "b", "a");
  }

  @Test
  void whatIsOverBeforeARowTakesNoMoreRows() {
    operator.take(
        0,
        List.of(at(0, 10, 1), at(5, 10, 2), at(3, 20, 3), at(0, 30, 4)),
        List.of(Long.MIN_VALUE, 10L, 10L, 20L));
    assertThat(operator.close(20)).containsExactly(session(0, 10, 1L));
    assertThat(operator.all()).containsExactly(session(0, 30, 2L, 3L, 4L));
  }

  @Test
  void aSessionThatWasWrittenDownAndBeginsEarlierNowReplacesItself() {
    try (SessionOperator restarted = new SessionOperator(allocator, true)) {
      take(at(20, 10, 1), at(50, 10, 2));
      operator.saveTo(restarted);
      take(at(12, 10, 3));
      take(at(5, 10, 4));
      operator.saveTo(restarted);
      restarted.sessions.loaded(0);
      assertThat(restarted.sessions.nextRow()).isEqualTo(2); // of first rows, the last is 1
      assertThat(restarted.all())
          .containsExactly(session(5, 30, 1L, 3L, 4L), session(50, 60, 2L))
          .isEqualTo(operator.all());
      restarted.take(9, List.of(at(25, 30, 5)));
      assertThat(restarted.close(60)).containsExactly(session(5, 60, 1L, 3L, 4L, 2L, 5L));
    }
  }

  @Test
  void sessionsThatWentIntoAnotherAreTakenAwayAndThoseNeverWrittenDownAreNot() {
    try (SessionOperator restarted = new SessionOperator(allocator, true)) {
      take(at(0, 10, 1), at(30, 10, 2));
      operator.saveTo(restarted);
      take(at(60, 10, 3), at(10, 50, 4));
      List<Long> removed = new ArrayList<>();
      operator.sessions.changes(
          restarted.sessions::load,
          rows -> {
            assertThat(rows.rowCount()).isEqualTo(1);
            assertThat(rows.column(0).getString(0)).isEqualTo("k");
            removed.add(Memory.getLong(rows.column(1).data()));
            restarted.sessions.unload(rows);
          });
      assertThat(removed).containsExactly(30L);
      assertThat(restarted.all()).containsExactly(session(0, 70, 1L, 2L, 3L, 4L));
      operator.sessions.changes(KeyedSessionsTest::refuse, KeyedSessionsTest::refuse);
    }
  }

  @Test
  void whatIsSetAsideIsGatheredAsItWas() {
    try (SessionOperator restarted = new SessionOperator(allocator, true)) {
      take(at(0, 10, 1), at(30, 10, 2), at(60, 10, 3), at(100, 10, 4), at(200, 10, 5));
      List<SessionOperator.Out> before = operator.all();
      operator.sessions.setAside(restarted.sessions::load, KeyedSessionsTest::refuse);
      assertThat(restarted.all()).isEmpty();
      take(at(10, 50, 6), at(95, 10, 7)); // three become one, one begins earlier
      assertThat(operator.close(105)).hasSize(1);
      while (!operator.sessions.gather(1)) {}
      assertThat(restarted.all()).isEqualTo(before);
      List<Long> removed = new ArrayList<>();
      operator.sessions.changes(
          restarted.sessions::load,
          rows -> {
            for (int row = 0; row < rows.rowCount(); row++) {
              removed.add(Memory.getLong(rows.column(1).data() + 8L * row));
            }
            restarted.sessions.unload(rows);
          });
      assertThat(removed).containsExactlyInAnyOrder(30L, 60L, 100L);
      restarted.sessions.loaded(105);
      assertThat(restarted.all()).isEqualTo(operator.all());
    }
  }

  @Test
  void changesThatNobodyWritesDownAreForgotten() {
    try (SessionOperator other = new SessionOperator(allocator, true)) {
      take(at(10, 10, 1));
      operator.saveTo(other);
      take(at(5, 10, 2));
      operator.sessions.forgetChanges();
      operator.sessions.changes(KeyedSessionsTest::refuse, KeyedSessionsTest::refuse);
      assertThat(operator.all()).containsExactly(session(5, 20, 1L, 2L));
    }
  }

  private static void refuse(Block rows) {
    throw new AssertionError(rows.rowCount() + " rows");
  }

  @Test
  void whatWasOverIsForgottenAfterARestartAlsoUnderTheSameStart() {
    try (SessionOperator restarted = new SessionOperator(allocator, true)) {
      take(at(0, 10, 1), new In("other", 0L, 10L, 2));
      operator.saveTo(restarted);
      operator.take(2, List.of(at(5, 20, 3), at(0, 12, 4)), List.of(10L, 10L));
      assertThat(operator.close(10)).hasSize(2);
      operator.saveTo(restarted);
      restarted.sessions.loaded(10);
      assertThat(restarted.all()).containsExactly(session(0, 25, 3L, 4L));
    }
  }

  @Test
  void takingAwayWhatIsNotThereIsNothing() {
    try (SessionOperator other = new SessionOperator(allocator, true)) {
      take(at(0, 10, 1));
      operator.sessions.snapshot(other.sessions::unload);
      operator.sessions.snapshot(operator.sessions::unload);
      assertThat(operator.sessions.size()).isZero();
      assertThat(other.sessions.size()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void randomRowsGiveWhatSortingThemGives(boolean closes) {
    long seed = Long.getLong("millrace.test.seed", 20260);
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      compareWithModel(random, closes, "seed " + seed + ", round " + round);
    }
  }

  private void compareWithModel(Random random, boolean closes, String hint) {
    SessionModel model = new SessionModel();
    SessionOperator current = new SessionOperator(allocator, closes);
    SessionOperator replica = new SessionOperator(allocator, closes);
    long gap = random.nextBoolean() ? 0 : 1 + random.nextInt(30);
    long watermark = Long.MIN_VALUE;
    long number = 0;
    for (int batch = 0; batch < 25; batch++) {
      List<In> rows = new ArrayList<>();
      for (int i = random.nextInt(SessionOperator.ROWS); i > 0; i--) {
        In row = random(random, batch * 20L - 100, gap);
        boolean late = row.time() != null && row.gap() != null && isOver(row, watermark);
        if (!(closes && late)) {
          model.take(number + rows.size(), row);
          rows.add(row);
        }
      }
      current.take(number, rows);
      number += rows.size();
      assertThat(plain(current.all())).as(hint).isEqualTo(model.all());
      if (closes) {
        watermark = Math.max(watermark, batch * 20L - 100 - random.nextInt(60));
        assertThat(plain(current.close(watermark))).as(hint).isEqualTo(model.close(watermark));
      }
      current.sessions.endBatch();
      current.saveTo(replica);
      if (random.nextInt(4) == 0) {
        current.close();
        current = replica;
        current.sessions.loaded(watermark);
        assertThat(plain(current.all())).as(hint).isEqualTo(model.all());
        replica = new SessionOperator(allocator, closes);
        current.sessions.snapshot(replica.sessions::load);
      }
    }
    assertThat(plain(current.close(Long.MAX_VALUE)))
        .as(hint)
        .hasSize(closes ? model.all().size() : 0);
    assertThat(current.sessions.size()).isEqualTo(closes ? 0 : model.all().size());
    current.close();
    replica.close();
  }

  private static In random(Random random, long base, long gap) {
    String key = random.nextInt(8) == 0 ? null : "k" + random.nextInt(5);
    Long time = random.nextInt(30) == 0 ? null : (Long) (base + random.nextInt(150));
    Long own = random.nextInt(30) == 0 ? null : (Long) (long) (random.nextInt(22) - 1);
    return new In(key, time, gap > 0 ? (Long) gap : own, random.nextInt(1 << 20));
  }

  private static boolean isOver(In row, long watermark) {
    return watermark != Long.MIN_VALUE && row.time() + Math.max(0, row.gap()) <= watermark;
  }

  /** Without the values one by one, whose order is not the model's. */
  private static List<Out> plain(List<Out> sessions) {
    return sessions.stream()
        .map(
            each ->
                new Out(each.key(), each.start(), each.end(), each.count(), each.sum(), List.of()))
        .toList();
  }

  @Test
  void byTheRuleOfRowsCutsChangeNothing() {
    long seed = Long.getLong("millrace.test.seed", 77);
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      List<In> rows = new ArrayList<>();
      List<Long> watermarks = new ArrayList<>();
      long watermark = Long.MIN_VALUE;
      for (int i = 0; i < 600; i++) {
        In row = random(random, i / 3, 0);
        if (row.time() == null || row.gap() == null || !isOver(row, watermark)) {
          rows.add(row);
          watermarks.add(watermark);
        }
        watermark = row.time() == null ? watermark : Math.max(watermark, row.time() - 110);
      }
      List<Out> one = run(rows, watermarks, watermark, () -> 1);
      List<Out> many = run(rows, watermarks, watermark, () -> 1 + random.nextInt(128));
      assertThat(many)
          .as("seed %d, round %d", seed, round)
          .containsExactlyInAnyOrderElementsOf(one);
    }
  }

  private List<Out> run(List<In> rows, List<Long> watermarks, long last, IntSupplier size) {
    List<Out> out = new ArrayList<>();
    try (SessionOperator each = new SessionOperator(allocator, true)) {
      for (int from = 0; from < rows.size(); ) {
        int to = Math.min(rows.size(), from + size.getAsInt());
        each.take(from, rows.subList(from, to), watermarks.subList(from, to));
        out.addAll(each.close(to < rows.size() ? watermarks.get(to) : last));
        from = to;
      }
      out.addAll(each.close(Long.MAX_VALUE));
    }
    return out;
  }

  @Test
  void missingMemoryIsAClearFailureAndEverythingIsGivenBack() {
    boolean failed = true;
    int number = 0;
    int failures = 0;
    while (failed) {
      FailingMemory memory = new FailingMemory(++number);
      RootAllocator failing = new RootAllocator(memory, Long.MAX_VALUE);
      MillraceException failure =
          catchThrowableOfType(MillraceException.class, () -> manySessions(failing));
      failed = memory.failed();
      if (failure != null) { // a table that cannot become smaller stays as it is
        assertThat(failed).isTrue();
        FailingMemory.requireClear(failure);
        failures++;
      }
      assertThat(failing.getAllocatedMemory()).as("allocation %d", number).isZero();
      failing.close();
    }
    assertThat(failures).isGreaterThan(30);
  }

  private static void manySessions(RootAllocator memory) {
    try (SessionOperator each = new SessionOperator(memory, true);
        SessionOperator replica = new SessionOperator(memory, true)) {
      for (int batch = 0; batch < 20; batch++) {
        List<In> rows = new ArrayList<>();
        for (int i = 0; i < SessionOperator.ROWS; i++) {
          rows.add(new In("a key of more bytes " + (i + batch * 20), 100L - batch, 10L, i));
        }
        each.take(batch * 1000L, rows);
        each.saveTo(replica);
      }
      each.close(105);
      each.close(Long.MAX_VALUE);
    }
  }
}
