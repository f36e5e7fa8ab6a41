package io.millrace;

import static io.millrace.Functions.col;
import static io.millrace.Functions.lit;
import static io.millrace.Functions.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EngineThreads.class)
class NestedValuesTest {
  private static final Schema SCHEMA =
      Schema.parse(
          "id INT, w STRUCT<start: TIMESTAMP, tag: STRING NOT NULL, in: STRUCT<n: BIGINT>>,"
              + " tags ARRAY<STRING>, counts MAP<STRING, INT>");
  private static final Instant NOON = Instant.parse("2025-10-10T12:00:00Z");
  private static final List<Row> ROWS =
      List.of(
          Row.of(1, Row.of(NOON, "a", Row.of(10L)), List.of("x", "y"), Map.of("k", 1)),
          Row.of(2, null, null, null),
          Row.of(3, Row.of(null, "c", null), Arrays.asList("z", null), Map.of()),
          Row.of(4, Row.of(NOON, "d", Row.of((Object) null)), List.of(), Map.of("l", 2)));

  /** The rows of a query over the table t. */
  private static List<Row> sql(String query) {
    try (Session session = TestSession.open()) {
      session.createDataFrame(ROWS, SCHEMA).createOrReplaceTempView("t");
      return session.sql(query).collect();
    }
  }

  @Test
  void nestedColumnsPassThroughFiltersSortsAndLimits() {
    assertThat(sql("SELECT * FROM t")).isEqualTo(ROWS);
    assertThat(sql("SELECT * FROM t WHERE id % 2 = 1")).containsExactly(ROWS.get(0), ROWS.get(2));
    assertThat(sql("SELECT * FROM t ORDER BY id DESC LIMIT 2"))
        .containsExactly(ROWS.get(3), ROWS.get(2));
    assertThat(sql("SELECT id, tags FROM t UNION ALL SELECT id, tags FROM t")).hasSize(8);
  }

  @Test
  void aFieldIsNullWhereItsStructIs() {
    assertThat(sql("SELECT id, w.tag, w.in.n, W.START FROM t"))
        .containsExactly(
            Row.of(1, "a", 10L, NOON),
            Row.of(2, null, null, null),
            Row.of(3, "c", null, null),
            Row.of(4, "d", null, NOON));
    assertThat(sql("SELECT id FROM t WHERE w.tag > 'a' AND t.w.in IS NULL"))
        .containsExactly(Row.of(3));
    assertThat(sql("SELECT id FROM t WHERE w IS NULL OR tags IS NULL")).containsExactly(Row.of(2));
    assertThat(sql("SELECT id FROM t WHERE counts IS NOT NULL AND w.in.n IS NULL"))
        .containsExactly(Row.of(3), Row.of(4));
    assertThat(sql("SELECT max(w.in.n), count(w.tag) FROM t")).containsExactly(Row.of(10L, 3L));
    assertThat(sql("SELECT w.tag, count(*) FROM t GROUP BY w.tag ORDER BY w.tag"))
        .containsExactly(Row.of(null, 1L), Row.of("a", 1L), Row.of("c", 1L), Row.of("d", 1L));
  }

  @Test
  void aStarTakesAStructApart() {
    assertThat(sql("SELECT w.*, id FROM t WHERE id < 3"))
        .containsExactly(Row.of(NOON, "a", Row.of(10L), 1), Row.of(null, null, null, 2));
    assertThat(sql("SELECT w.in.* FROM t WHERE id = 1")).containsExactly(Row.of(10L));
  }

  @Test
  void structsArePutTogetherAndTakenApartAgain() {
    assertThat(sql("SELECT struct(id, w.tag, id + 1, upper(w.tag) AS up) AS s FROM t WHERE id < 3"))
        .containsExactly(Row.of(Row.of(1, "a", 2, "A")), Row.of(Row.of(2, null, 3, null)));
    assertThat(
            sql(
                "SELECT s.up, s.col3, s FROM (SELECT struct(id, upper(w.tag) AS up, id * 2) AS s"
                    + " FROM t WHERE id = 1)"))
        .containsExactly(Row.of("A", 2, Row.of(1, "A", 2)));
    assertThat(sql("SELECT struct(*) AS s FROM t")).isEqualTo(ROWS.stream().map(Row::of).toList());
    assertThat(sql("SELECT struct(w.*) AS s FROM t WHERE id = 4"))
        .containsExactly(Row.of(Row.of(NOON, "d", Row.of((Object) null))));
    assertThat(sql("SELECT named_struct('a', id, 'b', tags, 'c', NULL) AS s FROM t WHERE id = 3"))
        .containsExactly(Row.of(Row.of(3, Arrays.asList("z", null), null)));
    assertThat(sql("SELECT named_struct('x', 1).x, struct(1, 'b').col2"))
        .containsExactly(Row.of(1, "b"));
    assertThat(sql("SELECT struct(id) AS s FROM t WHERE id > 2 ORDER BY s.id DESC"))
        .containsExactly(Row.of(Row.of(4)), Row.of(Row.of(3)));
  }

  @Test
  void structsHaveTheirNamesAndTypes() {
    try (Session session = TestSession.open()) {
      DataFrame frame =
          session
              .createDataFrame(ROWS, SCHEMA)
              .select(struct(col("id"), col("w").getField("tag").as("t")).as("s"), col("tags"))
              .withColumn("same", col("s").getItem("t"))
              .filter(col("s").getField("id").equalTo(lit(1)));

      assertThat(frame.schema().sql())
          .isEqualTo("s STRUCT<id:INT,t:STRING> NOT NULL, tags ARRAY<STRING>, same STRING");
      assertThat(frame.collect()).containsExactly(Row.of(Row.of(1, "a"), List.of("x", "y"), "a"));
      assertThat(frame.collect().getFirst().getStruct("s").getString("T")).isEqualTo("a");
      assertThat(frame.collect().getFirst().getList("tags")).isEqualTo(List.of("x", "y"));
    }
  }

  @Test
  void whatCannotBeDoneIsRefusedWithAWayOut() {
    refused("SELECT w.nag FROM t", "w.nag: column w is STRUCT<", "did you mean tag?");
    refused("SELECT id.x FROM t", "id.x: column id is INT and has no fields");
    refused("SELECT tags.* FROM t", "tags.*: column tags is ARRAY<STRING> and has no fields");
    refused("SELECT tags[0] FROM t", "getItem of ARRAY<STRING> is not supported yet");
    refused("SELECT w[id] FROM t", "a field is named by a constant text, not by id");
    refused("SELECT struct() FROM t", "it needs at least 1 arguments");
    refused("SELECT struct(id, 1 AS ID) FROM t", "field id stands twice", "AS");
    refused("SELECT named_struct('a') FROM t", "names and values in turn");
    refused("SELECT named_struct(id, 1) FROM t", "a name must be a constant text, not id");
    String nested = "take single fields";
    refused("SELECT id FROM t WHERE w = w", "w is STRUCT<", nested);
    refused("SELECT id FROM t WHERE tags IN (tags)", "tags is ARRAY<STRING>", nested);
    refused("SELECT CASE WHEN id > 1 THEN tags END FROM t", "tags is ARRAY<STRING>", nested);
    refused("SELECT coalesce(w, w) FROM t", "w is STRUCT<", nested);
    refused("SELECT CAST(tags AS STRING) FROM t", "tags is ARRAY<STRING>", nested);
    refused("SELECT DISTINCT tags FROM t", "tags is ARRAY<STRING>", nested);
    refused("SELECT count(*) FROM t GROUP BY w", "w is STRUCT<", nested);
    refused("SELECT id FROM t ORDER BY w", "w is STRUCT<", nested);
    refused("SELECT max(struct(id)) FROM t", "is STRUCT<id:INT>", nested);
    refused("SELECT upper(tags) FROM t", "tags is ARRAY<STRING>", nested);
  }

  private static void refused(String query, String... parts) {
    assertThatThrownBy(() -> sql(query))
        .as(query)
        .isInstanceOf(AnalysisException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void anInletTakesFlatColumnsOnly() {
    try (Session session = TestSession.open()) {
      assertThatThrownBy(() -> session.inlet("readings", SCHEMA))
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("inlet readings: column w is STRUCT<")
          .hasMessageContaining("flat");
    }
  }

  @Test
  void theFailureOfAFieldShowsItsStruct() {
    assertThatThrownBy(() -> sql("SELECT 1 / (w.in.n - 10) FROM t"))
        .hasMessageContaining("division by zero")
        .hasMessageContaining("w = [2025-10-10T12:00:00Z,a,[10]]");
  }

  @Test
  void streamsCarryThemInEveryMode() {
    for (int parallelism : new int[] {1, 2}) {
      try (Session session =
          TestSession.open("millrace.parallelism", parallelism, "millrace.blockRows", 64)) {
        MemoryStream input = session.memoryStream(SCHEMA);
        StreamingQuery query =
            input
                .toDF()
                .selectExpr("id", "w.tag", "struct(id, w.in AS i, tags) AS s", "counts")
                .filter("s.id <> 2")
                .writeStream()
                .toTable("result");
        List<Row> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          input.addData(ROWS.toArray(Row[]::new));
          for (Row row : ROWS) {
            if (row.getInt(0) != 2) {
              Row w = (Row) row.get(1);
              Row s = Row.of(row.get(0), w.get(2), row.get(2));
              expected.add(Row.of(row.get(0), w.get(1), s, row.get(3)));
            }
          }
        }
        query.processAllAvailable();
        assertThat(session.table("result").collect()).isEqualTo(expected);
        query.stop();
      }
    }
  }

  @Test
  void callbacksSeeThemAsRowsAndAsArrow() {
    List<Object> seen = new ArrayList<>();
    List<String> arrow = new ArrayList<>();
    for (int parallelism : new int[] {1, 2}) {
      seen.clear();
      arrow.clear();
      try (Session session = TestSession.open("millrace.parallelism", parallelism)) {
        MemoryStream input = session.memoryStream(SCHEMA);
        input.addData(ROWS.toArray(Row[]::new));
        DataFrame frame =
            input.toDF().selectExpr("struct(id, tags) AS s", "w.tag AS tag", "counts");
        StreamingQuery rows =
            frame
                .writeStream()
                .foreachRow(
                    row -> {
                      seen.add(row.get(0));
                      seen.add(row.toRow().get("tag"));
                      assertThatThrownBy(() -> row.getString(0)).hasMessageContaining("use get");
                    })
                .start();
        rows.processAllAvailable();
        rows.stop();
        StreamingQuery roots =
            frame
                .writeStream()
                .foreachArrow((root, epoch) -> arrow.add(root.contentToTSVString()))
                .start();
        roots.processAllAvailable();
        roots.stop();
      }
      assertThat(seen)
          .containsExactly(
              Row.of(1, List.of("x", "y")),
              "a",
              Row.of(2, null),
              null,
              Row.of(3, Arrays.asList("z", null)),
              "c",
              Row.of(4, List.of()),
              "d");
      assertThat(arrow)
          .containsExactly(
              """
              s\ttag\tcounts
              {"id":1,"tags":["x","y"]}\ta\t[{"key":"k","value":1}]
              {"id":2}\tnull\tnull
              {"id":3,"tags":["z",null]}\tc\t[]
              {"id":4,"tags":[]}\td\t[{"key":"l","value":2}]
              """);
    }
  }
}
