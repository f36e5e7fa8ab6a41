package io.millrace.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.Expression;
import io.millrace.plan.LogicalPlan;
import io.millrace.sql.SqlParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyzerTest {
  private static final LogicalPlan READINGS = new LogicalPlan.Table("readings");

  private static String tree(String sql) {
    return OperatorList.tree(Plans.sql(sql));
  }

  @Test
  void selectAndWhere() {
    assertThat(OperatorList.of(Plans.sql("SELECT deviceId FROM readings WHERE temperature > 100")))
        .containsExactly(
            "Scan readings [deviceId, timestamp, temperature]",
            "Filter (temperature > 100.0)",
            "Project [deviceId]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      quoteCharacter = '¤',
      textBlock =
          """
          deviceId                      --> deviceId
          DEVICEID                      --> DEVICEID
          r.deviceId                    --> deviceId
          *                             --> deviceId, timestamp, temperature
          r.*, 1 AS one                 --> deviceId, timestamp, temperature, one
          temperature * 2               --> (temperature * 2)
          CAST(temperature AS STRING)   --> temperature
          upper(deviceId)               --> upper(deviceId)
          count(*)                      --> count(1)
          avg(temperature)              --> avg(temperature)
          'text'                        --> text
          """)
  void columnsAreNamedAsInSpark(String items, String names) {
    assertThat(
            String.join(", ", Plans.sql("SELECT " + items + " FROM readings r").schema().names()))
        .isEqualTo(names);
  }

  @Test
  void aggregatesSplitIntoKeysCallsAndWhatIsComputedOverThem() {
    assertThat(
            tree(
                "SELECT upper(deviceId) AS device, count(*) + 1 AS n, max(temperature) - "
                    + "min(temperature) AS spread FROM readings GROUP BY upper(deviceId) HAVING "
                    + "count(*) > 1 AND device <> 'X'"))
        .isEqualTo(
            """
            Project [upper(deviceId) AS device, (count(1) + 1) AS n, (max(temperature) - min(temperature)) AS spread]
            +- Filter ((count(1) > 1) AND (upper(deviceId) <> 'X'))
               +- Aggregate [upper(deviceId) AS upper(deviceId)] [count(), max(temperature), min(temperature)]
                  +- Scan readings [deviceId, timestamp, temperature], format json
            """);
  }

  @Test
  void groupByTakesPositionsAndAliases() {
    String expected =
        tree("SELECT upper(deviceId) AS d, count(*) FROM readings GROUP BY upper(deviceId)");
    assertThat(tree("SELECT upper(deviceId) AS d, count(*) FROM readings GROUP BY 1"))
        .isEqualTo(
            expected
                .replace("AS upper(deviceId)]", "AS d]")
                .replace("[upper(deviceId) AS d, ", "[d, "));
    assertThat(tree("SELECT upper(deviceId) AS d, count(*) FROM readings GROUP BY d"))
        .contains("Aggregate [upper(deviceId) AS d] [count()]");
  }

  @Test
  void orderByTakesPositionsAliasesHiddenColumnsAndAggregates() {
    assertThat(tree("SELECT deviceId AS d FROM readings ORDER BY temperature DESC, d, 1"))
        .isEqualTo(
            """
            Project [deviceId AS d]
            +- Sort [temperature DESC NULLS LAST, deviceId ASC NULLS FIRST, deviceId ASC NULLS FIRST]
               +- Scan readings [deviceId, timestamp, temperature], format json
            """);
    assertThat(
            tree(
                "SELECT deviceId, count(*) AS n FROM readings GROUP BY deviceId ORDER BY n DESC,"
                    + " max(temperature) NULLS LAST, deviceId"))
        .isEqualTo(
            """
            Project [deviceId, count(1) AS n]
            +- Sort [count(1) DESC NULLS LAST, max(temperature) ASC NULLS LAST, deviceId ASC NULLS FIRST]
               +- Aggregate [deviceId] [count(), max(temperature)]
                  +- Scan readings [deviceId, timestamp, temperature], format json
            """);
    assertThat(tree("SELECT DISTINCT deviceId FROM readings ORDER BY deviceId LIMIT 3"))
        .isEqualTo(
            """
            Limit 3
            +- Sort [deviceId ASC NULLS FIRST]
               +- Distinct
                  +- Project [deviceId]
                     +- Scan readings [deviceId, timestamp, temperature], format json
            """);
  }

  @Test
  void aggregatesWithoutGroupByAreOneGroup() {
    assertThat(tree("SELECT sum(id), count_if(flag), bool_and(flag) FROM t"))
        .startsWith("Project [sum(id), count_if(flag), bool_and(flag)]\n+- Aggregate [] ")
        .contains("[sum(CAST(id AS BIGINT)), count() FILTER (WHERE flag), min(flag)]");
  }

  @Test
  void aggregatesThatAreOthersInDisguise() {
    assertThat(tree("SELECT first(big, true), last(big) FROM t"))
        .contains("[first(big) FILTER (WHERE (big IS NOT NULL)), last(big)]");
    assertThat(tree("SELECT first(big) IGNORE NULLS FILTER (WHERE flag) FROM t"))
        .contains("[first(big) FILTER (WHERE (flag AND (big IS NOT NULL)))]");
    assertThat(tree("SELECT approx_count_distinct(name) FROM t"))
        .contains("[count(DISTINCT name)]");
  }

  @Test
  void theSameAggregateIsComputedOnce() {
    assertThat(tree("SELECT avg(id), avg(id) + 1 FROM t")).contains("[avg(CAST(id AS DOUBLE))]");
  }

  @Test
  void viewsSubqueriesAndCommonTables() {
    String sql =
        "WITH a AS (SELECT deviceId AS d, temperature FROM hot) SELECT s.d FROM (SELECT a.d FROM a"
            + " WHERE a.temperature < 200) s";
    assertThat(OperatorList.of(Plans.sql(sql)))
        .containsExactly(
            "Scan readings [deviceId, timestamp, temperature]",
            "Filter (temperature > 100.0)",
            "Project [deviceId, timestamp, temperature]",
            "Project [deviceId AS d, temperature]",
            "Filter (temperature < 200.0)",
            "Project [d]",
            "Project [d]");
  }

  @Test
  void unionsTakeTheFirstNamesAndCommonTypes() {
    assertThat(Plans.sql("SELECT id AS a FROM t UNION ALL SELECT big FROM t").schema().sql())
        .isEqualTo("a BIGINT");
    assertThat(Plans.sql("SELECT NULL AS a UNION ALL SELECT id FROM t").schema().sql())
        .isEqualTo("a INT");
    assertThat(Plans.sql("SELECT * FROM VALUES (1, 'a'), (2.5, NULL) AS v(n, s)").schema().sql())
        .isEqualTo("n DECIMAL(11,1) NOT NULL, s STRING");
  }

  @Test
  void streamsPassFiltersProjectionsWatermarksAndUnions() {
    assertThat(StreamingInputs.isStreaming(Plans.sql("SELECT deviceId FROM stream WHERE true")))
        .isTrue();
    LogicalPlan watermark =
        new LogicalPlan.Watermark(new LogicalPlan.Table("stream"), "timestamp", 10_000_000);
    assertThat(OperatorList.of(Plans.analyze(watermark, true)))
        .endsWith("Watermark timestamp delayed 10 seconds");
  }

  @Test
  void columnsAreAddedReplacedRenamedAndDropped() {
    Expression two = SqlParser.parseExpression("temperature * 2");
    assertThat(names(new LogicalPlan.WithColumn(READINGS, "double", two)))
        .containsExactly("deviceId", "timestamp", "temperature", "double");
    assertThat(names(new LogicalPlan.WithColumn(READINGS, "TEMPERATURE", two)))
        .containsExactly("deviceId", "timestamp", "TEMPERATURE");
    assertThat(names(new LogicalPlan.WithColumnRenamed(READINGS, "DEVICEID", "id")))
        .containsExactly("id", "timestamp", "temperature");
    assertThat(names(new LogicalPlan.WithColumnRenamed(READINGS, "nothing", "id")))
        .containsExactly("deviceId", "timestamp", "temperature");
    assertThat(names(new LogicalPlan.Drop(READINGS, List.of("Timestamp", "nothing"))))
        .containsExactly("deviceId", "temperature");
  }

  private static List<String> names(LogicalPlan plan) {
    return Plans.analyze(plan, true).schema().names();
  }

  @Test
  void qualifiersOutliveASelection() {
    LogicalPlan selected =
        new LogicalPlan.Project(
            new LogicalPlan.SubqueryAlias(READINGS, "r"),
            List.of(Expression.Name.of("r", "deviceId")));
    LogicalPlan filtered =
        new LogicalPlan.Filter(selected, SqlParser.parseExpression("r.deviceId = 'a'"));
    assertThat(OperatorList.of(Plans.analyze(filtered, true))).endsWith("Filter (deviceId = 'a')");
  }

  @Test
  void longChainsOfConditionsAreFlat() {
    ResolvedPlan plan = Plans.sql("SELECT id FROM t WHERE id = 0" + " OR id = 1".repeat(20_000));
    ResolvedPlan.Filter filter = (ResolvedPlan.Filter) plan.inputs().getFirst();
    assertThat(((BoundExpression.Apply) filter.condition()).arguments()).hasSize(20_001);
  }
}
