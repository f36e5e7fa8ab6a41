package io.millrace;

import static io.millrace.Functions.avg;
import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.max;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.window;
import static io.millrace.Functions.windowTime;
import static io.millrace.Story.row;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Aggregates of aggregates; the cases and their values are those that Apache Spark's suite of
 * several stateful operators describes. What the first operator closes goes through the others in
 * the same batch.
 */
@ExtendWith(EngineThreads.class)
class ChainedAggregatesStoriesTest {
  @TempDir Path directory;

  private static long[] to(long first, long last) {
    return LongStream.rangeClosed(first, last).toArray();
  }

  private static DataFrame perWindow(DataFrame input) {
    return input
        .withWatermark("ts", "0 seconds")
        .groupBy(window(col("ts"), "5 seconds"))
        .agg(count("*").as("n"));
  }

  private static DataFrame windowsOfWindows(DataFrame input) {
    return perWindow(input)
        .groupBy(window(col("window"), "10 seconds"))
        .agg(count("*").as("windows"), sum("n").as("rows"))
        .selectExpr("CAST(window.start AS BIGINT)", "windows", "rows");
  }

  @Test
  void aWindowOfWindows() {
    try (Story story = Story.of("append", ChainedAggregatesStoriesTest::windowsOfWindows)) {
      story.add(to(10, 21)).gives("10 2 10").state(1L, 0L).late(0L, 0L);
      // Spark counts the 2 groups into which 10 to 19 would have fallen, here the rows count
      story.add(to(10, 29)).gives().state(1L, 1L).late(10L, 0L);
      story.add(30, 31).gives("20 2 12").state(1L, 0L).late(0L, 0L);
    }
  }

  @Test
  void theyGoOnAfterARestart() {
    try (Story story =
        Story.of("append", ChainedAggregatesStoriesTest::windowsOfWindows).checkpoint(directory)) {
      story.add(to(10, 21)).gives("10 2 10");
      story.restart().add(to(10, 29)).gives().late(10L, 0L);
      story.restart().add(30, 31).gives("20 2 12").state(1L, 0L);
    }
  }

  @Test
  void threeInARow() {
    try (Story story =
        Story.of(
            "append",
            input ->
                perWindow(input)
                    .groupBy(window(windowTime(col("window")), "10 seconds"))
                    .agg(count("*").as("m"), sum("n").as("total"))
                    .groupBy(window(windowTime(col("window")), "20 seconds"))
                    .agg(count("*").as("m"), sum("total").as("total"))
                    .selectExpr(
                        "CAST(window.start AS BIGINT)",
                        "CAST(window.end AS BIGINT)",
                        "m",
                        "total"))) {
      story.add(to(0, 37)).gives("0 20 2 20").state(1L, 1L, 1L).late(0L, 0L, 0L);
      // 30 to 34 are late; 35 to 37 fall into a window that is still open
      story.add(to(30, 60)).gives("20 40 2 23", "40 60 2 20");
      story.state(1L, 0L, 0L).late(5L, 0L, 0L);
    }
  }

  @Test
  void theSameWindowAgainWithFewerKeys() {
    try (Story story =
        Story.of(
            "append",
            input ->
                input
                    .withWatermark("ts", "0 seconds")
                    .groupBy(window(col("ts"), "5 seconds"), col("k"))
                    .agg(count("*").as("n"))
                    .groupBy("window")
                    .agg(max("n").as("most"), count("*").as("keys"))
                    .selectExpr("CAST(window.start AS BIGINT)", "most", "keys"))) {
      story.add(row("a", 1), row("b", 2), row("a", 3), row("c", 4)).gives();
      story.add(row("a", 7)).gives("0 2 3").state(1L, 0L);
      story.add(row("a", 20)).gives("5 1 1").state(1L, 0L);
    }
  }

  @Test
  void slidingWindowsOverTumblingOnes() {
    try (Story story =
        Story.of(
            "append",
            input ->
                perWindow(input)
                    .groupBy(window(col("window"), "10 seconds", "5 seconds"))
                    .agg(sum("n").as("total"), avg("n").as("mean"))
                    .selectExpr("CAST(window.start AS BIGINT)", "total", "mean"))) {
      story.add(10, 11, 16).gives("5 2 2.0");
      story.add(20).gives("10 3 1.5");
      story.add(40).gives("15 2 1.0", "20 1 1.0").state(1L, 0L);
    }
  }

  @Test
  void aFilterBetweenThemHidesGroupsFromTheSecond() {
    try (Story story =
        Story.of(
            "append",
            input ->
                perWindow(input)
                    .filter(col("n").gt(1))
                    .groupBy(window(col("window"), "10 seconds"))
                    .agg(count("*").as("m"))
                    .selectExpr("CAST(window.start AS BIGINT)", "m"))) {
      story.add(1, 2, 7, 20).gives("0 1");
    }
  }

  @Test
  void aGroupThatAnotherOneFillsLateIsNotLate() {
    try (Story story =
        Story.of(
            "append",
            input ->
                input
                    .withWatermark("ts", "3 seconds")
                    .groupBy(window(col("ts"), "5 seconds"))
                    .agg(count("*").as("n"))
                    .groupBy(window(col("window"), "5 seconds"))
                    .agg(sum("n").as("total"))
                    .selectExpr("CAST(window.start AS BIGINT)", "total"))) {
      // the second's window ends when the first gives it its only row
      story.add(1, 8).gives("0 1").late(0L, 0L).state(1L, 0L);
      story.add(13).gives("5 1").late(0L, 0L).state(1L, 0L);
    }
  }
}
