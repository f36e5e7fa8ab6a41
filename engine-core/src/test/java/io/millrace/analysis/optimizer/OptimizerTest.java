package io.millrace.analysis.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.OperatorList;
import io.millrace.analysis.Plans;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.plan.LogicalPlan;
import io.millrace.sql.SqlParser;
import io.millrace.types.DataType;
import io.millrace.types.Row;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptimizerTest {
  private static final Optimizer OPTIMIZER = new Optimizer(ConstantFolder.NONE);

  private static String optimized(String sql) {
    ResolvedPlan plan = Plans.sql(sql);
    ResolvedPlan result = OPTIMIZER.optimize(plan);
    assertThat(result.schema().names()).isEqualTo(plan.schema().names());
    assertThat(result.schema().fields().stream().map(f -> f.type()).toList())
        .isEqualTo(plan.schema().fields().stream().map(f -> f.type()).toList());
    return OperatorList.tree(result);
  }

  @Test
  void filtersAndNeededColumnsReachTheScan() {
    assertThat(
            optimized(
                "SELECT d FROM (SELECT deviceId AS d, temperature AS t, timestamp FROM readings) "
                    + "WHERE t > 50 + 50 AND 1 = 1"))
        .isEqualTo(
            """
            Project [deviceId AS d]
            +- Filter (temperature > 100.0)
               +- Scan readings [deviceId, temperature], format json, pushed filters [(temperature > 100.0)]
            """);
  }

  @Test
  void comparisonsOfColumnsWithConstantsArePushedAndKept() {
    assertThat(
            optimized(
                "SELECT * FROM readings WHERE 100 < temperature AND deviceId LIKE 'a%' AND timestamp"
                    + " BETWEEN '2025-01-01' AND '2025-12-31' AND temperature <> NULL"))
        .contains(
            "pushed filters [(temperature > 100.0), (timestamp >= TIMESTAMP"
                + " '2025-01-01T00:00:00Z'), (timestamp <= TIMESTAMP '2025-12-31T00:00:00Z')]")
        .contains("like(deviceId, 'a%')");
  }

  @Test
  void aWatermarkSeesEveryRow() {
    LogicalPlan watermark =
        new LogicalPlan.Watermark(new LogicalPlan.Table("stream"), "timestamp", 1_000_000);
    LogicalPlan plan =
        new LogicalPlan.Project(
            new LogicalPlan.Filter(watermark, SqlParser.parseExpression("temperature > 1")),
            List.of(SqlParser.parseExpression("deviceId")));
    assertThat(OperatorList.tree(OPTIMIZER.optimize(Plans.analyze(plan, true))))
        .isEqualTo(
            """
            Project [deviceId]
            +- Filter (temperature > 1.0)
               +- Watermark timestamp delayed 1 seconds
                  +- Scan stream [deviceId, timestamp, temperature], format json, streaming
            """);
  }

  @Test
  void columnsThatNobodyReadsGoBelowWindowsToo() {
    assertThat(
            optimized(
                "SELECT window.end, max(temperature) FROM (SELECT * FROM events) GROUP BY"
                    + " window(timestamp, '1 minute')"))
        .isEqualTo(
            """
            Project [window_end(window.start, 60000000) AS end, max(temperature)]
            +- Aggregate [window.start] [max(temperature)]
               +- Window timestamp of 60 seconds every 60 seconds from 0 seconds
                  +- Watermark timestamp delayed 10 seconds
                     +- Scan stream [timestamp, temperature], format json, streaming
            """);
    assertThat(
            optimized(
                "SELECT n FROM (SELECT session_window.end, count(*) AS n, max(deviceId) FROM events"
                    + " GROUP BY session_window(timestamp, '1 minute'))"))
        .isEqualTo(
            """
            Project [count(1) AS n]
            +- SessionAggregate [] timestamp with gaps of 60000000 microseconds [count()]
               +- Watermark timestamp delayed 10 seconds
                  +- Scan stream [timestamp], format json, streaming
            """);
  }

  @Test
  void whatCountsLateRowsSeesThemAll() {
    assertThat(
            optimized(
                "SELECT n FROM (SELECT deviceId, count(*) AS n FROM events GROUP BY"
                    + " window(timestamp, '1 minute'), deviceId) WHERE deviceId = 'a'"))
        .startsWith("Project [count(1) AS n]\n+- Filter (deviceId = 'a')\n   +- Aggregate");
  }

  @Test
  void whatReadsTheTimeStaysAboveTheGroupsThatLaterBatchesRead() {
    assertThat(
            optimized(
                "SELECT * FROM (SELECT timestamp, count(*) FROM stream GROUP BY timestamp)"
                    + " WHERE timestamp < current_timestamp() AND timestamp > '2025-01-01'"))
        .isEqualTo(
            """
            Filter (timestamp < current_timestamp())
            +- Aggregate [timestamp] [count()]
               +- Filter (timestamp > TIMESTAMP '2025-01-01T00:00:00Z')
                  +- Scan stream [timestamp], format json, streaming, pushed filters [(timestamp > TIMESTAMP '2025-01-01T00:00:00Z')]
            """);
  }

  @Test
  void structsOfWindowsAreNotMadeWhereOnlyTheirBoundsAreRead() {
    assertThat(
            optimized(
                "SELECT w.start, w.end, window_time(w) AS t FROM (SELECT window AS w, count(*) FROM"
                    + " events GROUP BY window(timestamp, '1 minute')) WHERE w.end > '2025-01-01'"))
        .startsWith(
            """
            Project [window.start AS start, window_end(window.start, 60000000) AS end, window_time(window_end(window.start, 60000000)) AS t]
            +- Filter (window_end(window.start, 60000000) > TIMESTAMP '2025-01-01T00:00:00Z')
               +- Aggregate [window.start] []
            """);
  }

  @Test
  void filtersGoBelowUnionsSortsDistinctAndKeys() {
    assertThat(
            optimized(
                "SELECT a FROM (SELECT deviceId AS a, 1 AS one FROM readings UNION ALL SELECT name, 2"
                    + " FROM t) WHERE a = 'x'"))
        .isEqualTo(
            """
            Union of 2
            +- Project [deviceId AS a]
               +- Filter (deviceId = 'x')
                  +- Scan readings [deviceId], format json, pushed filters [(deviceId = 'x')]
            +- Filter (name = 'x')
               +- Scan t [name], format json, pushed filters [(name = 'x')]
            """);
    assertThat(
            optimized(
                "SELECT deviceId FROM readings GROUP BY deviceId HAVING count(*) > 1 AND deviceId ="
                    + " 'x'"))
        .isEqualTo(
            """
            Project [deviceId]
            +- Filter (count(1) > 1)
               +- Aggregate [deviceId] [count()]
                  +- Filter (deviceId = 'x')
                     +- Scan readings [deviceId], format json, pushed filters [(deviceId = 'x')]
            """);
    assertThat(optimized("SELECT * FROM (SELECT DISTINCT id FROM t ORDER BY id) WHERE id > 1"))
        .startsWith("Sort [id ASC NULLS FIRST]\n+- Distinct\n   +- Filter (id > 1)");
  }

  @Test
  void aLimitIsAppliedBeforeTheFilterAboveIt() {
    assertThat(optimized("SELECT * FROM (SELECT id FROM t LIMIT 5) WHERE id > 1"))
        .startsWith("Filter (id > 1)\n+- Limit 5\n   +- Scan t [id]");
  }

  @Test
  void aConditionThatMayFailDoesNotOvertakeItsGuard() {
    // y is read twice, so its condition stays above the projection and guards the division.
    assertThat(
            optimized(
                "SELECT id FROM (SELECT id, big, exp(value) AS y FROM t) WHERE y > 1 AND y < 5 AND y"
                    + " <> y + 1 AND 10 / big > 2 AND id = 3"))
        .contains("Filter ((y <> (y + 1.0)) AND ((10.0 / CAST(big AS DOUBLE)) > 2.0))")
        .contains("(id = 3)");
  }

  @Test
  void adjacentProjectionsMergeUnlessTheyWouldComputeTwice() {
    assertThat(optimized("SELECT a + 1 AS b FROM (SELECT id * 2 AS a FROM t)"))
        .isEqualTo("Project [((id * 2) + 1) AS b]\n+- Scan t [id], format json\n");
    assertThat(optimized("SELECT a + a AS b FROM (SELECT id * 2 AS a FROM t)"))
        .startsWith("Project [(a + a) AS b]\n+- Project [(id * 2) AS a]\n");
    assertThat(optimized("SELECT * FROM (SELECT * FROM readings)"))
        .isEqualTo("Scan readings [deviceId, timestamp, temperature], format json\n");
  }

  @Test
  void countingReadsOneNarrowColumn() {
    assertThat(optimized("SELECT count(*) FROM readings")).contains("Scan readings [timestamp]");
    assertThat(optimized("SELECT n FROM (SELECT count(*) AS n, max(temperature) FROM readings)"))
        .contains("Aggregate [] [count()]");
  }

  @Test
  void columnsOnlyUsedBelowDoNotComeOut() {
    assertThat(optimized("SELECT deviceId FROM readings ORDER BY temperature LIMIT 2"))
        .isEqualTo(
            """
            Limit 2
            +- Project [deviceId]
               +- Sort [temperature ASC NULLS FIRST]
                  +- Scan readings [deviceId, temperature], format json
            """);
  }

  @Test
  void valuesBecomeRows() {
    ResolvedPlan plan =
        OPTIMIZER.optimize(
            Plans.sql(
                "SELECT * FROM VALUES (1, DATE '2025-01-01', TIMESTAMP '2025-01-01'), (2.5, NULL,"
                    + " NULL) AS v(n, d, t)"));
    assertThat(plan).isInstanceOf(ResolvedPlan.LocalRows.class);
    assertThat(((ResolvedPlan.LocalRows) plan).rows())
        .containsExactly(
            Row.of(
                new java.math.BigDecimal("1.0"),
                java.time.LocalDate.of(2025, 1, 1),
                java.time.Instant.parse("2025-01-01T00:00:00Z")),
            Row.of(new java.math.BigDecimal("2.5"), null, null));
    assertThat(optimized("SELECT 1 + 1 AS two, 'x' AS x")).isEqualTo("LocalRows 1 [two, x]\n");
  }

  @Test
  void narrowColumnsAreComparedAsTheyAre() {
    assertThat(optimized("SELECT id FROM t WHERE tiny > 5 AND real = 1.5 AND small < 100000"))
        .contains("Filter ((tiny > 5) AND (real = 1.5) AND (CAST(small AS INT) < 100000))");
  }

  @Test
  void whatFailsIsLeftToFail() {
    assertThat(optimized("SELECT 2147483647 + id, 2147483647 + 1, 1 % 0 FROM t"))
        .contains("(2147483647 + 1)")
        .contains("(1 % 0)");
    assertThat(optimized("SELECT id FROM t WHERE 1 / big > 2 AND false"))
        .contains("Filter (((1.0 / CAST(big AS DOUBLE)) > 2.0) AND false)");
    assertThat(optimized("SELECT id FROM t WHERE big > 2 AND false")).contains("Filter false");
  }

  @Test
  void theFolderComputesOtherFunctionsOfConstants() {
    Optimizer optimizer =
        new Optimizer(
            expression ->
                expression instanceof BoundExpression.Apply apply
                        && apply.function().equals("upper")
                    ? Optional.of(new BoundExpression.Constant("ABC", DataType.STRING))
                    : Optional.empty());
    assertThat(
            OperatorList.tree(
                optimizer.optimize(Plans.sql("SELECT id FROM t WHERE name = upper('abc')"))))
        .contains("pushed filters [(name = 'ABC')]");
  }

  @Test
  void aFieldOfAStructThatIsPutTogetherIsWhatStandsThere() {
    assertThat(
            optimized(
                "SELECT s.d, s.t + 1 AS u, s.d IS NULL AS n FROM (SELECT struct(deviceId AS d,"
                    + " temperature AS t, timestamp) AS s FROM readings) WHERE s IS NOT NULL AND s.t > 5"))
        .isEqualTo(
            """
            Project [deviceId AS d, (temperature + 1.0) AS u, false AS n]
            +- Filter (temperature > 5.0)
               +- Scan readings [deviceId, temperature], format json, pushed filters [(temperature > 5.0)]
            """);
  }

  @Test
  void whatAStructComputesIsNotComputedTwice() {
    assertThat(
            optimized(
                "SELECT s.n, s FROM (SELECT struct(upper(deviceId) AS n, timestamp) AS s FROM"
                    + " readings)"))
        .isEqualTo(
            """
            Project [s.n AS n, s]
            +- Project [struct(upper(deviceId) AS n, timestamp AS timestamp) AS s]
               +- Scan readings [deviceId, timestamp], format json
            """);
  }

  @Test
  void manyConditionsAreOptimizedInOneFilter() {
    String sql = "SELECT id FROM t WHERE id <> 0" + " AND id <> 1 AND big > 5".repeat(2_000);
    assertThat(optimized(sql)).contains("Filter ((id <> 0) AND (id <> 1) AND (big > 5))");
  }
}
