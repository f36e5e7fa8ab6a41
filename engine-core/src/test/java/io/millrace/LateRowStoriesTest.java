package io.millrace;

import static io.millrace.EventTimeQueries.counts;
import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.window;
import static io.millrace.Story.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which rows come too late, by which rule, and where they go. */
@ExtendWith(EngineThreads.class)
class LateRowStoriesTest {
  private static Story perKey(String mode) {
    return Story.of(
        mode,
        input ->
            input
                .withWatermark("ts", "0 seconds")
                .groupBy(window(col("ts"), "5 seconds"), col("k"))
                .agg(count("*").as("n"))
                .selectExpr("CAST(window.start AS BIGINT)", "k", "n"));
  }

  private static Story tumbling() {
    return Story.of("append", input -> counts(input.withWatermark("ts", "0 seconds")));
  }

  @Test
  void aRowBehindTheWatermarkIsOnTimeWhileItsWindowIsOpen() {
    try (Story story = tumbling()) {
      story.add(13).gives().watermark(13);
      story.add(10).gives().late(0L); // 3 seconds behind
      story.add(9).gives().late(1L); // its window ended at 10
      story.add(15).gives("10 2");
    }
  }

  @Test
  void aWindowThatEndsAtTheWatermarkIsOver() {
    try (Story story = tumbling()) {
      story.add(10, 15).gives("10 1").watermark(15);
      story.add(Row.of("a", 1L, Instant.ofEpochSecond(15).minusNanos(1_000))).gives().late(1L);
      story.add(15).gives().late(0L).state(1L);
    }
  }

  @Test
  void oneMicrosecondBeforeItsEndAWindowIsOpen() {
    try (Story story = tumbling()) {
      Row last = Row.of("a", 1L, Instant.ofEpochSecond(15).minusNanos(1_000));
      story.add(row("a", 10), last).gives();
      story.add(10).gives().late(0L);
      story.add(15).gives("10 3");
    }
  }

  @Test
  void aRowIsLateForThoseOfItsWindowsThatAreOver() {
    try (Story story =
        Story.of(
            "append",
            input ->
                input
                    .withWatermark("ts", "0 seconds")
                    .groupBy(window(col("ts"), "10 seconds", "5 seconds"))
                    .agg(count("*").as("n"))
                    .selectExpr("CAST(window.start AS BIGINT)", "n"))) {
      story.add(12).gives();
      story.add(16).gives("5 1");
      // 14 falls into [5, 15), which is over, and into [10, 20)
      story.add(14).gives().late(1L);
      story.add(30).gives("10 3", "15 1");
    }
  }

  @Test
  void lateRowsAreDroppedInUpdateModeEvenIfTheirGroupWasNeverSeen() {
    try (Story story = perKey("update")) {
      story.add(row("a", 10), row("a", 20)).gives("10 a 1", "20 a 1").state(1L);
      story.add(row("new", 11), row("a", 12)).gives().late(2L).state(1L);
    }
  }

  @Test
  void completeModeTakesLateRows() {
    try (Story story = perKey("complete")) {
      story.add(row("a", 10), row("a", 20)).gives("10 a 1", "20 a 1").watermark(20);
      story.add(row("a", 11)).gives("10 a 2", "20 a 1").late(0L);
    }
  }

  @Test
  void byTheBatchRuleRowsOfOneBatchMakeEachOtherNotLate() {
    try (Story story = perKey("append")) {
      story.add(row("a", 25), row("a", 10)).gives("10 a 1").late(0L).watermark(25);
    }
  }

  @Test
  void byTheRowRuleEachRowIsJudgedByThoseBeforeIt() {
    try (Story story = perKey("append").option("lateness", "row")) {
      story.add(row("a", 10), row("a", 25), row("a", 11)).gives("10 a 1").late(1L).watermark(25);
    }
  }

  @Test
  void theRowRuleGivesTheSameHoweverTheInputIsCut() {
    long[] seconds = {10, 12, 21, 14, 9, 22, 16, 31, 20, 19, 40, 29};
    int late = 0;
    try (Story whole = tumbling().option("lateness", "row")) {
      whole.add(seconds).gives("10 2", "20 2", "30 1");
      late = (int) whole.progress().stateOperators().getFirst().numRowsDroppedByWatermark();
    }
    assertThat(late).isEqualTo(6);
    try (Story single = tumbling().option("lateness", "row")) {
      for (long second : seconds) {
        single.add(second);
      }
      single.gives("10 2", "20 2", "30 1");
    }
  }

  @Test
  void theSessionMaySetTheRule() {
    try (Story story = perKey("append").setting("millrace.lateness", "row")) {
      story.add(row("a", 10), row("a", 25), row("a", 11)).gives("10 a 1").late(1L);
    }
  }

  @Test
  void aCheckpointKeepsTheRuleThatItBeganWith(@TempDir Path directory) {
    try (Story story = perKey("append").checkpoint(directory).option("lateness", "row")) {
      story.add(row("a", 10), row("a", 25), row("a", 11)).gives("10 a 1").late(1L);
      story.option("lateness", "batch").restart();
      story.add(row("a", 40), row("a", 30)).gives("25 a 1").late(1L);
    }
  }

  @Test
  void anotherRuleDoesNotExist() {
    try (Story story = perKey("append").option("lateness", "epoch")) {
      story.refused("lateness epoch does not exist; use batch or row");
    }
    assertThatThrownBy(() -> TestSession.open("millrace.lateness", "never"))
        .isInstanceOf(AnalysisException.class);
  }

  @Test
  void lateRowsGoToTheirOwnSink() {
    try (Story story = perKey("append").option("lateRowsTo", "memory:late")) {
      story.add(row("a", 10), row("a", 25)).gives("10 a 1");
      assertThat(story.session().table("late").collect()).isEmpty();
      story.add(row("b", 11), row("b", 26)).gives().late(1L);
      List<Row> late = story.session().table("late").collect();
      assertThat(late).hasSize(1);
      assertThat(late.getFirst().getString(0)).isEqualTo("stateStoreSave");
      assertThat(late.getFirst().getString(1)).isEqualTo("late");
      assertThat(late.getFirst().get(2)).isEqualTo(Instant.ofEpochSecond(25));
      assertThat(late.getFirst().getString(3)).contains("\"k\":\"b\"", "1970-01-01T00:00:1");
    }
  }

  @Test
  void rowsTooFarAheadGoThereToo() {
    ManualClock clock = new ManualClock(100_000_000);
    WatermarkOptions options = WatermarkOptions.of().maxFutureSkew("1 minute");
    try (Story story =
        Story.of("append", input -> counts(input.withWatermark("ts", "0 seconds", options)))
            .clock(clock)
            .option("lateRowsTo", "memory:late")) {
      story.add(row("a", 100), row("fast", 161)).gives().setAside(0, 1).late(0L);
      List<Row> aside = story.session().table("late").collect();
      assertThat(aside).hasSize(1);
      assertThat(aside.getFirst().getString(0)).isEqualTo("eventTimeWatermark");
      assertThat(aside.getFirst().get(2)).isNull(); // there is no watermark yet
      assertThat(aside.getFirst().getString(3)).contains("\"1970-01-01T00:02:41");
    }
  }

  @Test
  void aQueryWithoutEventTimeWritesNoLateRows() {
    try (Story story =
        Story.of("update", input -> input.groupBy("k").agg(count("*").as("n")))
            .option("lateRowsTo", "memory:late")) {
      story.add(10).add(1).gives("a 1", "a 2").late(0L);
      assertThat(story.session().table("late").collect()).isEmpty();
    }
  }

  @Test
  void aSinkForLateRowsThatDoesNotExistIsRefused() {
    try (Story story = perKey("append").option("lateRowsTo", "nowhere")) {
      story.refused("option lateRowsTo is nowhere, it must be format:target");
    }
  }

  @Test
  void rowsWithoutEventTimeAreNeverLate() {
    try (Story story =
        Story.of(
            "update",
            input -> input.withWatermark("ts", "0 seconds").groupBy("k").agg(count("*").as("n")))) {
      story.add(row("a", 100)).gives("a 1");
      story.add(row("a", 1), Row.of("a", 1L, null)).gives("a 3").late(0L).setAside(1, 0);
    }
  }
}
