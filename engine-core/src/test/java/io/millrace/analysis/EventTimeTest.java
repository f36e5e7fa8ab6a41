package io.millrace.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.Expression;
import io.millrace.plan.LogicalPlan;
import io.millrace.sql.SqlParser;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimeTest {
  private static OptionalLong closing(String sql) {
    ResolvedPlan plan = Plans.sql(sql);
    return EventTime.closingUs(plan, Scope.of(plan.schema()).input(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      textBlock =
          """
          SELECT timestamp FROM events                              --> 0
          SELECT timestamp AS t FROM events WHERE temperature > 1   --> 0
          SELECT t FROM (SELECT timestamp AS t, deviceId FROM events ORDER BY deviceId LIMIT 5) --> 0
          SELECT w.start FROM (SELECT window(timestamp, '1 minute') AS w FROM events) --> 60000000
          SELECT window.start FROM events GROUP BY window(timestamp, '1 minute')        --> 60000000
          SELECT window.end FROM events GROUP BY window(timestamp, '1 minute')          --> 0
          SELECT window_time(window) FROM events GROUP BY window(timestamp, '1 minute') --> 1
          SELECT w.end FROM (SELECT window AS w FROM events GROUP BY window(timestamp, '1 minute')) --> 0
          SELECT w.start FROM (SELECT window AS w FROM events GROUP BY window(timestamp, '1 minute')) --> 60000000
          SELECT window_time(window) FROM (SELECT window FROM events GROUP BY window(timestamp, '1 s')) --> 1
          SELECT session_window.end FROM events GROUP BY session_window(timestamp, '1 minute') --> 0
          SELECT timestamp FROM events GROUP BY timestamp           --> 0
          SELECT timestamp FROM events UNION ALL SELECT timestamp FROM events --> 0
          """,
      quoteCharacter = '¤')
  void whatFollowsFromEventTimeIsEventTime(String sql, long closing) {
    assertThat(closing(sql)).hasValue(closing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      textBlock =
          """
          SELECT timestamp FROM stream
          SELECT timestamp + INTERVAL 1 DAY FROM events
          SELECT temperature FROM events
          SELECT max(timestamp) FROM events
          SELECT window.start FROM stream GROUP BY window(timestamp, '1 minute')
          SELECT session_window.start FROM events GROUP BY session_window(timestamp, '1 minute')
          SELECT session_window.end FROM stream GROUP BY session_window(timestamp, '1 minute')
          SELECT timestamp FROM events UNION ALL SELECT timestamp FROM stream
          """,
      quoteCharacter = '¤')
  void nothingElseIs(String sql) {
    assertThat(closing(sql)).isEmpty();
  }

  @Test
  void aStaticInputHasNone() {
    ResolvedPlan plan =
        Plans.analyze(
            new LogicalPlan.Aggregate(
                new LogicalPlan.Watermark(new LogicalPlan.Table("readings"), "timestamp", 1),
                List.of(SqlParser.parseExpression("window(timestamp, '1 minute')")),
                List.of(Expression.Name.of("window")),
                java.util.Optional.empty()),
            true);
    assertThat(OperatorList.tree(plan)).doesNotContain("Watermark");
    assertThat(((ResolvedPlan.Aggregate) plan.inputs().getFirst()).eventTime()).isEmpty();
  }
}
