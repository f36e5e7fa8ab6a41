package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Threads against threads: every value follows from its row's sequence, so a torn row shows. */
@ExtendWith(EngineThreads.class)
class InletStressTest {
  private static final Schema SCHEMA =
      Schema.parse("producer INT, sequence BIGINT, square DOUBLE, text STRING, odd BOOLEAN");

  /** What one query has seen of one producer. */
  private static final class Seen {
    private long next;
    private long wrong;

    void row(RowView row) {
      long sequence = row.getLong(1);
      boolean nulls = sequence % 11 == 0;
      boolean right =
          sequence == next
              && row.getDouble(2) == (double) sequence * sequence
              && (nulls ? row.isNull(3) : text(sequence).equals(row.getString(3)))
              && (nulls ? row.isNull(4) : row.getBoolean(4) == (sequence % 2 == 1));
      wrong += right ? 0 : 1;
      next = sequence + 1;
    }
  }

  private static String text(long sequence) {
    return sequence % 997 == 0 ? "long".repeat(500) + sequence : "t" + sequence;
  }

  private static void write(InletWriter writer, int producer, long sequence) {
    writer.setInt(0, producer).setLong(1, sequence).setDouble(2, (double) sequence * sequence);
    if (sequence % 11 != 0) {
      writer.setString(3, text(sequence)).setBoolean(4, sequence % 2 == 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "park, fused, false",
    "yield, fused, true",
    "park, staged, false",
    "park, fused, true",
    "park, staged, true"
  })
  void manyProducersAndTwoQueriesLoseDoubleAndTearNothing(
      String wait, String execution, boolean continuous) throws InterruptedException {
    int producers = 4;
    long rows = 40_000;
    try (Session session =
        TestSession.open(
            "millrace.wait", wait, "millrace.execution", execution, "millrace.blockRows", 128)) {
      Inlet inlet = session.inlet("s", SCHEMA, InletOptions.defaults().withCapacityRows(300));
      Seen[][] seen = new Seen[2][producers];
      List<StreamingQuery> queries = new ArrayList<>();
      for (int q = 0; q < 2; q++) {
        for (int p = 0; p < producers; p++) {
          seen[q][p] = new Seen();
        }
        Seen[] mine = seen[q];
        queries.add(
            inlet
                .toDF()
                .writeStream()
                .foreachRow(row -> mine[row.getInt(0)].row(row))
                .trigger(continuous ? Trigger.continuous("10 milliseconds") : Trigger.DEFAULT)
                .start());
      }
      List<Thread> threads = new ArrayList<>();
      for (int p = 0; p < producers; p++) {
        int producer = p;
        threads.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      try (InletWriter writer = inlet.writer()) {
                        for (long i = 0; i < rows; i++) {
                          write(writer, producer, i);
                          writer.append();
                        }
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      inlet.close();
      queries.forEach(StreamingQuery::awaitTermination);
      for (Seen[] mine : seen) {
        for (Seen producer : mine) {
          assertThat(producer.wrong).isZero();
          assertThat(producer.next).isEqualTo(rows);
        }
      }
    }
  }

  @Test
  void queriesThatComeAndGoSeeAnUnbrokenRun() throws InterruptedException {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("s", SCHEMA, InletOptions.defaults().withCapacityRows(256));
      AtomicBoolean stop = new AtomicBoolean();
      StreamingQuery steady = inlet.toDF().writeStream().foreachRow(row -> {}).start();
      Thread producer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (InletWriter writer = inlet.writer()) {
                      for (long i = 0; !stop.get(); i++) {
                        write(writer, 0, i);
                        writer.append();
                      }
                    }
                  });
      for (int run = 0; run < 60; run++) {
        Seen seen = new Seen();
        AtomicLong rows = new AtomicLong();
        StreamingQuery query =
            inlet
                .toDF()
                .writeStream()
                .foreachRow(
                    row -> {
                      if (rows.getAndIncrement() == 0) {
                        seen.next = row.getLong(1);
                      }
                      seen.row(row);
                    })
                .start();
        while (rows.get() < 500 && query.isActive()) {
          Thread.onSpinWait();
        }
        query.stop();
        assertThat(seen.wrong).as("run %s", run).isZero();
      }
      stop.set(true);
      producer.join();
      steady.processAllAvailable();
      assertThat(steady.exception()).isEmpty();
    }
  }

  @Test
  void aSessionIsClosedWhileThreadsAppend() throws InterruptedException {
    for (int run = 0; run < 30; run++) {
      List<Thread> threads = new ArrayList<>();
      try (Session session = TestSession.open()) {
        Inlet inlet = session.inlet("s", SCHEMA, InletOptions.defaults().withCapacityRows(256));
        AtomicLong rows = new AtomicLong();
        inlet.toDF().writeStream().foreachRow(row -> rows.incrementAndGet()).start();
        for (int p = 0; p < 2; p++) {
          InletWriter writer = inlet.writer();
          threads.add(
              Thread.ofPlatform()
                  .start(
                      () -> {
                        long sequence = 0;
                        do {
                          write(writer, 0, sequence);
                        } while ((sequence = writer.append()) >= 0);
                      }));
        }
        while (rows.get() < 1_000) {
          Thread.onSpinWait();
        }
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }
}
