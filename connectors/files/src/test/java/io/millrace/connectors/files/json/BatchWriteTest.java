package io.millrace.connectors.files.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.DataFrame;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Trigger;
import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files through the public API, as users call it. */
class BatchWriteTest {
  @TempDir Path folder;
  private final Session session = Session.builder().config("millrace.parallelism", 1).create();

  @AfterEach
  void close() {
    session.close();
  }

  private long rows() {
    return session.read().schema("a INT").json(folder.resolve("out").toString()).count();
  }

  @Test
  void saveModesAreSparks() {
    String out = folder.resolve("out").toString();
    DataFrame frame = session.sql("SELECT 1 AS a UNION ALL SELECT 2");

    frame.write().json(out);
    assertThat(rows()).isEqualTo(2);
    assertThatThrownBy(() -> frame.write().json(out))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining(out);
    frame.write().mode("ignore").json(out);
    assertThat(rows()).isEqualTo(2);
    frame.write().mode("append").json(out);
    assertThat(rows()).isEqualTo(4);
    frame.write().mode("overwrite").json(out);
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void nestedValuesAreObjectsAndArrays() throws IOException {
    Path out = folder.resolve("out");
    session
        .sql("SELECT 1 AS a, struct('x' AS b, CAST(NULL AS INT) AS c) AS s")
        .write()
        .json(out.toString());

    try (var files = Files.list(out)) {
      Path part = files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
      assertThat(Files.readString(part)).isEqualTo("{\"a\":1,\"s\":{\"b\":\"x\"}}\n");
    }
    assertThat(session.read().schema("s STRING").json(out.toString()).collect().getFirst().get(0))
        .isEqualTo("{\"b\":\"x\"}");
    DataFrame nested = session.read().schema("a INT, s STRUCT<b: STRING>").json(out.toString());
    assertThat(nested.select("a").count()).isEqualTo(1);
    assertThatThrownBy(nested::collect)
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("column s is STRUCT<b:STRING>: nested values are not read yet");
  }

  @Test
  void numberOfFilesIsAWholeNumber() throws IOException {
    Files.writeString(folder.resolve("a.json"), "{\"a\":1}\n");

    assertThatThrownBy(
            () ->
                session
                    .readStream()
                    .schema("a INT")
                    .option("maxFilesPerTrigger", "1k")
                    .json(folder.toString())
                    .writeStream()
                    .format("json")
                    .start(folder.resolve("out").toString()))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("option maxFilesPerTrigger is 1k, it must be a whole number");
  }

  @Test
  void whatKeepsAQueryFromStartingIsAnAnalysisExceptionWithItsOwnCode() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.writeString(in.resolve("a.json"), "{\"a\":1}\n");
    DataFrame input = session.readStream().schema("a INT").json(in.toString());
    start(input).awaitTermination();

    assertThatThrownBy(() -> start(input.filter("a > 5")))
        .isInstanceOfSatisfying(
            AnalysisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT))
        .hasMessageContaining("Filter");
    assertThat(rows()).isEqualTo(1);
  }

  private StreamingQuery start(DataFrame frame) {
    return frame
        .writeStream()
        .format("json")
        .option("checkpointLocation", folder.resolve("ck"))
        .trigger(Trigger.availableNow())
        .start(folder.resolve("out").toString());
  }
}
