package io.millrace;

import static io.millrace.Functions.avg;
import static io.millrace.Functions.col;
import static io.millrace.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.Expression;
import io.millrace.plan.Expression.Name;
import io.millrace.plan.LogicalPlan;
import io.millrace.plan.LogicalPlan.JoinType;
import io.millrace.sql.SqlParser;
import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataFrameTest {
  private static final LogicalPlan TABLE = new LogicalPlan.Table("t");
  private static final LogicalPlan STREAM =
      new LogicalPlan.Scan("rate", "rate", Optional.empty(), Map.of(), true);

  private final FakeRunner runner = new FakeRunner();
  private final DataFrame frame = new DataFrame(runner, TABLE);
  private final DataFrame stream = new DataFrame(runner, STREAM);

  private static Expression sql(String text) {
    return SqlParser.parseExpression(text);
  }

  @Test
  void columnsAreSelectedByExpressionNameOrText() {
    List<Expression> columns = List.of(Name.of("a"), Name.of("b", "c"));

    assertThat(frame.select(col("a"), col("b.c")).plan())
        .isEqualTo(new LogicalPlan.Project(TABLE, columns));
    assertThat(frame.select("a", "b.c").plan()).isEqualTo(new LogicalPlan.Project(TABLE, columns));
    assertThat(frame.selectExpr("a", "b + 1 AS c", "*").plan())
        .isEqualTo(
            new LogicalPlan.Project(
                TABLE,
                List.of(
                    Name.of("a"),
                    new Expression.Alias(sql("b + 1"), "c"),
                    new Expression.Star(List.of()))));
  }

  @Test
  void rowsAreFilteredByExpressionOrText() {
    LogicalPlan filtered = new LogicalPlan.Filter(TABLE, sql("a > 1"));

    assertThat(frame.filter(col("a").gt(1)).plan()).isEqualTo(filtered);
    assertThat(frame.where(col("a").gt(1)).plan()).isEqualTo(filtered);
    assertThat(frame.filter("a > 1").plan()).isEqualTo(filtered);
    assertThat(frame.where("a > 1").plan()).isEqualTo(filtered);
  }

  @Test
  void columnsAreAddedRenamedAndDropped() {
    assertThat(frame.withColumn("x", col("a").plus(1)).plan())
        .isEqualTo(new LogicalPlan.WithColumn(TABLE, "x", sql("a + 1")));
    assertThat(frame.withColumnRenamed("a", "b").plan())
        .isEqualTo(new LogicalPlan.WithColumnRenamed(TABLE, "a", "b"));
    assertThat(frame.drop("a", "b").plan())
        .isEqualTo(new LogicalPlan.Drop(TABLE, List.of("a", "b")));
    assertThat(frame.as("r").plan()).isEqualTo(new LogicalPlan.SubqueryAlias(TABLE, "r"));
  }

  @Test
  void rowsAreUnitedLimitedSortedAndMadeDistinct() {
    assertThat(frame.union(stream).plan()).isEqualTo(new LogicalPlan.Union(List.of(TABLE, STREAM)));
    assertThat(frame.limit(3).plan()).isEqualTo(new LogicalPlan.Limit(TABLE, 3));
    assertThat(frame.distinct().plan()).isEqualTo(new LogicalPlan.Distinct(TABLE));
    assertThat(frame.dropDuplicates().plan()).isEqualTo(new LogicalPlan.Distinct(TABLE));
    assertThat(frame.orderBy(col("a").desc(), col("b")).plan())
        .isEqualTo(
            new LogicalPlan.Sort(
                TABLE,
                List.of(
                    new LogicalPlan.SortOrder(Name.of("a"), false, false),
                    new LogicalPlan.SortOrder(Name.of("b"), true, true))));
    assertThat(frame.orderBy("a").plan()).isEqualTo(frame.orderBy(col("a").asc()).plan());
    assertThatThrownBy(() -> frame.limit(-1)).isInstanceOf(AnalysisException.class);
  }

  @Test
  void keysComeFirstAndLoseTheirAliasWhereTheyGroup() {
    Expression window = window(col("ts"), "1 minute").expression();
    Expression average = avg("t").as("mean").expression();

    assertThat(
            frame
                .groupBy(window(col("ts"), "1 minute").as("w"), col("id"))
                .agg(avg("t").as("mean"))
                .plan())
        .isEqualTo(
            new LogicalPlan.Aggregate(
                TABLE,
                List.of(window, Name.of("id")),
                List.of(new Expression.Alias(window, "w"), Name.of("id"), average),
                Optional.empty()));
  }

  @Test
  void groupsHaveShortcuts() {
    assertThat(frame.groupBy("id").count().plan())
        .isEqualTo(
            new LogicalPlan.Aggregate(
                TABLE,
                List.of(Name.of("id")),
                List.of(Name.of("id"), new Expression.Alias(sql("count(*)"), "count")),
                Optional.empty()));
    assertThat(frame.groupBy().sum("a", "b").plan())
        .isEqualTo(
            new LogicalPlan.Aggregate(
                TABLE, List.of(), List.of(sql("sum(a)"), sql("sum(b)")), Optional.empty()));
    assertThat(frame.groupBy().avg("a").plan()).isEqualTo(frame.agg(avg("a")).plan());
    assertThat(frame.groupBy().min("a").plan()).isEqualTo(frame.agg(Functions.min("a")).plan());
    assertThat(frame.groupBy().max("a").plan()).isEqualTo(frame.agg(Functions.max("a")).plan());
  }

  @Test
  void framesAreJoinedByConditionOrByColumns() {
    assertThat(frame.join(stream, col("a").equalTo(col("b")), "left_outer").plan())
        .isEqualTo(
            new LogicalPlan.Join(
                TABLE, STREAM, JoinType.LEFT_OUTER, Optional.of(sql("a = b")), List.of()));
    assertThat(frame.join(stream, List.of("id"), "INNER").plan())
        .isEqualTo(
            new LogicalPlan.Join(TABLE, STREAM, JoinType.INNER, Optional.empty(), List.of("id")));
    assertThatThrownBy(() -> frame.join(stream, List.of("id"), "sideways"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("join type sideways");
    assertThatThrownBy(() -> frame.join(stream, List.of(), "inner"))
        .isInstanceOf(AnalysisException.class);
  }

  @Test
  void aWatermarkHasADelay() {
    assertThat(stream.withWatermark("ts", "10 seconds").plan())
        .isEqualTo(new LogicalPlan.Watermark(STREAM, "ts", 10_000_000L));
    assertThatThrownBy(() -> stream.withWatermark("ts", "-1 second"))
        .isInstanceOf(AnalysisException.class);
    assertThatThrownBy(() -> stream.withWatermark("ts", "soon"))
        .isInstanceOf(AnalysisException.class);
  }

  @Test
  void aWrongFrameIsRefusedWhereItIsMade() {
    assertThatThrownBy(() -> DataFrame.checked(runner, new LogicalPlan.Table("missing")))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void aStreamHasNoEndToReadTo() {
    assertThatThrownBy(stream::collect)
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("use writeStream()");
    assertThatThrownBy(stream::count).isInstanceOf(AnalysisException.class);
    assertThatThrownBy(stream::show).isInstanceOf(AnalysisException.class);
    assertThatThrownBy(stream::write).isInstanceOf(AnalysisException.class);
    assertThat(runner.collected).isEmpty();
  }

  @Test
  void aStaticFrameIsNotStreamed() {
    assertThatThrownBy(frame::writeStream)
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("use write()");
  }

  @Test
  void whatIsNotThereYetIsSaidWithAWayOut() {
    assertThatThrownBy(() -> frame.dropDuplicates("a")).hasMessageContaining("not supported yet");
    assertThatThrownBy(() -> stream.dropDuplicatesWithinWatermark("a"))
        .hasMessageContaining("not supported yet");
    assertThatThrownBy(() -> frame.groupByKey(row -> row.get(0)))
        .hasMessageContaining("use groupBy");
  }

  @Test
  void rowsAreCollectedAndCounted() {
    runner.rows = List.of(Row.of(7L));

    assertThat(frame.collect()).containsExactly(Row.of(7L));
    assertThat(frame.count()).isEqualTo(7);
    assertThat(runner.collected).containsExactly(TABLE, frame.groupBy().count().plan());
  }

  @Test
  void aViewHasTheFramesPlan() {
    frame.createOrReplaceTempView("v");

    assertThat(runner.views).containsEntry("v", TABLE);
  }

  @Test
  void showPrintsATableAndAsksForOneRowMore() {
    runner.schema = Schema.parse("a STRING");
    runner.rows = List.of(Row.of("x"), Row.of("123456789012345678901"));

    assertThat(printed(() -> frame.show(1)))
        .isEqualTo("+---+\n|  a|\n+---+\n|  x|\n+---+\nonly showing top 1 row\n\n");
    assertThat(printed(frame::show)).contains("|12345678901234567...|");
    assertThat(printed(() -> frame.show(false))).contains("|123456789012345678901|");
    assertThat(printed(() -> frame.show(2, 5))).contains("|12...|").contains("|    x|");
    assertThat(runner.collected)
        .containsExactly(
            new LogicalPlan.Limit(TABLE, 2),
            new LogicalPlan.Limit(TABLE, 21),
            new LogicalPlan.Limit(TABLE, 21),
            new LogicalPlan.Limit(TABLE, 3));
  }

  @Test
  void schemaAndPlanArePrinted() {
    assertThat(printed(frame::printSchema))
        .isEqualTo("root\n |-- a: integer (nullable = true)\n\n");
    assertThat(printed(frame::explain)).isEqualTo("explained false\n");
    assertThat(printed(() -> frame.explain(true))).isEqualTo("explained true\n");
  }

  private static String printed(Runnable code) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      code.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
