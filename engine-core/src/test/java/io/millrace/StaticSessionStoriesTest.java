package io.millrace;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.sessionWindow;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.sumDistinct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sessions of rows that are all there; the cases and their values are those that Apache Spark's
 * suite of session windows describes.
 */
class StaticSessionStoriesTest {
  private final Session session = TestSession.open();

  @AfterEach
  void close() {
    session.close();
  }

  /**
   * @param rows key, value and time of one hour, such as {@code "a 1 39:34"}
   */
  private DataFrame frame(String... rows) {
    List<Row> parsed = new ArrayList<>();
    for (String row : rows) {
      String[] parts = row.split(" ", -1);
      Instant time =
          parts[2].equals("null") ? null : Instant.parse("2016-03-27T19:" + parts[2] + "Z");
      parsed.add(Row.of(parts[0], Long.valueOf(parts[1]), time));
    }
    return session.createDataFrame(parsed, Story.SCHEMA);
  }

  private static List<String> text(DataFrame sessions) {
    return sessions.orderBy("start", "k").collect().stream()
        .map(row -> String.join(" ", row.values().stream().map(String::valueOf).toList()))
        .map(line -> line.replace("2016-03-27T19:", "").replace("2016-03-27T20:", "20:"))
        .map(line -> line.replace("Z", ""))
        .toList();
  }

  /** Sessions per key with a gap of 10 seconds: key, start, end, rows, sum. */
  private static DataFrame perKey(DataFrame frame) {
    return frame
        .groupBy(sessionWindow(col("ts"), "10 seconds"), col("k"))
        .agg(count("*").as("n"), sum("v").as("total"))
        .select("k", "session_window.start", "session_window.end", "n", "total");
  }

  @Test
  void oneRowIsASession() {
    assertThat(text(perKey(frame("a 1 39:30")))).containsExactly("a 39:30 39:40 1 1");
  }

  @Test
  void rowsWithinTheGapAreOneSession() {
    DataFrame all =
        frame("a 1 39:34", "a 2 39:56", "b 4 39:27")
            .groupBy(sessionWindow(col("ts"), "10 seconds"))
            .agg(count("*").as("n"))
            .selectExpr("session_window.start", "'all' AS k", "n");
    assertThat(text(all)).containsExactly("39:27 all 2", "39:56 all 1");
  }

  @Test
  void eachKeyHasItsOwn() {
    assertThat(text(perKey(frame("a 1 39:34", "a 1 39:39", "a 2 39:56", "a 2 40:04", "b 4 39:27"))))
        .containsExactly("b 39:27 39:37 1 4", "a 39:34 39:49 2 2", "a 39:56 40:14 2 4");
  }

  @Test
  void sessionsOfTwoKeysMayOverlap() {
    assertThat(text(perKey(frame("a 1 39:34", "b 1 39:39", "a 2 39:40", "b 2 39:45", "b 4 39:27"))))
        .containsExactly("b 39:27 39:37 1 4", "a 39:34 39:50 2 3", "b 39:39 39:55 2 3");
  }

  @Test
  void distinctValuesPerSession() {
    DataFrame distinct =
        frame("a 1 39:34", "a 1 39:39", "a 2 39:56", "a 2 40:04", "b 4 39:27")
            .groupBy(sessionWindow(col("ts"), "10 seconds"), col("k"))
            .agg(sumDistinct(col("v")).as("total"))
            .select("session_window.start", "k", "total");
    assertThat(text(distinct)).containsExactly("39:27 b 4", "39:34 a 1", "39:56 a 2");
  }

  @Test
  void rowsWithoutATimeAreLeftOut() {
    assertThat(text(perKey(frame("a 1 00:05", "a 2 00:32", "a 3 null", "b 4 null"))))
        .containsExactly("a 00:05 00:15 1 1", "a 00:32 00:42 1 2");
  }

  @Test
  void theOrderOfRowsDoesNotMatter() {
    assertThat(text(perKey(frame("a 1 00:30", "a 2 00:10", "a 3 00:20", "a 4 00:00"))))
        .containsExactly("a 00:00 00:40 4 10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      textBlock =
          """
          concat(v * 10, ' seconds') --> 39:27 40:16 3
          CASE WHEN v = 1 THEN '2 seconds' WHEN v = 2 THEN '10 seconds' ELSE '20 seconds' END --> 39:27 39:47 2; 39:56 40:06 1
          CASE WHEN v = 1 THEN '0 seconds' WHEN v = 2 THEN '-10 seconds' ELSE '5 seconds' END --> 39:27 39:32 1
          CASE WHEN v = 1 THEN '2 seconds' WHEN v = 4 THEN '20 seconds' END --> 39:27 39:47 2
          '5 seconds' --> 39:27 39:32 1; 39:34 39:39 1; 39:56 40:01 1
          INTERVAL 7 SECONDS --> 39:27 39:41 2; 39:56 40:03 1
          """,
      quoteCharacter = '¤')
  void gapsOfEachRowsOwn(String gap, String expected) {
    frame("a 1 39:34", "a 2 39:56", "a 4 39:27").createOrReplaceTempView("readings");
    DataFrame sessions =
        session.sql(
            "SELECT session_window.start AS start, session_window.end AS end, count(*) AS k FROM"
                + " readings GROUP BY session_window(ts, "
                + gap
                + ")");
    assertThat(text(sessions)).containsExactly(expected.split("; "));
  }

  @Test
  void textThatIsNoGapFailsUnlessAnsiIsOff() {
    String sql =
        "SELECT k, session_window.start AS start, count(*) AS n FROM readings GROUP BY k,"
            + " session_window(ts, concat(k, ' seconds'))";
    frame("3 1 39:34", "many 2 39:56").createOrReplaceTempView("readings");
    DataFrame strict = session.sql(sql);
    assertThatThrownBy(strict::collect)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("no duration such as '5 minutes' in a row with k = 'many'");
    try (Session lenient = TestSession.open("millrace.ansi", false)) {
      // Spark leaves such rows out in either case
      lenient
          .createDataFrame(frame("3 1 39:34", "many 2 39:56").collect(), Story.SCHEMA)
          .createOrReplaceTempView("readings");
      assertThat(text(lenient.sql(sql))).containsExactly("3 39:34 1");
    }
  }

  @Test
  void aConstantThatIsNoGapIsRefused() {
    assertThatThrownBy(
            () ->
                frame("a 1 39:30")
                    .groupBy(sessionWindow(col("ts"), "x sec"))
                    .agg(count("*"))
                    .collect())
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("\"x sec\" is no duration");
  }

  @Test
  void aNumberIsNoGap() {
    frame("a 1 39:30").createOrReplaceTempView("readings");
    assertThatThrownBy(
            () -> session.sql("SELECT count(*) FROM readings GROUP BY session_window(ts, 1.0)"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("a gap needs a duration");
  }

  @Test
  void twoSessionsInOneQueryAreRefused() {
    assertThatThrownBy(
            () ->
                frame("a 1 39:30")
                    .groupBy(
                        sessionWindow(col("ts"), "10 seconds"),
                        sessionWindow(col("ts"), "15 seconds"))
                    .agg(count("*"))
                    .collect())
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("there is another session_window already");
  }
}
