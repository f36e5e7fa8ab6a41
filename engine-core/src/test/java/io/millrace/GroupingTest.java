package io.millrace;

import static io.millrace.Functions.anyValue;
import static io.millrace.Functions.boolAnd;
import static io.millrace.Functions.boolOr;
import static io.millrace.Functions.col;
import static io.millrace.Functions.collectList;
import static io.millrace.Functions.collectSet;
import static io.millrace.Functions.count;
import static io.millrace.Functions.countDistinct;
import static io.millrace.Functions.countIf;
import static io.millrace.Functions.expr;
import static io.millrace.Functions.maxBy;
import static io.millrace.Functions.minBy;
import static io.millrace.Functions.sessionWindow;
import static io.millrace.Functions.stddevPop;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.sumDistinct;
import static io.millrace.Functions.varPop;
import static io.millrace.Functions.when;
import static io.millrace.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.analysis.OperatorList;
import io.millrace.analysis.Plans;
import io.millrace.plan.LogicalPlan;
import io.millrace.types.AnalysisException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Grouping written in Java and in SQL. */
class GroupingTest {
  private static final DataFrame EVENTS =
      new DataFrame(new FakeRunner(), new LogicalPlan.Table("events"));

  static Stream<Arguments> same() {
    return Stream.of(
        Arguments.of(
            EVENTS.groupBy(window(col("timestamp"), "1 minute"), col("deviceId")).count(),
            "SELECT window(timestamp, '1 minute'), deviceId, count(*) AS count FROM events GROUP BY"
                + " window(timestamp, '1 minute'), deviceId"),
        Arguments.of(
            EVENTS
                .groupBy(
                    window(
                            col("timestamp"),
                            Duration.ofMinutes(1),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(15))
                        .as("w"))
                .agg(sum("temperature").as("total")),
            "SELECT window(timestamp, '1 minute', '30 seconds', '15 seconds') AS w, sum(temperature)"
                + " AS total FROM events GROUP BY w"),
        Arguments.of(
            EVENTS
                .groupBy(
                    sessionWindow(
                        col("timestamp"),
                        when(col("temperature").gt(100), "5 seconds").otherwise("1 minute")),
                    col("deviceId"))
                .agg(count("*").as("n")),
            "SELECT session_window(timestamp, CASE WHEN temperature > 100 THEN '5 seconds' ELSE '1"
                + " minute' END), deviceId, count(*) AS n FROM events GROUP BY 1, 2"),
        Arguments.of(
            EVENTS
                .groupBy(window(col("timestamp"), "1 minute"))
                .agg(count("*").as("n"))
                .groupBy(window(col("window"), "1 hour"))
                .agg(sum("n").as("n")),
            "SELECT window(window, '1 hour') AS window, sum(n) AS n FROM (SELECT window, count(*) AS n"
                + " FROM events GROUP BY window(timestamp, '1 minute')) GROUP BY window(window, '1"
                + " hour')"),
        Arguments.of(
            EVENTS
                .groupBy("deviceId")
                .agg(
                    collectList("temperature").as("a"),
                    collectSet("temperature").as("b"),
                    minBy("deviceId", "temperature").as("c"),
                    maxBy(col("timestamp"), col("temperature")).as("d"),
                    countDistinct("deviceId", "temperature").as("e"),
                    stddevPop("temperature").as("f"),
                    varPop("temperature").as("g"),
                    boolAnd(col("temperature").gt(0)).as("h"),
                    boolOr(col("temperature").gt(0)).as("i"),
                    countIf(col("temperature").gt(0)).as("j"),
                    sumDistinct(col("temperature")).as("k"),
                    anyValue(col("temperature")).as("l"),
                    sum("temperature").filterWhere(col("deviceId").equalTo("x")).as("m")),
            "SELECT deviceId, collect_list(temperature) AS a, collect_set(temperature) AS b,"
                + " min_by(deviceId, temperature) AS c, max_by(timestamp, temperature) AS d,"
                + " count(DISTINCT deviceId, temperature) AS e, stddev_pop(temperature) AS f,"
                + " var_pop(temperature) AS g, bool_and(temperature > 0) AS h, bool_or(temperature > 0) AS"
                + " i, count_if(temperature > 0) AS j, sum(DISTINCT temperature) AS k,"
                + " any_value(temperature) AS l, sum(temperature) FILTER (WHERE deviceId = 'x') AS m FROM"
                + " events GROUP BY deviceId"));
  }

  @ParameterizedTest
  @MethodSource("same")
  void javaAndSqlGiveTheSamePlan(DataFrame frame, String sql) {
    assertThat(OperatorList.tree(Plans.analyze(frame.plan(), true)))
        .isEqualTo(OperatorList.tree(Plans.sql(sql)));
    assertThat(Plans.analyze(frame.plan(), true).schema()).isEqualTo(Plans.sql(sql).schema());
  }

  @Test
  void aggregatesHaveTypes() {
    assertThat(
            Plans.sql(
                    "SELECT collect_list(id) AS a, collect_set(name) AS b, min_by(cost, ts) AS c,"
                        + " max_by(id, ts) AS d, first(name) IGNORE NULLS AS e, count(DISTINCT id,"
                        + " name) AS f, any(flag) AS g, std(id) AS h, var_samp(id) AS i, mean(id) AS j"
                        + " FROM t")
                .schema()
                .sql())
        .isEqualTo(
            "a ARRAY<INT> NOT NULL, b ARRAY<STRING> NOT NULL, c DECIMAL(10,2), d INT, e STRING, f"
                + " BIGINT NOT NULL, g BOOLEAN, h DOUBLE, i DOUBLE, j DOUBLE");
    assertThatThrownBy(() -> Plans.sql("SELECT min_by(id) FROM t"))
        .hasMessageContaining("it needs 2 arguments, 1 were given");
    assertThatThrownBy(() -> Plans.sql("SELECT collect_list(device) FROM t"))
        .hasMessageContaining("nested");
  }

  @Test
  void filterWhereFollowsACall() {
    assertThat(sum("a").filterWhere(col("b").gt(1)).filterWhere(col("c").lt(2)).toString())
        .isEqualTo(expr("sum(a) FILTER (WHERE b > 1 AND c < 2)").toString());
    assertThatThrownBy(() -> sum("a").as("b").filterWhere(col("b").gt(1)))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("filterWhere follows an aggregate such as sum(...), before as(...)");
  }
}
