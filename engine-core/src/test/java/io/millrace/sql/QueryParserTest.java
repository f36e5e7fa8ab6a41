package io.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.Expression;
import io.millrace.plan.Expression.Call;
import io.millrace.plan.Expression.Literal;
import io.millrace.plan.Expression.Name;
import io.millrace.plan.LogicalPlan;
import io.millrace.plan.LogicalPlan.JoinType;
import io.millrace.plan.LogicalPlan.SortOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueryParserTest {
  private static final LogicalPlan READINGS = new LogicalPlan.Table("readings");
  private static final Expression STAR = new Expression.Star(List.of());

  private static LogicalPlan select(LogicalPlan from, Expression... items) {
    return new LogicalPlan.Project(from, List.of(items));
  }

  @Test
  void clausesNestFromTheInsideOut() {
    LogicalPlan plan =
        SqlParser.parseQuery(
            "SELECT deviceId, temperature AS t FROM readings WHERE temperature > 100 ORDER BY t"
                + " DESC NULLS FIRST, 1 LIMIT 5;");
    LogicalPlan filtered =
        new LogicalPlan.Filter(READINGS, Call.of(">", Name.of("temperature"), new Literal(100)));
    LogicalPlan projected =
        select(filtered, Name.of("deviceId"), new Expression.Alias(Name.of("temperature"), "t"));
    LogicalPlan sorted =
        new LogicalPlan.Sort(
            projected,
            List.of(
                new SortOrder(Name.of("t"), false, true),
                new SortOrder(new Literal(1), true, true)));
    assertThat(plan).isEqualTo(new LogicalPlan.Limit(sorted, 5));
  }

  @Test
  void groupByMakesAnAggregate() {
    LogicalPlan plan =
        SqlParser.parseQuery(
            "SELECT a, count(*) FROM readings GROUP BY a, window(ts, '1 minute') HAVING max(b) > 1");
    assertThat(plan)
        .isEqualTo(
            new LogicalPlan.Aggregate(
                READINGS,
                List.of(Name.of("a"), Call.of("window", Name.of("ts"), new Literal("1 minute"))),
                List.of(Name.of("a"), Call.of("count", STAR)),
                Optional.of(Call.of(">", Call.of("max", Name.of("b")), new Literal(1)))));
  }

  @Test
  void distinctUnionAndUnionAll() {
    LogicalPlan one = select(READINGS, Name.of("a"));
    assertThat(SqlParser.parseQuery("SELECT DISTINCT a FROM readings"))
        .isEqualTo(new LogicalPlan.Distinct(one));
    assertThat(
            SqlParser.parseQuery(
                "SELECT a FROM readings UNION ALL SELECT a FROM readings UNION ALL (SELECT a FROM"
                    + " readings)"))
        .isEqualTo(new LogicalPlan.Union(List.of(one, one, one)));
    assertThat(SqlParser.parseQuery("SELECT a FROM readings UNION SELECT a FROM readings"))
        .isEqualTo(new LogicalPlan.Distinct(new LogicalPlan.Union(List.of(one, one))));
  }

  @Test
  void withNamesStandForTheirQueries() {
    LogicalPlan inner = select(READINGS, Name.of("a"));
    assertThat(
            SqlParser.parseQuery(
                "WITH hot AS (SELECT a FROM readings), cold(x) AS (SELECT * FROM hot) SELECT * FROM"
                    + " cold c"))
        .isEqualTo(
            select(
                new LogicalPlan.SubqueryAlias(
                    new LogicalPlan.SubqueryAlias(
                        new LogicalPlan.ColumnNames(
                            select(new LogicalPlan.SubqueryAlias(inner, "hot"), STAR),
                            List.of("x")),
                        "cold"),
                    "c"),
                STAR));
  }

  @Test
  void joinsOfEveryKind() {
    assertThat(join("JOIN")).isEqualTo(JoinType.INNER);
    assertThat(join("INNER JOIN")).isEqualTo(JoinType.INNER);
    assertThat(join("CROSS JOIN")).isEqualTo(JoinType.INNER);
    assertThat(join("LEFT JOIN")).isEqualTo(JoinType.LEFT_OUTER);
    assertThat(join("LEFT OUTER JOIN")).isEqualTo(JoinType.LEFT_OUTER);
    assertThat(join("RIGHT OUTER JOIN")).isEqualTo(JoinType.RIGHT_OUTER);
    assertThat(join("FULL OUTER JOIN")).isEqualTo(JoinType.FULL_OUTER);
    assertThat(join("FULL JOIN")).isEqualTo(JoinType.FULL_OUTER);
    assertThat(join("LEFT SEMI JOIN")).isEqualTo(JoinType.LEFT_SEMI);
    assertThat(join("LEFT ANTI JOIN")).isEqualTo(JoinType.LEFT_ANTI);
    assertThat(join("ANTI JOIN")).isEqualTo(JoinType.LEFT_ANTI);
  }

  private static JoinType join(String words) {
    LogicalPlan.Project plan =
        (LogicalPlan.Project)
            SqlParser.parseQuery("SELECT * FROM a x " + words + " b AS y ON x.id = y.id");
    LogicalPlan.Join join = (LogicalPlan.Join) plan.input();
    assertThat(join.condition()).contains(Call.of("=", Name.of("x", "id"), Name.of("y", "id")));
    return join.type();
  }

  @Test
  void joinUsingNamesColumns() {
    LogicalPlan.Project plan =
        (LogicalPlan.Project) SqlParser.parseQuery("SELECT * FROM a JOIN b USING (id, day)");
    assertThat(plan.input())
        .isEqualTo(
            new LogicalPlan.Join(
                new LogicalPlan.Table("a"),
                new LogicalPlan.Table("b"),
                JoinType.INNER,
                Optional.empty(),
                List.of("id", "day")));
  }

  @Test
  void valuesAndSelectWithoutFrom() {
    LogicalPlan one = select(FromParser.ONE_ROW, new Expression.Alias(new Literal(1), "col1"));
    assertThat(SqlParser.parseQuery("VALUES 1")).isEqualTo(one);
    assertThat(SqlParser.parseQuery("SELECT * FROM VALUES (1), (1) AS t(x)"))
        .isEqualTo(
            select(
                new LogicalPlan.SubqueryAlias(
                    new LogicalPlan.ColumnNames(
                        new LogicalPlan.Union(List.of(one, one)), List.of("x")),
                    "t"),
                STAR));
    assertThat(SqlParser.parseQuery("SELECT 1"))
        .isEqualTo(select(FromParser.ONE_ROW, new Literal(1)));
  }

  @Test
  void subqueriesParenthesesAndQualifiedTables() {
    assertThat(SqlParser.parseQuery("(SELECT * FROM (SELECT * FROM db.t) AS s)"))
        .isEqualTo(
            select(
                new LogicalPlan.SubqueryAlias(select(new LogicalPlan.Table("db.t"), STAR), "s"),
                STAR));
  }
}
