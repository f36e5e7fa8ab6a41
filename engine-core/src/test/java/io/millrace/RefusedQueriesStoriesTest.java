package io.millrace;

import static io.millrace.EventTimeQueries.counts;
import static io.millrace.EventTimeQueries.countsOf5Seconds;
import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Queries over streams that Apache Spark's suite of unsupported operations describes, and whether
 * they start here; each refusal names the operator and leaves no checkpoint behind.
 */
@ExtendWith(EngineThreads.class)
class RefusedQueriesStoriesTest {
  @TempDir Path directory;

  private void refused(String mode, Function<DataFrame, DataFrame> plan, String message) {
    try (Story story = Story.of(mode, plan).checkpoint(directory.resolve("ck"))) {
      story.refused(message);
    }
    assertThat(directory).isEmptyDirectory();
  }

  private static DataFrame perKey(DataFrame input) {
    return input.groupBy("k").agg(count("*").as("n"));
  }

  @Test
  void appendWithoutAWatermark() {
    refused("append", RefusedQueriesStoriesTest::perKey, "GROUP BY k has no watermark below it");
    refused("append", EventTimeQueries::counts, "GROUP BY window has no watermark below it");
  }

  @Test
  void appendOverAWatermarkThatNoKeyIs() {
    refused(
        "append",
        input -> perKey(input.withWatermark("ts", "1 second")),
        "GROUP BY k has no key that is event time");
  }

  @Test
  void appendOverAllRows() {
    refused("append", input -> input.agg(count("*")), "the aggregate over all rows");
  }

  @Test
  void aKeyComputedFromEventTimeIsNone() {
    refused(
        "append",
        input ->
            input
                .withWatermark("ts", "1 second")
                .groupBy(col("ts").cast("date").as("day"))
                .agg(count("*")),
        "has no key that is event time");
  }

  @Test
  void completeWithoutAnAggregation() {
    refused("complete", input -> input, "outputMode complete needs an aggregation");
    refused("complete", input -> input.filter(col("v").gt(1)), "needs an aggregation");
  }

  @Test
  void sortsOfRows() {
    for (String mode : List.of("append", "update")) {
      refused(
          mode, input -> input.orderBy("v"), "outputMode " + mode + ": ORDER BY needs all rows");
    }
    refused(
        "complete", input -> perKey(input.orderBy("v")), "ORDER BY stands before the aggregation");
  }

  @Test
  void sortsOfGroupsInUpdateMode() {
    refused("update", input -> perKey(input).orderBy("n"), "outputMode update: ORDER BY");
    refused("append", input -> countsOf5Seconds(input).orderBy("n"), "outputMode append: ORDER BY");
  }

  @Test
  void limitsOfRows() {
    // Spark counts the first rows of a stream in append mode
    refused("append", input -> input.limit(3), "outputMode append: LIMIT 3 needs all rows");
    refused("update", input -> input.limit(3), "outputMode update: LIMIT 3 needs all rows");
  }

  @Test
  void aggregatesOfAggregatesInUpdateAndComplete() {
    for (String mode : List.of("update", "complete")) {
      refused(
          mode,
          input ->
              input
                  .withWatermark("ts", "0 seconds")
                  .groupBy(window(col("ts"), "5 seconds"))
                  .agg(count("*").as("n"))
                  .groupBy(window(col("window"), "10 seconds"))
                  .agg(count("*")),
          "stand one after the other, which runs in outputMode append only");
    }
  }

  @Test
  void anAggregateOfAnAggregateWithoutEventTime() {
    refused(
        "append",
        input -> countsOf5Seconds(input).groupBy("n").agg(count("*")),
        "GROUP BY n has no key that is event time");
  }

  @Test
  void distinctRowsOfAStream() {
    refused("append", DataFrame::distinct, "DISTINCT on a streaming input");
  }

  @Test
  void joinsOfStreams() {
    try (Story story =
        Story.ofInputs(
            "append", 2, inputs -> inputs.get(0).join(inputs.get(1), List.of("k"), "inner"))) {
      story.refused("not supported yet");
    }
  }

  @Test
  void aSecondWatermark() {
    // Spark lets the last one replace the others
    refused(
        "append",
        input -> counts(input.withWatermark("ts", "1 second").withWatermark("ts", "2 seconds")),
        "there is a watermark on column ts already");
  }

  @Test
  void aStreamIsNotCollectedNorAStaticFrameStarted() {
    try (Session session = TestSession.open()) {
      DataFrame stream = session.memoryStream(Story.SCHEMA).toDF();
      assertThatThrownBy(() -> perKey(stream).collect())
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("this frame is streaming");
      DataFrame table = session.createDataFrame(List.of(), Story.SCHEMA);
      assertThatThrownBy(() -> perKey(table).writeStream())
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("this frame is static");
    }
  }

  @Test
  void twoWindowsInOneQuery() {
    refused(
        "update",
        input ->
            input
                .groupBy(window(col("ts"), "10 seconds"), window(col("ts"), "15 seconds"))
                .agg(count("*")),
        "there is another window already");
  }

  @Test
  void groupingByNestedValues() {
    refused(
        "update",
        input -> input.groupBy(Functions.struct("k", "v").as("both")).agg(count("*")),
        "nested values");
  }
}
