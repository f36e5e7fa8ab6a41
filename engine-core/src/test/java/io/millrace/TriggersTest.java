package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EngineThreads.class)
class TriggersTest {
  private static final Schema SCHEMA = Schema.parse("id BIGINT");
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Epoch and id of every row that came out. */
  private final List<String> seen = new ArrayList<>();

  private DataStreamWriter recording(DataFrame frame) {
    return frame
        .writeStream()
        .foreachRow(
            row -> {
              synchronized (seen) {
                seen.add(row.epoch() + ":" + row.getLong(0));
              }
            });
  }

  private static Row[] ids(long from, long to) {
    List<Row> rows = new ArrayList<>();
    for (long id = from; id < to; id++) {
      rows.add(Row.of(id));
    }
    return rows.toArray(Row[]::new);
  }

  @Test
  void processingTimeBeginsEpochsAtMultiplesOfTheInterval() {
    ManualClock clock = new ManualClock(1_000_000_300_000L);
    try (Session session = TestSession.open(clock)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query =
          recording(input.toDF())
              .trigger(Trigger.processingTime("10 seconds"))
              .threads(Threads.CALLER)
              .start();
      input.addData(Row.of(1L));
      assertThat(query.poll()).isEqualTo(1); // the first one at once
      input.addData(Row.of(2L));
      clock.setTime(1_000_009_999_999L);
      assertThat(query.poll()).isZero();
      clock.setTime(1_000_010_000_000L);
      assertThat(query.poll()).isEqualTo(1);
      clock.setTime(1_000_020_000_000L);
      assertThat(query.poll()).isZero(); // nothing new: the next look is at 30
      input.addData(Row.of(3L));
      clock.setTime(1_000_029_000_000L);
      assertThat(query.poll()).isZero();
      clock.setTime(1_000_047_000_000L);
      assertThat(query.poll()).isEqualTo(1); // late, so at once
      input.addData(Row.of(4L));
      clock.setTime(1_000_050_000_000L);
      assertThat(query.poll()).isEqualTo(1);
      query.stop();
    }
    assertThat(seen).containsExactly("0:1", "1:2", "2:3", "3:4");
  }

  @Test
  void aWallClockThatIsSetBackDoesNotDelayTheNextEpochByMoreThanTheInterval() {
    ManualClock clock = new ManualClock(5_000_000_000L);
    try (Session session = TestSession.open(clock)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query =
          recording(input.toDF())
              .trigger(Trigger.processingTime(SECOND))
              .threads(Threads.CALLER)
              .start();
      input.addData(Row.of(1L));
      query.poll();
      input.addData(Row.of(2L));
      clock.setTime(1_000_000_000L);
      query.poll();
      query.stop();
    }
    assertThat(seen).containsExactly("0:1", "1:2");
  }

  @Test
  void onceTakesAllThatIsThereAsOneEpochAndEnds() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      input.addData(ids(0, 2));
      input.addData(ids(2, 3));
      Inlet inlet = session.inlet("live", SCHEMA);
      inlet.append(Row.of(9L));
      StreamingQuery query =
          recording(input.toDF().union(inlet.toDF())).trigger(Trigger.once()).start();
      query.awaitTermination();
      assertThat(query.isActive()).isFalse();
      assertThat(query.recentProgress()).hasSize(1);
    }
    assertThat(seen).containsExactly("0:0", "0:1", "0:2", "0:9");
  }

  @Test
  void availableNowEndsThoughInputKeepsComing() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      Inlet inlet = session.inlet("live", SCHEMA);
      input.addData(ids(0, 2));
      input.addData(ids(2, 3));
      inlet.append(Row.of(100L));
      StreamingQuery query =
          input
              .toDF()
              .union(inlet.toDF())
              .writeStream()
              .foreachRow(
                  row -> {
                    seen.add(row.epoch() + ":" + row.getLong(0));
                    input.addData(Row.of(-1L));
                    inlet.append(Row.of(-2L));
                    inlet.writer().setLong(0, -3).append();
                  })
              .trigger(Trigger.availableNow())
              .start();
      query.awaitTermination();
    }
    assertThat(seen).containsExactly("0:0", "0:1", "0:100", "1:2");
  }

  @Test
  void eventCountTakesExactlyThatManyRowsOfAMemoryStreamAndTheRestAtTheEnd() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      input.addData(ids(0, 1));
      input.addData(ids(1, 2));
      StreamingQuery query = recording(input.toDF()).trigger(Trigger.eventCount(3)).start();
      query.processAllAvailable();
      assertThat(seen).isEmpty();
      input.addData(ids(2, 9));
      query.processAllAvailable();
      input.addData();
      input.addData(ids(9, 11));
      query.processAllAvailable();
      input.close();
      query.awaitTermination();
    }
    assertThat(seen)
        .containsExactly(
            "0:0", "0:1", "0:2", "1:3", "1:4", "1:5", "2:6", "2:7", "2:8", "3:9", "3:10");
  }

  @Test
  void eventCountCountsOverAllSources() {
    try (Session session = TestSession.open()) {
      MemoryStream left = session.memoryStream(SCHEMA);
      MemoryStream right = session.memoryStream(SCHEMA);
      left.addData(ids(0, 5));
      right.addData(ids(10, 15));
      StreamingQuery query =
          recording(left.toDF().union(right.toDF())).trigger(Trigger.eventCount(4)).start();
      query.processAllAvailable();
      assertThat(seen).containsExactly("0:0", "0:1", "0:2", "0:3", "1:4", "1:10", "1:11", "1:12");
    }
  }

  @Test
  void eventCountCutsAnInletIntoEpochsAndTakesTheRestWhenItIsClosed() {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("live", SCHEMA, InletOptions.defaults().withCapacityRows(512));
      StreamingQuery query = recording(inlet.toDF()).trigger(Trigger.eventCount(100)).start();
      try (InletWriter writer = inlet.writer()) {
        for (int i = 0; i < 1_030; i++) {
          writer.setLong(0, i).append();
        }
      }
      inlet.close();
      query.awaitTermination();
      assertThat(query.recentProgress())
          .extracting(StreamingQueryProgress::numInputRows)
          .containsExactly(100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 30L);
    }
    assertThat(seen).hasSize(1_030).endsWith("10:1029");
  }

  @Test
  void eventCountDoesNotWaitForMoreRowsThanAnInletHolds() {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("live", SCHEMA, InletOptions.defaults().withCapacityRows(128));
      StreamingQuery query = recording(inlet.toDF()).trigger(Trigger.eventCount(1_000)).start();
      try (InletWriter writer = inlet.writer()) {
        for (int i = 0; i < 1_030; i++) {
          writer.setLong(0, i).append();
        }
      }
      inlet.close();
      query.awaitTermination();
    }
    assertThat(seen).hasSize(1_030);
  }

  @Test
  void continuousHandsRowsOutBeforeTheEpochEnds() {
    ManualClock clock = new ManualClock(0);
    try (Session session = TestSession.open(clock)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      Inlet inlet = session.inlet("live", SCHEMA);
      StreamingQuery query =
          recording(inlet.toDF().union(input.toDF()))
              .trigger(Trigger.continuous(SECOND))
              .threads(Threads.CALLER)
              .start();
      inlet.append(Row.of(1L));
      query.poll();
      assertThat(seen).containsExactly("0:1");
      assertThat(query.lastProgress()).isNull();
      clock.advance(Duration.ofMillis(999));
      inlet.append(Row.of(2L));
      query.poll();
      clock.advance(Duration.ofMillis(1));
      query.poll();
      assertThat(query.lastProgress().batchId()).isZero();
      assertThat(query.lastProgress().numInputRows()).isEqualTo(2);
      clock.advance(Duration.ofSeconds(5));
      query.poll();
      assertThat(query.recentProgress()).hasSize(1); // no rows, no epoch
      input.addData(ids(3, 5));
      query.processAllAvailable(); // ends the epoch early
      assertThat(query.lastProgress().batchId()).isEqualTo(1);
      query.stop();
    }
    assertThat(seen).containsExactly("0:1", "0:2", "1:3", "1:4");
  }

  @Test
  void continuousEndsWithItsInput() {
    AtomicInteger rows = new AtomicInteger();
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("live", SCHEMA);
      StreamingQuery query =
          inlet
              .toDF()
              .writeStream()
              .foreachRow(row -> rows.incrementAndGet())
              .trigger(Trigger.continuous("1 hour"))
              .start();
      for (int i = 0; i < 1_000; i++) {
        inlet.append(Row.of((long) i));
      }
      inlet.close();
      query.awaitTermination();
      assertThat(query.lastProgress().numInputRows()).isEqualTo(1_000);
    }
    assertThat(rows).hasValue(1_000);
  }
}
