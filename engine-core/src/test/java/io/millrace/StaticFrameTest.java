package io.millrace;

import static io.millrace.Functions.avg;
import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.countDistinct;
import static io.millrace.Functions.expr;
import static io.millrace.Functions.max;
import static io.millrace.Functions.min;
import static io.millrace.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EngineThreads.class)
class StaticFrameTest {
  private static final Schema SCHEMA = Schema.parse("id INT, name STRING, value DOUBLE");

  private final Session session = TestSession.open("millrace.blockRows", 64);

  @AfterEach
  void close() {
    session.close();
  }

  private DataFrame frame(Row... rows) {
    return session.createDataFrame(Arrays.asList(rows), SCHEMA);
  }

  private DataFrame many(int rows) {
    return session.createDataFrame(
        IntStream.range(0, rows)
            .mapToObj(i -> Row.of(i, i % 10 == 0 ? null : "n" + i % 7, i / 2.0))
            .toList(),
        SCHEMA);
  }

  @Test
  void rowsComeBackAsTheyWere() {
    DataFrame frame = many(1_000);
    assertThat(frame.collect()).hasSize(1_000);
    assertThat(frame.collect().get(777)).isEqualTo(Row.of(777, "n0", 388.5));
    assertThat(frame.count()).isEqualTo(1_000);
    assertThat(frame.filter("id < 0").collect()).isEmpty();
    assertThat(frame.filter("id < 0").count()).isZero();
    assertThat(frame().collect()).isEmpty();
    assertThat(frame().count()).isZero();
  }

  @Test
  void orderPutsNullsFirstAndNanLastAndIsStable() {
    DataFrame frame =
        frame(
            Row.of(1, "b", Double.NaN),
            Row.of(2, null, -0.0),
            Row.of(3, "a", 0.0),
            Row.of(4, "B", null),
            Row.of(5, "ä", Double.NEGATIVE_INFINITY));
    assertThat(ids(frame.orderBy("value"))).containsExactly(4, 5, 2, 3, 1);
    assertThat(ids(frame.orderBy(col("value").desc()))).containsExactly(1, 2, 3, 5, 4);
    assertThat(ids(frame.orderBy("name"))).containsExactly(2, 4, 3, 1, 5);
    assertThat(ids(frame.orderBy(col("name").isNull().desc(), col("id").desc())))
        .containsExactly(2, 5, 4, 3, 1);
  }

  private static List<Object> ids(DataFrame frame) {
    return frame.collect().stream().map(row -> row.get(0)).toList();
  }

  @Test
  void limitTakesTheFirstRowsAcrossBlocks() {
    for (int limit : new int[] {0, 1, 63, 64, 65, 200, 10_000}) {
      assertThat(many(300).limit(limit).collect()).hasSize(Math.min(limit, 300));
    }
    assertThat(ids(many(300).filter("id % 2 = 1").limit(70))).hasSize(70).endsWith(139);
    assertThat(ids(many(300).orderBy(col("id").desc()).limit(2))).containsExactly(299, 298);
    assertThat(ids(many(300).limit(10).filter("id > 7"))).containsExactly(8, 9);
    assertThat(ids(many(300).limit(5).union(many(300).limit(1)))).hasSize(6);
  }

  @Test
  void distinctTreatsNullsNansAndZerosAsEqual() {
    DataFrame frame =
        frame(
            Row.of(1, null, 0.0),
            Row.of(1, null, -0.0),
            Row.of(1, null, Double.NaN),
            Row.of(1, null, 0.0 / 0.0),
            Row.of(1, null, null),
            Row.of(1, null, null));
    assertThat(frame.distinct().count()).isEqualTo(3);
    assertThat(many(500).select("name").distinct().count()).isEqualTo(8);
  }

  @Test
  void groupsHaveNullNanAndZeroKeysAndComeInOrderOfAppearance() {
    DataFrame frame =
        frame(
            Row.of(1, "x", Double.NaN),
            Row.of(2, "x", -0.0),
            Row.of(3, "x", 0.0),
            Row.of(4, "x", null),
            Row.of(5, "x", Double.NaN),
            Row.of(null, "x", null));
    List<Row> groups =
        frame.groupBy("value").agg(count("id").as("n"), sum("id").as("total")).collect();
    assertThat(groups).extracting(row -> row.get(1)).containsExactly(2L, 2L, 1L);
    assertThat(groups).extracting(row -> row.get(2)).containsExactly(6L, 5L, 4L);
  }

  @Test
  void aggregatesOfNothingAndOfNulls() {
    DataFrame empty = frame();
    assertThat(
            empty
                .agg(count("*"), count("id"), sum("id"), avg("value"), min("name"), max("value"))
                .collect())
        .containsExactly(Row.of(0L, 0L, null, null, null, null));
    assertThat(empty.groupBy("id").count().collect()).isEmpty();
    DataFrame nulls = frame(Row.of(null, null, null), Row.of(7, null, null));
    assertThat(nulls.agg(count("*"), count("id"), avg("id"), countDistinct("id")).collect())
        .containsExactly(Row.of(2L, 1L, 7.0, 1L));
  }

  @Test
  void aggregatesAgreeWithPlainLoops() {
    List<Row> rows = many(1_003).collect();
    List<Row> groups =
        many(1_003)
            .groupBy("name")
            .agg(count("*").as("n"), sum("value").as("s"), min("id"), max("id"), avg("id"))
            .collect();
    assertThat(groups).hasSize(8);
    for (Row group : groups) {
      List<Row> mine =
          rows.stream().filter(row -> java.util.Objects.equals(row.get(1), group.get(0))).toList();
      assertThat(group.get(1)).isEqualTo((long) mine.size());
      assertThat(group.getDouble(2))
          .isEqualTo(mine.stream().mapToDouble(row -> row.getDouble(2)).sum());
      assertThat(group.get(3)).isEqualTo(mine.getFirst().get(0));
      assertThat(group.get(4)).isEqualTo(mine.getLast().get(0));
      assertThat(group.getDouble(5))
          .isEqualTo(mine.stream().mapToInt(row -> row.getInt(0)).average().orElseThrow());
    }
  }

  @Test
  void sqlReadsViewsTablesAndUnions() {
    many(100).createOrReplaceTempView("Many");
    assertThat(
            session
                .sql(
                    "SELECT name, count(*) AS n FROM many WHERE id < 70 GROUP BY name"
                        + " HAVING count(*) > 8 ORDER BY n DESC, name LIMIT 3")
                .collect())
        .hasSize(3);
    frame(Row.of(1, "a", 1.0)).union(frame(Row.of(2, "b", 2.0))).createOrReplaceTempView("two");
    assertThat(session.sql("SELECT DISTINCT id + 1 AS next FROM two ORDER BY next DESC").collect())
        .containsExactly(Row.of(3), Row.of(2));
    assertThat(
            session
                .sql("SELECT count(*) FROM (SELECT * FROM two UNION ALL SELECT * FROM many)")
                .collect())
        .containsExactly(Row.of(102L));
    assertThatThrownBy(() -> session.table("tow"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("two");
  }

  @Test
  void aViewOfAViewSeesTheNewDefinition() {
    frame(Row.of(1, "a", 1.0)).createOrReplaceTempView("base");
    DataFrame above = session.sql("SELECT id FROM base");
    assertThat(ids(above)).containsExactly(1);
    session.table("base").filter("id > 1").createOrReplaceTempView("derived");
    assertThat(session.table("derived").count()).isZero();
  }

  @Test
  void savedTablesAreReadAgain() {
    many(10).write().saveAsTable("saved");
    assertThat(session.table("saved").count()).isEqualTo(10);
    assertThat(session.sql("SELECT max(id) FROM saved").collect()).containsExactly(Row.of(9));
  }

  @Test
  void aFailureNamesTheExpressionAndLeavesNothingBehind() {
    assertThatThrownBy(() -> many(10).selectExpr("10 / (id - 5) AS q").collect())
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("id");
    assertThatThrownBy(() -> many(10).groupBy("id").agg(expr("percentile(value, 0.5)")).collect())
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("percentile");
    assertThat(many(10).count()).isEqualTo(10);
  }

  @Test
  void rowsThatDoNotFitTheSchemaAreRefused() {
    assertThatThrownBy(
            () -> session.createDataFrame(List.of(Row.of("1", "a", 1.0)), SCHEMA).collect())
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("id");
    assertThatThrownBy(() -> session.createDataFrame(List.of(Row.of(1)), SCHEMA))
        .isInstanceOf(AnalysisException.class);
  }

  @Test
  void framesAreComputedOnSeveralThreadsAtOnce() throws InterruptedException {
    List<Long> counts = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> counts.add(many(2_000).filter("id % 2 = 0").distinct().count())));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(counts).containsOnly(1_000L).hasSize(4);
  }
}
