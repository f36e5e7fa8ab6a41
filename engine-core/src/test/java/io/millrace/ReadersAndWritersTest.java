package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.LogicalPlan;
import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadersAndWritersTest {
  private static final LogicalPlan STREAM =
      new LogicalPlan.Scan("rate", "rate", Optional.empty(), Map.of(), true);

  private final FakeRunner runner = new FakeRunner();

  private DataStreamWriter streamWriter() {
    return new DataStreamWriter(runner, STREAM);
  }

  private DataFrameWriter batchWriter() {
    return new DataFrameWriter(runner, new LogicalPlan.Table("t"));
  }

  @Test
  void aReaderDescribesAScan() {
    LogicalPlan plan =
        new DataStreamReader(runner)
            .format("json")
            .schema("a INT")
            .option("maxFilesPerTrigger", 1)
            .option("multiLine", true)
            .option("MAXFILESPERTRIGGER", 2)
            .options(Map.of("mode", "FAILFAST"))
            .load("in/")
            .plan();

    assertThat(plan)
        .isEqualTo(
            new LogicalPlan.Scan(
                "json",
                "json",
                Optional.of(Schema.parse("a INT")),
                Map.of(
                    "maxFilesPerTrigger",
                    "2",
                    "multiLine",
                    "true",
                    "mode",
                    "FAILFAST",
                    "path",
                    "in/"),
                true));
  }

  @Test
  void formatsHaveShortcuts() {
    assertThat(new DataFrameReader(runner).csv("x").plan())
        .isEqualTo(
            new LogicalPlan.Scan("csv", "csv", Optional.empty(), Map.of("path", "x"), false));
    assertThat(((LogicalPlan.Scan) new DataFrameReader(runner).json("x").plan()).format())
        .isEqualTo("json");
    assertThat(((LogicalPlan.Scan) new DataFrameReader(runner).text("x").plan()).format())
        .isEqualTo("text");
    assertThat(((LogicalPlan.Scan) new DataFrameReader(runner).parquet("x").plan()).format())
        .isEqualTo("parquet");
    assertThat(((LogicalPlan.Scan) new DataFrameReader(runner).arrow("x").plan()).format())
        .isEqualTo("arrow");
    assertThat(new DataFrameReader(runner).table("t").plan()).isEqualTo(new LogicalPlan.Table("t"));
  }

  @Test
  void aReaderNeedsAFormat() {
    assertThatThrownBy(() -> new DataStreamReader(runner).load("in"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("which format");
  }

  @Test
  void aStreamWriterDescribesAQuery() {
    streamWriter()
        .queryName("alerts")
        .outputMode("Update")
        .format("json")
        .option("checkpointlocation", "ck")
        .option("truncate", false)
        .partitionBy("a", "b")
        .trigger(Trigger.once())
        .threads(Threads.CALLER)
        .start("out");

    assertThat(runner.started)
        .isEqualTo(
            new StreamSpec(
                STREAM,
                "json",
                Map.of("truncate", "false", "path", "out"),
                OutputMode.UPDATE,
                Trigger.once(),
                Optional.of("alerts"),
                List.of("a", "b"),
                Optional.of("ck"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Threads.CALLER));
  }

  @Test
  void aStreamWriterHasSparksDefaults() {
    streamWriter().format("console").start();

    assertThat(runner.started.outputMode()).isEqualTo(OutputMode.APPEND);
    assertThat(runner.started.trigger()).isEqualTo(Trigger.DEFAULT);
    assertThat(runner.started.queryName()).isEmpty();
    assertThat(runner.started.checkpointLocation()).isEmpty();
    assertThat(runner.started.threads()).isEqualTo(Threads.ENGINE);
  }

  @Test
  void aTableIsInMemoryUnlessAFormatIsGiven() {
    streamWriter().toTable("t");
    assertThat(runner.started.format()).isEqualTo("memory");
    assertThat(runner.started.table()).contains("t");

    streamWriter().format("delta").toTable("t");
    assertThat(runner.started.format()).isEqualTo("delta");
  }

  @Test
  void callbacksAreHandedOver() {
    RowFunction rowFunction = row -> {};
    ArrowFunction arrowFunction = (rows, epoch) -> {};
    ForeachWriter<Row> writer = row -> {};

    streamWriter().foreachRow(rowFunction).start();
    assertThat(runner.started.callback()).contains(new Callback.EachRow(rowFunction));
    streamWriter().foreachArrow(arrowFunction).start();
    assertThat(runner.started.callback()).contains(new Callback.EachArrowBatch(arrowFunction));
    streamWriter().foreach(writer).start();
    assertThat(runner.started.callback()).contains(new Callback.Foreach(writer));
  }

  @Test
  void foreachBatchGetsTheEpochAsAFrame() throws Exception {
    List<String> seen = new ArrayList<>();
    streamWriter().foreachBatch((rows, epoch) -> seen.add(epoch + " " + rows.plan())).start();

    Schema schema = Schema.parse("a INT");
    Callback.EachEpoch callback = (Callback.EachEpoch) runner.started.callback().orElseThrow();
    callback.function().accept(schema, List.of(Row.of(1)), 5);

    assertThat(seen).containsExactly("5 " + new LogicalPlan.LocalRows(schema, List.of(Row.of(1))));
  }

  @Test
  void aQueryHasExactlyOneSink() {
    assertThatThrownBy(() -> streamWriter().start())
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("where to");
    assertThatThrownBy(() -> streamWriter().format("console").foreachRow(row -> {}).start())
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("one sink");
    assertThatThrownBy(() -> streamWriter().foreachRow(row -> {}).foreachRow(row -> {}))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("two callbacks");
  }

  @Test
  void aBatchWriterDescribesAWrite() {
    batchWriter().mode("overwrite").option("a", 1).partitionBy("p").json("out");

    assertThat(runner.written)
        .isEqualTo(
            new WriteSpec(
                new LogicalPlan.Table("t"),
                "json",
                Map.of("a", "1", "path", "out"),
                SaveMode.OVERWRITE,
                List.of("p"),
                Optional.empty()));
    batchWriter().saveAsTable("x");
    assertThat(runner.written.table()).contains("x");
    assertThat(runner.written.format()).isEqualTo("memory");
    assertThat(runner.written.mode()).isEqualTo(SaveMode.ERROR_IF_EXISTS);
    assertThatThrownBy(() -> batchWriter().save("out"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("which format");
    assertThatThrownBy(() -> batchWriter().mode("replace"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("save mode replace");
  }
}
