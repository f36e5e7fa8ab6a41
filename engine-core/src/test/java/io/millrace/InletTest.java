package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.InletOptions.WhenFull;
import io.millrace.types.AnalysisException;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(EngineThreads.class)
class InletTest {
  private static final Schema IDS = Schema.parse("id BIGINT, text STRING");
  private static final Schema ALL =
      Schema.parse(
          "b BOOLEAN, y TINYINT, s SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE,"
              + " m DECIMAL(10,2), t STRING, x BINARY, a DATE, z TIMESTAMP");

  private final List<Row> seen = new ArrayList<>();

  private StreamingQuery record(Inlet inlet) {
    return inlet.toDF().writeStream().foreachRow(row -> seen.add(row.toRow())).start();
  }

  private static InletOptions small(WhenFull policy) {
    return new InletOptions(64, policy); // two blocks of 64 rows
  }

  private static long fill(InletWriter writer) {
    long id = 0;
    while (writer.setLong(0, id).append() >= 0) {
      id++;
    }
    return id;
  }

  @Test
  void everyTypeComesThroughByWriterAndByRow() {
    byte[] utf8 = "  Ärger 😀 ".getBytes(StandardCharsets.UTF_8);
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("all", ALL);
      StreamingQuery query = record(inlet);
      try (InletWriter writer = inlet.writer()) {
        writer
            .setBoolean(0, true)
            .setInt(1, -128)
            .setInt(2, 32_767)
            .setInt(3, Integer.MIN_VALUE)
            .setLong(4, Long.MAX_VALUE)
            .setFloat(5, -0.0f)
            .setDouble(6, Double.NaN)
            .setDecimal(7, -1_234)
            .setUtf8(8, utf8, 2, utf8.length - 3)
            .setBinary(9, new byte[] {0, -1})
            .setDate(10, -1)
            .setTimestamp(11, -1)
            .append();
        writer.append();
        writer.setUtf8(8, new UnsafeBuffer(utf8), 2, 6).setInt(4, 7).setString(8, "last").append();
        writer.setLong(4, 1).setNull(4).append();
      }
      query.processAllAvailable();
      Row full =
          Row.of(
              true,
              (byte) -128,
              (short) 32_767,
              Integer.MIN_VALUE,
              Long.MAX_VALUE,
              -0.0f,
              Double.NaN,
              new BigDecimal("-12.34"),
              "Ärger 😀",
              new byte[] {0, -1},
              LocalDate.of(1969, 12, 31),
              Instant.ofEpochSecond(-1, 999_999_000));
      Row empty = Row.of(new Object[12]);
      Row sparse = Row.of(null, null, null, null, 7L, null, null, null, "last", null, null, null);
      assertThat(seen).containsExactly(full, empty, sparse, empty);
      seen.clear();
      inlet.append(full);
      inlet.append(empty);
      inlet.append(sparse);
      query.processAllAvailable();
      assertThat(seen).containsExactly(full, empty, sparse);
    }
  }

  @Test
  void longStringsGrowBlocksAndNothingIsTorn() {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      int length = random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(30);
      rows.add(Row.of((long) i, random.nextInt(9) == 0 ? null : ("ä" + i).repeat(length)));
    }
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("long", IDS, InletOptions.defaults().withCapacityRows(256));
      StreamingQuery query = record(inlet);
      try (InletWriter writer = inlet.writer()) {
        for (Row row : rows) {
          writer.setLong(0, row.getLong(0));
          if (!row.isNull(1)) {
            writer.setString(1, row.getString(1));
          }
          assertThat(writer.append()).isEqualTo(row.getLong(0));
        }
      }
      query.processAllAvailable();
      assertThat(seen).isEqualTo(rows);
      seen.clear();
      rows.forEach(inlet::append);
      query.processAllAvailable();
      assertThat(seen).isEqualTo(rows);
    }
  }

  @Test
  void batchesAreCopiedAndOwnBatchesAreEmptied() {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("batches", IDS, InletOptions.defaults().withCapacityRows(256));
      StreamingQuery query = record(inlet);
      List<Row> expected = new ArrayList<>();
      for (int size : new int[] {0, 1, 63, 64, 200, 5}) {
        try (VectorSchemaRoot batch = inlet.newBatch()) {
          BigIntVector ids = (BigIntVector) batch.getVector(0);
          VarCharVector texts = (VarCharVector) batch.getVector(1);
          batch.allocateNew();
          for (int i = 0; i < size; i++) {
            ids.setSafe(i, i);
            if (i % 3 == 0) {
              texts.setNull(i);
            } else {
              texts.setSafe(i, ("text " + i).getBytes(StandardCharsets.UTF_8));
            }
            expected.add(Row.of((long) i, i % 3 == 0 ? null : "text " + i));
          }
          batch.setRowCount(size);
          assertThat(inlet.appendBatch(batch)).isEqualTo(Math.max(0, expected.size() - 1));
          assertThat(batch.getRowCount()).isZero();
        }
      }
      query.processAllAvailable();
      assertThat(seen).isEqualTo(expected);
    }
  }

  @Test
  void aBatchOfOtherColumnsOrOfTooManyRowsIsRefused() {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("a", IDS, small(WhenFull.RETURN_FULL));
      Inlet other = session.inlet("b", Schema.parse("id BIGINT"));
      try (VectorSchemaRoot batch = other.newBatch()) {
        assertThatThrownBy(() -> inlet.appendBatch(batch))
            .isInstanceOf(AnalysisException.class)
            .hasMessageContaining("columns");
      }
      try (VectorSchemaRoot batch = inlet.newBatch()) {
        batch.allocateNew();
        batch.setRowCount(129);
        assertThatThrownBy(() -> inlet.appendBatch(batch)).hasMessageContaining("at most 128");
      }
    }
  }

  @Test
  void aFullInletSaysSoAndKeepsTheStagedRow() {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("small", IDS, small(WhenFull.RETURN_FULL));
      InletWriter writer = inlet.writer();
      long taken = fill(writer.setString(1, "x"));
      assertThat(taken).isEqualTo(128);
      StreamingQuery query = record(inlet);
      query.processAllAvailable();
      assertThat(writer.append()).isEqualTo(taken); // the row that was refused
      query.processAllAvailable();
      assertThat(seen).hasSize(129);
      assertThat(seen.getLast()).isEqualTo(Row.of(128L, null));
    }
  }

  @Test
  void droppedRowsAreNotSeenLater() {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("small", IDS, small(WhenFull.DROP));
      InletWriter writer = inlet.writer();
      long taken = fill(writer);
      assertThat(writer.setLong(0, -5).append()).isEqualTo(InletWriter.FULL);
      StreamingQuery query = record(inlet);
      query.processAllAvailable();
      assertThat(writer.append()).isEqualTo(taken);
      query.processAllAvailable();
      assertThat(seen.getLast()).isEqualTo(Row.of(new Object[2]));
      assertThat(query.lastProgress().sources().getFirst().metrics())
          .containsEntry("numDroppedRows", "2")
          .containsEntry("numWaitingRows", "0")
          .containsEntry("maxWaitingRows", "128");
    }
  }

  @Test
  void aBlockedAppendGoesOnWhenAQueryReads() throws InterruptedException {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("small", IDS, small(WhenFull.BLOCK));
      Thread producer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (long i = 0; i < 1_000; i++) {
                      inlet.append(Row.of(i, "t" + i));
                    }
                    inlet.close();
                  });
      StreamingQuery query = record(inlet);
      producer.join();
      query.awaitTermination();
      assertThat(seen).hasSize(1_000);
      assertThat(seen.get(999)).isEqualTo(Row.of(999L, "t999"));
    }
  }

  @Test
  void closingTheInletReleasesABlockedAppend() throws InterruptedException {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("small", IDS, small(WhenFull.BLOCK));
      AtomicLong last = new AtomicLong();
      CountDownLatch begun = new CountDownLatch(128);
      Thread producer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (InletWriter writer = inlet.writer()) {
                      while (last.get() >= 0) {
                        last.set(writer.setLong(0, 1).append());
                        begun.countDown();
                      }
                    }
                  });
      begun.await();
      inlet.close();
      producer.join();
      assertThat(last).hasValue(InletWriter.CLOSED);
    }
  }

  @Test
  void appendsAfterCloseAreRefused() {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("i", IDS);
      InletWriter writer = inlet.writer();
      InletWriter gone = inlet.writer();
      gone.close();
      gone.close();
      assertThat(gone.setLong(0, 1).append()).isEqualTo(InletWriter.CLOSED);
      inlet.close();
      inlet.close();
      assertThat(writer.setLong(0, 1).append()).isEqualTo(InletWriter.CLOSED);
      assertThat(inlet.append(Row.of(1L, "a"))).isEqualTo(InletWriter.CLOSED);
      assertThatThrownBy(inlet::writer).hasMessageContaining("closed");
    }
  }

  @Test
  void appendInsideACallbackNeverBlocks() {
    List<Long> results = new ArrayList<>();
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("loop", IDS, small(WhenFull.BLOCK));
      InletWriter writer = inlet.writer();
      Inlet input = session.inlet("input", IDS);
      StreamingQuery query =
          input
              .toDF()
              .writeStream()
              .foreachRow(
                  row -> {
                    for (int i = 0; i < 200; i++) {
                      results.add(writer.setLong(0, i).append());
                    }
                    results.add(inlet.append(Row.of(1L, "own lane")));
                  })
              .start();
      input.append(Row.of(1L, ""));
      query.processAllAvailable();
    }
    assertThat(results).hasSize(201).contains(127L, InletWriter.FULL).endsWith(0L);
  }

  @Test
  void aCallbackDoesNotWaitForAnApplicationThreadThatWaits() throws InterruptedException {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("loop", IDS, small(WhenFull.BLOCK));
      CountDownLatch full = new CountDownLatch(128);
      Thread producer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (long i = 0; i < 300; i++) {
                      inlet.append(Row.of(i, "app"));
                      full.countDown();
                    }
                  });
      full.await();
      List<Long> answers = new ArrayList<>();
      StreamingQuery query =
          inlet
              .toDF()
              .filter("text = 'app'")
              .writeStream()
              .foreachRow(row -> answers.add(inlet.append(Row.of(-1L, "callback"))))
              .start();
      while (producer.isAlive() && query.isActive()) {
        producer.join(10);
      }
      query.processAllAvailable();
      assertThat(answers).hasSize(300);
    }
  }

  @Test
  void twoQueriesReadTheSameInlet() {
    List<Row> other = new ArrayList<>();
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("both", IDS, InletOptions.defaults().withCapacityRows(256));
      StreamingQuery first = record(inlet);
      StreamingQuery second =
          inlet
              .toDF()
              .select("id")
              .writeStream()
              .foreachBatch((frame, epoch) -> other.addAll(frame.collect()))
              .start();
      for (long i = 0; i < 5_000; i++) {
        inlet.append(Row.of(i, "row " + i));
      }
      first.processAllAvailable();
      second.processAllAvailable();
    }
    assertThat(seen).hasSize(5_000);
    assertThat(seen.get(4_321)).isEqualTo(Row.of(4_321L, "row 4321"));
    assertThat(other).extracting(row -> row.getLong(0)).hasSize(5_000).isSorted().endsWith(4_999L);
  }

  @Test
  void twoArrowCallbacksOnOneInletSeeTheirOwnRowCounts() {
    AtomicLong sums = new AtomicLong();
    AtomicLong torn = new AtomicLong();
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("both", IDS, InletOptions.defaults().withCapacityRows(1_024));
      List<StreamingQuery> queries = new ArrayList<>();
      for (int q = 0; q < 2; q++) {
        queries.add(
            inlet
                .toDF()
                .writeStream()
                .foreachArrow(
                    (root, epoch) -> {
                      BigIntVector ids = (BigIntVector) root.getVector(0);
                      int rows = root.getRowCount();
                      long sum = 0;
                      for (int i = 0; i < rows; i++) {
                        sum += ids.get(i);
                      }
                      sums.addAndGet(sum);
                      if (root.getRowCount() != rows || ids.getValueCount() != rows) {
                        torn.incrementAndGet();
                      }
                    })
                .start());
      }
      try (InletWriter writer = inlet.writer()) {
        for (long i = 0; i < 100_000; i++) {
          writer.setLong(0, i).append();
        }
      }
      queries.forEach(StreamingQuery::processAllAvailable);
    }
    assertThat(torn).hasValue(0);
    assertThat(sums).hasValue(2 * (100_000L * 99_999 / 2));
  }

  @Test
  void aQueryGoesOnWhereTheOneBeforeItStopped() {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("i", IDS, InletOptions.defaults().withCapacityRows(256));
      try (InletWriter writer = inlet.writer()) {
        long id = 0;
        for (int run = 0; run < 20; run++) {
          for (int i = 0; i < 7 * run; i++) {
            writer.setLong(0, id++).append();
          }
          StreamingQuery query = record(inlet);
          for (int i = 0; i < 5 * run; i++) {
            writer.setLong(0, id++).append();
          }
          query.processAllAvailable();
          query.stop();
        }
        assertThat(seen).extracting(row -> row.getLong(0)).hasSize((int) id).isSorted();
        assertThat(seen.getLast().getLong(0)).isEqualTo(id - 1);
      }
    }
  }

  @Test
  void onlyTheColumnsThatAreReadComeOut() {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("all", ALL);
      StreamingQuery query =
          inlet
              .toDF()
              .filter("i > 1")
              .select("t", "d")
              .writeStream()
              .foreachRow(row -> seen.add(row.toRow()))
              .start();
      try (InletWriter writer = inlet.writer()) {
        writer.setInt(3, 1).setString(8, "no").append();
        writer.setInt(3, 2).setString(8, "yes").setDouble(6, 0.5).append();
        writer.setString(8, "null").append();
      }
      query.processAllAvailable();
      assertThat(seen).containsExactly(Row.of("yes", 0.5));
    }
  }

  @Test
  void wrongValuesAreRefusedAndTheInletGoesOn() {
    try (Session session = TestSession.open()) {
      Inlet inlet =
          session.inlet("n", Schema.parse("id BIGINT NOT NULL, y TINYINT, m DECIMAL(4,2)"));
      StreamingQuery query = record(inlet);
      InletWriter writer = inlet.writer();
      assertThatThrownBy(writer::append)
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("inlet n, column id")
          .hasMessageContaining("NOT NULL");
      assertThatThrownBy(() -> writer.setDouble(0, 1.5)).hasMessageContaining("BIGINT, not DOUBLE");
      assertThatThrownBy(() -> writer.setInt(1, 128)).hasMessageContaining("TINYINT");
      assertThatThrownBy(() -> writer.setDecimal(2, 10_000)).hasMessageContaining("DECIMAL(4,2)");
      assertThatThrownBy(() -> writer.setLong(3, 1)).hasMessageContaining("no column 3");
      assertThatThrownBy(() -> inlet.append(Row.of(null, null, null))).hasMessageContaining("id");
      assertThatThrownBy(() -> inlet.append(Row.of(1L))).hasMessageContaining("3 columns");
      writer.setLong(0, 1).setInt(1, 127).setDecimal(2, 9_999).append();
      assertThat(inlet.append(Row.of(2L, null, null))).isZero();
      query.processAllAvailable();
      assertThat(seen)
          .containsExactlyInAnyOrder(
              Row.of(1L, (byte) 127, new BigDecimal("99.99")), Row.of(2L, null, null));
    }
  }

  @Test
  void producersCountOnFromTheirLastWriter() {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("p", IDS);
      try (InletWriter writer = inlet.writer("a")) {
        assertThat(writer.append()).isZero();
        assertThat(writer.append()).isEqualTo(1);
        assertThatThrownBy(() -> inlet.writer("a")).hasMessageContaining("open writer");
      }
      try (InletWriter writer = inlet.writer("a");
          InletWriter other = inlet.writer("b")) {
        assertThat(writer.append()).isEqualTo(2);
        assertThat(other.append()).isZero();
      }
      StreamingQuery query = record(inlet);
      query.processAllAvailable();
      assertThat(seen).hasSize(4);
    }
  }

  @Test
  void twoInletsOfOneNameAreRefused() {
    try (Session session = TestSession.open()) {
      session.inlet("readings", IDS);
      assertThatThrownBy(() -> session.inlet("READINGS", IDS))
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("choose another name");
    }
  }

  private static void fill(VectorSchemaRoot batch, int rows, long firstId) {
    BigIntVector ids = (BigIntVector) batch.getVector(0);
    VarCharVector texts = (VarCharVector) batch.getVector(1);
    batch.allocateNew();
    for (int i = 0; i < rows; i++) {
      ids.setSafe(i, firstId + i);
      if (i % 3 == 0) {
        texts.setNull(i);
      } else {
        texts.setSafe(i, ("text " + (firstId + i)).getBytes(StandardCharsets.UTF_8));
      }
    }
    batch.setRowCount(rows);
  }

  @ParameterizedTest
  @EnumSource(WhenFull.class)
  void ownBatchesMoveWholeAndInOrderWithRowsBetweenThem(WhenFull policy) {
    List<Row> expected = new ArrayList<>();
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("moves", IDS, new InletOptions(512, policy));
      StreamingQuery query = record(inlet);
      long id = 0;
      for (int size : new int[] {256, 0, 1, 31, 32, 63, 64, 65, 255, 257, 300, 512, 511, 200}) {
        try (VectorSchemaRoot batch = inlet.newBatch()) {
          fill(batch, size, id);
          for (int i = 0; i < size; i++) {
            expected.add(Row.of(id + i, i % 3 == 0 ? null : "text " + (id + i)));
          }
          id += size;
          long last;
          while ((last = inlet.appendBatch(batch)) == InletWriter.FULL) {
            query.processAllAvailable();
          }
          assertThat(last).isEqualTo(Math.max(0, id - 1));
          assertThat(batch.getRowCount()).isZero();
          assertThat(batch.getFieldVectors()).allMatch(vector -> vector.getBufferSize() == 0);
          Row between = Row.of(id++, "between");
          expected.add(between);
          while (inlet.append(between) == InletWriter.FULL) {
            query.processAllAvailable();
          }
        }
      }
      query.processAllAvailable();
      assertThat(seen).isEqualTo(expected);
    }
  }

  @Test
  void aBatchThatFindsNoRoomStaysWhole() {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("moves", IDS, new InletOptions(256, WhenFull.RETURN_FULL));
      try (VectorSchemaRoot first = inlet.newBatch();
          VectorSchemaRoot second = inlet.newBatch()) {
        fill(first, 200, 0);
        fill(second, 100, 200);
        assertThat(inlet.appendBatch(first)).isEqualTo(199);
        assertThat(inlet.appendBatch(second)).isEqualTo(InletWriter.FULL);
        assertThat(second.getRowCount()).isEqualTo(100);
        StreamingQuery query = record(inlet);
        query.processAllAvailable();
        assertThat(inlet.appendBatch(second)).isEqualTo(299);
        fill(first, 128, 300); // an emptied batch is filled again
        query.processAllAvailable();
        assertThat(inlet.appendBatch(first)).isEqualTo(427);
        query.processAllAvailable();
      }
      assertThat(seen).extracting(row -> row.getLong(0)).hasSize(428).isSorted();
      assertThat(seen.get(427)).isEqualTo(Row.of(427L, "text 427"));
    }
  }

  @Test
  void aBatchWhoseColumnsAreNotFilledIsRefused() {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("moves", IDS);
      try (VectorSchemaRoot batch = inlet.newBatch()) {
        fill(batch, 100, 0);
        batch.getVector(1).setValueCount(7);
        assertThatThrownBy(() -> inlet.appendBatch(batch))
            .isInstanceOf(AnalysisException.class)
            .hasMessageContaining("column text")
            .hasMessageContaining("setRowCount");
      }
    }
  }

  @Test
  void aSenderThatWaitsHearsThatTheQueryHasFailed() {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("small", IDS, small(WhenFull.BLOCK));
      AtomicLong limit = new AtomicLong(100);
      StreamingQuery query =
          inlet
              .toDF()
              .writeStream()
              .foreachRow(
                  row -> {
                    if (row.getLong(0) > limit.get()) {
                      throw new IllegalArgumentException("too large");
                    }
                    seen.add(row.toRow());
                  })
              .start();
      InletWriter writer = inlet.writer();
      AtomicLong next = new AtomicLong();
      assertThatThrownBy(
              () -> {
                while (true) {
                  writer.setLong(0, next.get()).append();
                  next.incrementAndGet();
                }
              })
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("inlet small is full")
          .hasMessageContaining("too large")
          .hasMessageContaining("start a query");
      assertThatThrownBy(query::awaitTermination).hasMessageContaining("too large");
      limit.set(Long.MAX_VALUE);
      StreamingQuery again = record(inlet);
      assertThat(writer.append()).isEqualTo(next.get()); // the row that was refused
      again.processAllAvailable();
      assertThat(seen.getLast()).isEqualTo(Row.of(next.get(), null));
    }
  }

  @Test
  void aThreadThatPollsOneQueryDoesNotWaitForAnother() {
    List<Long> answers = new ArrayList<>();
    try (Session session = TestSession.open()) {
      Inlet target = session.inlet("target", IDS, small(WhenFull.BLOCK));
      Inlet input = session.inlet("input", IDS);
      StreamingQuery reads =
          target.toDF().writeStream().foreachRow(row -> {}).threads(Threads.CALLER).start();
      InletWriter writer = target.writer();
      StreamingQuery feeds =
          input
              .toDF()
              .writeStream()
              .foreachRow(
                  row -> {
                    for (int i = 0; i < 300; i++) {
                      answers.add(writer.setLong(0, i).append());
                    }
                  })
              .threads(Threads.CALLER)
              .start();
      input.append(Row.of(1L, ""));
      feeds.poll();
      assertThat(answers).hasSize(300).contains(127L).endsWith(InletWriter.FULL);
      reads.poll();
    }
  }
}
