package io.millrace.analysis;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.sessionWindow;
import static io.millrace.Functions.when;
import static io.millrace.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowAnalysisTest {
  private static final String TUMBLING =
      "SELECT window.start, window.end, deviceId, count(*) AS n FROM events GROUP BY"
          + " window(timestamp, '1 minute'), deviceId";

  private static String tree(String sql) {
    return OperatorList.tree(Plans.sql(sql));
  }

  @Test
  void aWindowStandsBelowTheGroupsAndItsStartIsTheKey() {
    assertThat(tree(TUMBLING))
        .isEqualTo(
            """
            Project [window.start AS start, window_end(window.start, 60000000) AS end, deviceId, count(1) AS n]
            +- Aggregate [window.start, deviceId] [count()]
               +- Window timestamp of 60 seconds every 60 seconds from 0 seconds
                  +- Watermark timestamp delayed 10 seconds
                     +- Scan stream [deviceId, timestamp, temperature], format json, streaming
            """);
    ResolvedPlan.Aggregate groups =
        (ResolvedPlan.Aggregate) Plans.sql(TUMBLING).inputs().getFirst();
    assertThat(groups.eventTime()).contains(new ResolvedPlan.EventTimeKey(0, 60_000_000));
    assertThat(((ResolvedPlan.Window) groups.input()).eventTime()).isTrue();
    assertThat(groups.input().schema().sql()).endsWith("`window.start` TIMESTAMP NOT NULL");
  }

  @Test
  void theWholeWindowIsAStructThatIsNeverNull() {
    assertThat(
            Plans.sql(
                    "SELECT window, max(temperature) FROM readings GROUP BY"
                        + " window(timestamp, '1 minute')")
                .schema()
                .sql())
        .startsWith("window STRUCT<start:TIMESTAMP NOT NULL,end:TIMESTAMP NOT NULL> NOT NULL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      textBlock =
          """
          '1 minute'                                         --> 60 seconds every 60 seconds from 0 seconds
          '1 week'                                           --> 604800 seconds every 604800 seconds from 0 seconds
          INTERVAL 5 MINUTES                                 --> 300 seconds every 300 seconds from 0 seconds
          '1 minute', '30 seconds', '15 seconds'             --> 60 seconds every 30 seconds from 15 seconds
          '1 hour', '1 hour', '-15 minutes'                  --> 3600 seconds every 3600 seconds from 2700 seconds
          '1 hour', INTERVAL 7 MINUTES, - INTERVAL 1 MINUTE  --> 3600 seconds every 420 seconds from 360 seconds
          '90 seconds', '1500 milliseconds'                  --> 90 seconds every 1.5 seconds from 0 seconds
          """,
      quoteCharacter = '¤')
  void lengthsAreTextOrIntervals(String lengths, String windows) {
    assertThat(tree("SELECT count(*) FROM readings GROUP BY window(timestamp, " + lengths + ")"))
        .contains("Window timestamp of " + windows + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      textBlock =
          """
          window(timestamp, '1 month')                             --> group by window(timestamp, '1 month'): the size: duration "1 month" has months or years, which differ in length
          window(timestamp, INTERVAL 1 YEAR)                       --> the size has months or years, which differ in length; write it in days, hours or minutes
          window(timestamp, '0 seconds')                           --> the size must be more than 0
          window(timestamp, '-1 minute')                           --> the size must be more than 0
          window(timestamp, '1 minute', '0 seconds')               --> the slide must be more than 0
          window(timestamp, '1 minute', '2 minutes')               --> the slide must not be more than the size
          window(timestamp, '36500 days', '1 millisecond')          --> each row would fall into 3153600000000 windows, more than 100000; make the slide longer or the size shorter
          window(timestamp, '1 minute', '30 seconds', '30 seconds')--> the start must be less than the slide
          window(timestamp, '1 minute', '1 minute', '-1 minute')   --> the start must be less than the slide
          window(timestamp, 'soon')                                --> the size: "soon" is no duration
          window(timestamp, deviceId)                              --> the size must be a constant such as '1 minute' or INTERVAL 1 MINUTE, not deviceId
          window(timestamp, 60)                                    --> the size must be a constant such as '1 minute'
          window(timestamp)                                        --> it needs 2 to 4 arguments, 1 were given
          window(deviceId, '1 minute')                             --> column deviceId is STRING, a window needs a TIMESTAMP; try CAST(deviceId AS TIMESTAMP)
          window(nowhere, '1 minute')                              --> column nowhere does not exist
          window(timestamp, '1 minute'), window(timestamp, '1 hour') --> there is another window already
          window(timestamp, '1 minute'), session_window(timestamp, '1 minute') --> a query groups by one window or by sessions, not by both
          session_window(timestamp, '0 seconds')                   --> the gap must be more than 0
          session_window(timestamp, '1 month')                     --> the gap: duration "1 month" has months or years
          session_window(timestamp, NULL)                          --> the gap must be more than 0
          session_window(timestamp, temperature)                   --> column temperature is DOUBLE, a gap needs a duration such as '5 minutes'; of a number make one with concat(temperature, ' seconds')
          session_window(timestamp, '5 minutes'), session_window(timestamp, '6 minutes') --> there is another session_window already
          """,
      quoteCharacter = '¤')
  void whatIsWrongWithAWindowIsSaidInTheUsersWords(String grouping, String message) {
    assertThatThrownBy(() -> Plans.sql("SELECT count(*) FROM readings GROUP BY " + grouping))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      textBlock =
          """
          SELECT window(timestamp, '1 minute'), count(*) FROM readings --> select: window(timestamp, '1 minute') cannot stand here; group by it
          SELECT * FROM readings WHERE window(timestamp, '1 minute') IS NOT NULL --> filter: window(timestamp, '1 minute') cannot stand here
          SELECT session_window(timestamp, '1 minute') FROM readings --> session_window(timestamp, '1 minute') cannot stand here
          SELECT window_time(timestamp) FROM readings --> column timestamp is TIMESTAMP, window_time needs a window
          SELECT window.middle FROM readings GROUP BY window(timestamp, '1 minute') --> has no field middle
          """,
      quoteCharacter = '¤')
  void windowsStandWhereTheyMeanSomething(String sql, String message) {
    assertThatThrownBy(() -> Plans.sql(sql))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining(message);
  }

  @Test
  void positionsAliasesHavingAndOrderByKnowTheWindow() {
    String plain =
        "SELECT window(timestamp, '1 minute') AS w, count(*) AS n FROM readings GROUP BY ";
    String expected = tree(plain + "window(timestamp, '1 minute')");
    assertThat(tree(plain + "1")).isEqualTo(expected);
    assertThat(tree(plain + "w")).isEqualTo(expected);
    assertThat(
            tree(
                plain
                    + "w HAVING w.end > '2025-01-01' AND window.start < '2026-01-01' AND n > 1"
                    + " ORDER BY w.start DESC, window"))
        .contains(
            "Filter ((window_end(window.start, 60000000) > TIMESTAMP '2025-01-01T00:00:00Z') AND"
                + " (window.start < TIMESTAMP '2026-01-01T00:00:00Z') AND (count(1) > 1))")
        .contains(
            "Sort [window.start DESC NULLS LAST, window.start ASC NULLS FIRST,"
                + " window_end(window.start, 60000000) ASC NULLS FIRST]");
    assertThat(
            tree(
                "SELECT window.start AS start, window.end AS end FROM readings GROUP BY"
                    + " window(timestamp, '1 minute') ORDER BY start"))
        .startsWith(
            "Project [window.start AS start, window_end(window.start, 60000000) AS end]\n"
                + "+- Sort [window.start ASC NULLS FIRST]");
  }

  @Test
  void windowTimeIsTheLastMicrosecond() {
    assertThat(
            tree(
                "SELECT window_time(window) AS t FROM readings GROUP BY"
                    + " window(timestamp, '1 minute')"))
        .startsWith("Project [window_time(window_end(window.start, 60000000)) AS t]");
  }

  @Test
  void daysAreTimes() {
    assertThat(tree("SELECT count(*) FROM t GROUP BY window(day, '1 week')"))
        .contains("Window CAST(day AS TIMESTAMP) of 604800 seconds");
  }

  @Test
  void outsideOfGroupsAWindowAddsAColumn() {
    assertThat(tree("SELECT deviceId, window(timestamp, '1 minute', '30 seconds') FROM readings"))
        .isEqualTo(
            """
            Project [deviceId, struct(window.start AS start, window_end(window.start, 60000000) AS end) AS window]
            +- Window timestamp of 60 seconds every 30 seconds from 0 seconds
               +- Scan readings [deviceId, timestamp, temperature], format json
            """);
    assertThat(Plans.sql("SELECT *, window(timestamp, '1 minute') FROM readings").schema().names())
        .containsExactly("deviceId", "timestamp", "temperature", "window");
  }

  @Test
  void sessionsGroupByKeysAndGaps() {
    assertThat(
            tree(
                "SELECT deviceId, session_window.start, session_window.end, count(*) AS n FROM events"
                    + " GROUP BY session_window(timestamp, '5 minutes'), deviceId"))
        .isEqualTo(
            """
            Project [deviceId, start, end, count(1) AS n]
            +- SessionAggregate [deviceId] timestamp with gaps of 300000000 microseconds [count()]
               +- Watermark timestamp delayed 10 seconds
                  +- Scan stream [deviceId, timestamp, temperature], format json, streaming
            """);
  }

  @Test
  void aGapMayDependOnTheRow() {
    String sql =
        "SELECT count(*) FROM readings GROUP BY deviceId, session_window(timestamp, CASE WHEN"
            + " temperature > 100 THEN '5 seconds' WHEN temperature < 0 THEN INTERVAL 1 DAY ELSE"
            + " '1 minute' END)";
    assertThat(tree(sql))
        .contains(
            "with gaps of CASE WHEN (temperature > 100.0) THEN 5000000 WHEN (temperature < 0.0) THEN"
                + " 86400000000 ELSE 60000000 END microseconds");
    assertThat(tree("SELECT count(*) FROM t GROUP BY session_window(ts, concat(name, ' seconds'))"))
        .contains("with gaps of interval_us(concat(name, ' seconds')) microseconds");
  }

  @Test
  void aWindowOverAWindowMeansItsLastMoment() {
    String minutes =
        "(SELECT window, deviceId, count(*) AS n FROM events GROUP BY"
            + " window(timestamp, '1 minute'), deviceId)";
    ResolvedPlan hours =
        Plans.sql(
            "SELECT window.end, sum(n) FROM " + minutes + " GROUP BY window(window, '1 hour')");
    assertThat(OperatorList.tree(hours))
        .contains("Window window_time(window.end) of 3600 seconds every 3600 seconds");
    assertThat(((ResolvedPlan.Aggregate) hours.inputs().getFirst()).eventTime())
        .contains(new ResolvedPlan.EventTimeKey(0, 3_600_000_000L));
  }

  @Test
  void anEarlierWindowIsAKeyByItsBounds() {
    ResolvedPlan plan =
        Plans.sql(
            "SELECT window, window.end, max(n) FROM (SELECT window, deviceId, count(*) AS n FROM"
                + " events GROUP BY window(timestamp, '1 minute'), deviceId) GROUP BY window");
    assertThat(OperatorList.tree(plan))
        .startsWith(
            """
            Project [struct(window.start AS start, window.end AS end) AS window, window.end AS end, max(n)]
            +- Aggregate [window.start AS window.start, window.end AS window.end] [max(n)]
            """);
    assertThat(((ResolvedPlan.Aggregate) plan.inputs().getFirst()).eventTime())
        .contains(new ResolvedPlan.EventTimeKey(0, 60_000_000));
  }

  @Test
  void anotherSizeIsAnotherOperator() {
    assertThat(OperatorList.of(Plans.sql(TUMBLING)))
        .doesNotContainSequence(
            OperatorList.of(Plans.sql(TUMBLING.replace("1 minute", "2 minutes"))).get(2));
  }

  @Test
  void javaAndSqlMeanTheSame() {
    assertThat(window(col("timestamp"), "1 minute", "30 seconds", "15 seconds").toString())
        .isEqualTo("window(timestamp, '1 minute', '30 seconds', '15 seconds')");
    assertThat(
            sessionWindow(
                    col("timestamp"),
                    when(col("temperature").gt(100), "5 seconds").otherwise("1 minute"))
                .toString())
        .isEqualTo(
            "session_window(timestamp, CASE WHEN (temperature > 100) THEN '5 seconds' ELSE '1"
                + " minute' END)");
    assertThat(count("*").filterWhere(col("temperature").gt(100)).toString())
        .isEqualTo("count(1) FILTER (WHERE (temperature > 100))");
  }
}
