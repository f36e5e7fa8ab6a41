package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.RowPosition;
import io.millrace.types.AnalysisException;
import io.millrace.types.Schema;
import io.millrace.types.StreamingQueryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders with a name go on behind what is safe, and every query has each of their rows once. */
@ExtendWith(EngineThreads.class)
class InletProducersTest {
  private static final Schema IDS = Schema.parse("id BIGINT");
  private static final InletOptions SMALL = InletOptions.defaults().withCapacityRows(128);

  @TempDir private Path folder;

  /** A callback's application: it keeps each row's effect together with the row's position. */
  private static final class Effects implements RowFunction {
    private final List<Long> ids = new ArrayList<>();
    private RowPosition last = RowPosition.START;
    private long failAt = -1;

    @Override
    public void accept(RowView row) {
      if (row.getLong(0) == failAt) {
        failAt = -1;
        throw new IllegalArgumentException("row " + row.getLong(0));
      }
      ids.add(row.getLong(0));
      last = new RowPosition(row.epoch(), row.rowNumber());
    }

    @Override
    public Optional<RowPosition> resumeFrom() {
      return Optional.of(last);
    }

    void requireAll(long count) {
      assertThat(ids).containsExactlyElementsOf(LongStream.range(0, count).boxed().toList());
    }
  }

  private static Session session() {
    return TestSession.open("millrace.durability", "process", "millrace.blockRows", 64);
  }

  private StreamingQuery start(Inlet inlet, Effects effects, String checkpoint) {
    return writer(inlet, effects, checkpoint).start();
  }

  private DataStreamWriter writer(Inlet inlet, Effects effects, String checkpoint) {
    return inlet
        .toDF()
        .writeStream()
        .foreachRow(effects)
        .option("checkpointLocation", folder.resolve(checkpoint).toString())
        .trigger(Trigger.continuous("1 hour"));
  }

  /** Appends rows whose ids are their numbers, up to that one (exclusive). */
  private static void sendUpTo(InletWriter writer, long first, long end) {
    for (long id = first; id < end; id++) {
      assertThat(writer.setLong(0, id).append()).isEqualTo(id);
    }
  }

  /** What a process leaves behind that is killed now. */
  private void copy(String from, String to) {
    try (Stream<Path> files = Files.walk(folder.resolve(from))) {
      files.forEach(
          file -> {
            try {
              Files.copy(file, folder.resolve(to).resolve(folder.resolve(from).relativize(file)));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSenderGoesOnBehindWhatIsSafeAfterARestart(boolean continuous) {
    Effects effects = new Effects();
    for (int run = 0; run < 4; run++) {
      long first = 10L * run;
      try (Session session = session()) {
        Inlet inlet = session.inlet("i", IDS);
        assertThat(inlet.safeSequence("a")).isEqualTo(-1);
        StreamingQuery query =
            writer(inlet, effects, "ck")
                .trigger(continuous ? Trigger.continuous("1 hour") : Trigger.DEFAULT)
                .start();
        assertThat(inlet.safeSequence("a")).isEqualTo(first - 1);
        assertThat(inlet.safeSequence("b")).isEqualTo(-1);
        try (InletWriter writer = inlet.writer("a")) {
          sendUpTo(writer, first, first + 10);
        }
        query.processAllAvailable();
        assertThat(inlet.safeSequence("a")).isEqualTo(first + 9);
      }
    }
    effects.requireAll(40);
  }

  @Test
  void afterAKillTheSenderSendsAgainWhatWasNotTakenIn() {
    Effects effects = new Effects();
    try (Session session = session()) {
      Inlet inlet = session.inlet("i", IDS);
      StreamingQuery query = writer(inlet, effects, "ck").threads(Threads.CALLER).start();
      InletWriter writer = inlet.writer("a");
      sendUpTo(writer, 0, 150);
      query.poll(); // taken in, not committed
      sendUpTo(writer, 150, 170);
      assertThat(inlet.safeSequence("a")).isEqualTo(149);
      copy("ck", "killed");
    }
    effects.ids.subList(140, effects.ids.size()).clear(); // effects that the application has lost
    effects.last = new RowPosition(effects.last.epoch(), 139);
    try (Session session = session()) {
      Inlet inlet = session.inlet("i", IDS);
      StreamingQuery query = start(inlet, effects, "killed");
      assertThat(inlet.safeSequence("a")).isEqualTo(149);
      sendUpTo(inlet.writer("a"), 150, 200);
      query.processAllAvailable();
      assertThat(inlet.safeSequence("a")).isEqualTo(199);
    }
    effects.requireAll(200);
  }

  @Test
  void queriesThatCameToDifferentNumbersHaveEachRowOnce() {
    Effects ahead = new Effects();
    Effects behind = new Effects();
    try (Session session = session()) {
      Inlet inlet = session.inlet("i", IDS, SMALL);
      StreamingQuery first = start(inlet, ahead, "ahead");
      StreamingQuery second = start(inlet, behind, "behind");
      InletWriter writer = inlet.writer("a");
      sendUpTo(writer, 0, 100);
      second.processAllAvailable();
      second.stop();
      sendUpTo(writer, 100, 300);
      first.processAllAvailable();
    }
    for (int run = 0; run < 2; run++) {
      try (Session session = session()) {
        Inlet inlet = session.inlet("i", IDS, SMALL);
        StreamingQuery first = start(inlet, ahead, "ahead");
        StreamingQuery second = start(inlet, behind, "behind");
        long safe = inlet.safeSequence("a");
        assertThat(safe).isEqualTo(run == 0 ? 99 : 499);
        sendUpTo(inlet.writer("a"), safe + 1, 500);
        first.processAllAvailable();
        second.processAllAvailable();
        assertThat(inlet.safeSequence("a")).isEqualTo(499);
      }
    }
    ahead.requireAll(500);
    behind.requireAll(500);
  }

  @Test
  void aQueryThatHasNothingOfASenderYetGetsAllOfItsRows() {
    Effects fast = new Effects();
    Effects late = new Effects();
    try (Session session = session()) {
      Inlet inlet = session.inlet("i", IDS);
      StreamingQuery first = start(inlet, fast, "fast");
      writer(inlet, late, "late").threads(Threads.CALLER).start(); // killed before its first step
      sendUpTo(inlet.writer("a"), 0, 10);
      first.processAllAvailable();
      assertThat(inlet.safeSequence("a")).isEqualTo(-1);
      copy("late", "killed");
    }
    try (Session session = session()) {
      Inlet inlet = session.inlet("i", IDS);
      StreamingQuery first = start(inlet, fast, "fast");
      StreamingQuery second = start(inlet, late, "killed");
      assertThat(inlet.safeSequence("a")).isEqualTo(-1);
      sendUpTo(inlet.writer("a"), 0, 20);
      first.processAllAvailable();
      second.processAllAvailable();
    }
    fast.requireAll(20);
    late.requireAll(20);
  }

  @Test
  void onlyQueriesWithACheckpointSayWhatIsSafe() {
    try (Session session = session()) {
      Inlet inlet = session.inlet("i", IDS);
      List<Long> seen = new ArrayList<>();
      StreamingQuery plain =
          inlet.toDF().writeStream().foreachRow(row -> seen.add(row.getLong(0))).start();
      InletWriter writer = inlet.writer("a");
      sendUpTo(writer, 0, 10);
      plain.processAllAvailable();
      assertThat(inlet.safeSequence("a")).isEqualTo(-1);
      Effects effects = new Effects();
      StreamingQuery query = start(inlet, effects, "ck");
      assertThat(inlet.safeSequence("a")).isEqualTo(9); // it begins behind them
      sendUpTo(writer, 10, 12);
      query.processAllAvailable();
      assertThat(inlet.safeSequence("a")).isEqualTo(11);
      query.stop();
      assertThat(inlet.safeSequence("a")).isEqualTo(-1);
      assertThat(effects.ids).containsExactly(10L, 11L);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "5, 0", "5, 5", "30, 0"})
  void aWriterThatWasOpenBeforeTheQueryIsRefused(int before, int readByAnother) {
    Effects effects = new Effects();
    try (Session session = session()) {
      Inlet inlet = session.inlet("i", IDS);
      StreamingQuery query = start(inlet, effects, "ck");
      sendUpTo(inlet.writer("a"), 0, 20);
      query.processAllAvailable();
    }
    try (Session session = session()) {
      Inlet inlet = session.inlet("i", IDS);
      InletWriter writer = inlet.writer("a");
      sendUpTo(writer, 0, before);
      if (readByAnother > 0) {
        inlet.toDF().writeStream().foreachRow(row -> {}).start().processAllAvailable();
      }
      assertThatThrownBy(() -> start(inlet, effects, "ck"))
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("producer a")
          .hasMessageContaining("start the query first");
    }
    try (Session session = session()) { // and nothing was lost by that
      Inlet inlet = session.inlet("i", IDS);
      InletWriter unused = inlet.writer("a");
      assertThatThrownBy(() -> start(inlet, effects, "ck")).hasMessageContaining("rows up to 19");
      unused.close();
      StreamingQuery query = start(inlet, effects, "ck");
      sendUpTo(inlet.writer("a"), 20, 25);
      query.processAllAvailable();
    }
    effects.requireAll(25);
  }

  @Test
  void rowsThatWentByWhileTheQueryWasAwayAreSentAgain() {
    Effects steady = new Effects();
    Effects away = new Effects();
    try (Session session = session()) {
      Inlet inlet = session.inlet("i", IDS, SMALL);
      StreamingQuery first = start(inlet, steady, "steady");
      StreamingQuery second = start(inlet, away, "away");
      InletWriter writer = inlet.writer("a");
      sendUpTo(writer, 0, 10);
      second.processAllAvailable();
      second.stop();
      sendUpTo(writer, 10, 400);
      first.processAllAvailable();
      assertThatThrownBy(() -> start(inlet, away, "away"))
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("rows 10 to 399 are not in the query's checkpoint");
      writer.close();
      StreamingQuery again = start(inlet, away, "away");
      assertThat(inlet.safeSequence("a")).isEqualTo(9);
      sendUpTo(inlet.writer("a"), 10, 500);
      first.processAllAvailable();
      again.processAllAvailable();
    }
    steady.requireAll(500);
    away.requireAll(500);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5, 63, 64, 99})
  void whatAFailedQueryHadNotMadeSafeWaitsForItsNextStart(long failAt) {
    Effects effects = new Effects();
    effects.failAt = failAt;
    try (Session session = session()) {
      Inlet inlet = session.inlet("i", IDS);
      InletWriter writer = inlet.writer("a");
      sendUpTo(writer, 0, 100);
      StreamingQuery query = start(inlet, effects, "ck");
      assertThatThrownBy(query::processAllAvailable).isInstanceOf(StreamingQueryException.class);
      sendUpTo(writer, 100, 120);
      StreamingQuery again = start(inlet, effects, "ck");
      again.processAllAvailable();
      assertThat(inlet.safeSequence("a")).isEqualTo(119);
    }
    effects.requireAll(120);
  }

  @Test
  void theWritersOfASenderAreReadOneAfterTheOther() {
    Effects effects = new Effects();
    try (Session session = session()) {
      Inlet inlet = session.inlet("i", IDS);
      InletWriter other = inlet.writer();
      StreamingQuery query =
          inlet
              .toDF()
              .filter("id >= 0")
              .writeStream()
              .foreachRow(effects)
              .option("checkpointLocation", folder.resolve("ck").toString())
              .trigger(Trigger.eventCount(330))
              .start();
      long next = 0;
      for (int i = 0; i < 30; i++) {
        other.setLong(0, -1).append();
        try (InletWriter writer = inlet.writer("a")) {
          sendUpTo(writer, next, next + 10);
          next += 10;
        }
        other.setLong(0, -1).append();
      }
      while (query.isActive() && inlet.safeSequence("a") < 269) {
        Thread.onSpinWait();
      }
      inlet.close();
      query.awaitTermination();
    }
    effects.requireAll(300);
  }

  @Test
  void aNameThatCannotBeWrittenDownIsRefused() {
    try (Session session = session()) {
      Inlet inlet = session.inlet("i", IDS);
      assertThatThrownBy(() -> inlet.writer("")).isInstanceOf(AnalysisException.class);
      assertThatThrownBy(() -> inlet.writer("ä".repeat(128)))
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("255");
      inlet.writer("ä".repeat(127)).close();
    }
  }
}
