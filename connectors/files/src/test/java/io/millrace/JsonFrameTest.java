package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions over json files: in every mode of execution, as tables, and without a bound. */
class JsonFrameTest {
  private static final Schema SCHEMA = Schema.parse("id BIGINT, text STRING");
  private static final long SEED = Long.getLong("millrace.test.seed", 99);

  @TempDir private Path directory;

  private static Session session(Object... settings) {
    Session.Builder builder = Session.builder();
    for (int i = 0; i < settings.length; i += 2) {
      builder.config(settings[i].toString(), settings[i + 1]);
    }
    return builder.create();
  }

  private void file(int number, String text) throws IOException {
    Path in = Files.createDirectories(directory.resolve("in"));
    Path path = Files.writeString(in.resolve("in-" + number + ".json"), text);
    Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(1_000_000 + number)));
  }

  private DataFrame stream(Session session) {
    return session.readStream().schema(SCHEMA).json(directory.resolve("in").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "fused, 1, park, 64, 2",
    "staged, 1, park, 64, 2",
    "staged, 2, yield, 64, 2",
    "staged, 4, park, 128, 4",
    "staged, 2, park, 8192, 64",
    "auto, 2, park, 8192, 64"
  })
  void everyModeGivesTheSameRowsInTheSameOrder(
      String execution, int parallelism, String wait, int blockRows, int ringSlots)
      throws IOException {
    Random random = new Random(SEED);
    List<String> expected = new ArrayList<>();
    long id = 0;
    for (int file = 0; file < 4; file++) {
      StringBuilder text = new StringBuilder();
      int number = 0;
      for (int i = 0; i < 700; i++, id++) {
        String value = random.nextInt(50) == 0 ? "x".repeat(3_000) : "日本 " + random.nextInt(100);
        boolean isNull = random.nextInt(5) == 0;
        if (random.nextInt(40) == 0) {
          text.append("{\"id\":").append(id).append(",\"text\": oops\n"); // a row of nulls
        } else {
          text.append("{\"id\":").append(id);
          text.append(isNull ? "" : ",\"text\":\"" + value + "\"").append("}\n");
          if (id % 4 != 0) {
            expected.add(file + "/" + number++ + ":" + id + " " + (isNull ? null : value));
          }
        }
      }
      file(file, text.toString());
    }
    List<String> seen = new ArrayList<>();
    try (Session session =
        session(
            "millrace.execution", execution,
            "millrace.parallelism", parallelism,
            "millrace.wait", wait,
            "millrace.blockRows", blockRows,
            "millrace.chunkBytes", blockRows == 64 ? 4_096 : 1 << 20,
            "millrace.ringSlots", ringSlots)) {
      StreamingQuery query =
          session
              .readStream()
              .schema(SCHEMA)
              .option("maxFilesPerTrigger", 1)
              .json(directory.resolve("in").toString())
              .filter("id % 4 <> 0")
              .writeStream()
              .trigger(Trigger.availableNow())
              .foreachRow(
                  row ->
                      seen.add(
                          row.epoch()
                              + "/"
                              + row.rowNumber()
                              + ":"
                              + row.getLong(0)
                              + " "
                              + row.getString(1)))
              .start();
      query.awaitTermination();
      assertThat(query.recentProgress().stream().mapToLong(p -> p.numInputRows()).sum())
          .isEqualTo(4 * 700);
    }
    assertThat(seen).as("replay with -Dmillrace.test.seed=%s", SEED).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void continuousReadsFilesAsTheyAppear(String execution) throws IOException {
    file(0, "{\"id\":1}\n{\"id\":2}\n");
    List<Long> seen = new ArrayList<>();
    try (Session session = session("millrace.execution", execution)) {
      StreamingQuery query =
          stream(session)
              .writeStream()
              .trigger(Trigger.continuous("1 hour"))
              .foreachRow(row -> seen.add(row.getLong(0)))
              .start();
      query.processAllAvailable();
      file(1, "{\"id\":3}\n");
      query.processAllAvailable();
      assertThat(seen).containsExactly(1L, 2L, 3L);
      assertThat(query.recentProgress()).hasSize(2);
    }
  }

  @Test
  void onceTakesAllFilesWhateverTheLimit() throws IOException {
    for (int i = 0; i < 3; i++) {
      file(i, "{\"id\":" + i + "}\n");
    }
    try (Session session = session()) {
      StreamingQuery query =
          session
              .readStream()
              .schema(SCHEMA)
              .option("maxFilesPerTrigger", 1)
              .json(directory.resolve("in").toString())
              .writeStream()
              .trigger(Trigger.once())
              .toTable("t");
      query.awaitTermination();
      assertThat(query.recentProgress()).hasSize(1);
      assertThat(session.table("t").count()).isEqualTo(3);
    }
  }

  @Test
  void framesAreWrittenInEverySaveMode() {
    String out = directory.resolve("out").toString();
    try (Session session = session()) {
      DataFrame one = session.createDataFrame(List.of(Row.of(1L, "a"), Row.of(2L, null)), SCHEMA);
      DataFrame two = session.createDataFrame(List.of(Row.of(3L, "c")), SCHEMA);
      one.write().json(out);
      DataFrame read = session.read().schema(SCHEMA).json(out);
      assertThat(read.orderBy("id").collect()).containsExactly(Row.of(1L, "a"), Row.of(2L, null));
      assertThatThrownBy(() -> two.write().json(out))
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining(out);
      two.write().mode("ignore").json(out);
      assertThat(read.count()).isEqualTo(2);
      two.write().mode("append").json(out);
      assertThat(read.count()).isEqualTo(3);
      two.write().mode("overwrite").json(out);
      assertThat(read.collect()).containsExactly(Row.of(3L, "c"));
      two.write().mode("overwrite").partitionBy("id").json(out);
      assertThat(directory.resolve("out/id=3")).isDirectory();
    }
  }

  @Test
  void anUnknownFormatListsThoseThereAre() {
    try (Session session = session()) {
      DataFrame frame = session.createDataFrame(List.of(), SCHEMA);
      assertThatThrownBy(() -> frame.write().format("jso").save("x"))
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("json");
    }
  }

  @Test
  void aSinkThatCannotBeOpenedLeavesNothingOpen() throws IOException {
    file(0, "{\"id\":1}\n");
    Path blocked = Files.writeString(directory.resolve("blocked"), "a file");
    String checkpoint = directory.resolve("ck").toString();
    try (Session session = session("millrace.execution", "staged")) {
      assertThatThrownBy(
              () ->
                  stream(session)
                      .writeStream()
                      .format("json")
                      .option("checkpointLocation", checkpoint)
                      .start(blocked.resolve("out").toString()))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("blocked");
      StreamingQuery query =
          stream(session)
              .writeStream()
              .format("json")
              .option("checkpointLocation", checkpoint)
              .start(directory.resolve("out").toString()); // the lock is free again
      query.processAllAvailable();
      assertThat(query.guarantee()).startsWith("exactly once, end to end");
    }
  }
}
