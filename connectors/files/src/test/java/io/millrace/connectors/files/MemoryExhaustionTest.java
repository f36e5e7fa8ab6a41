package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.DataFrame;
import io.millrace.DiskSession;
import io.millrace.Session;
import io.millrace.Trigger;
import io.millrace.state.storage.CrashPoints;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.FailingMemory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The n-th piece of memory is not there, for every n; then the same session tries again. */
@Timeout(120)
class MemoryExhaustionTest {
  private static final int FILES = 3;

  @TempDir Path directory;
  private final List<String> expected = new ArrayList<>();
  private String execution = "fused";

  @BeforeEach
  void writeInput() {
    Fixture input = new Fixture(directory.resolve("in"));
    for (int i = 0; i < FILES; i++) {
      String text = "t".repeat(20_000 * i); // longer than a chunk, and than the columns at first
      String row = "{\"id\":" + i + ",\"text\":\"" + text + "\"}\n";
      String file = row + "{\"id\":-1}\nbad\n";
      if (i == 1) {
        input.file(i + ".json.gz", Fixture.gzip(file.getBytes(StandardCharsets.UTF_8)));
      } else {
        input.file(i + ".json", file);
      }
      String kind = i == 0 ? "none" : "some";
      expected.add(
          "{\"id\":"
              + i
              + ",\"text\":\""
              + "T".repeat(text.length())
              + "!\",\"kind\":\""
              + kind
              + "\"}");
    }
  }

  private void forEveryAllocation(BiConsumer<Session, String> work) {
    boolean failed = true;
    int number = 0;
    while (failed) {
      String name = "allocation-" + ++number;
      FailingMemory memory = new FailingMemory(number);
      BufferAllocator allocator = new RootAllocator(memory, Long.MAX_VALUE);
      Map<String, String> settings =
          Map.of(
              "millrace.execution", execution,
              "millrace.parallelism", "2",
              "millrace.ringSlots", "2",
              "millrace.blockRows", "64",
              "millrace.chunkBytes", "4096");
      try (Session session =
          DiskSession.open(new ForwardingStorage(), CrashPoints.NONE, settings, allocator)) {
        MillraceException failure =
            catchThrowableOfType(MillraceException.class, () -> work.accept(session, name));
        failed = memory.failed();
        assertThat(failure != null).as(name).isEqualTo(failed);
        if (failed) {
          FailingMemory.requireClear(failure);
        }
        assertThat(allocator.getAllocatedMemory()).as(name).isZero();
        memory.enough();
        work.accept(session, name);
      }
      assertThat(allocator.getAllocatedMemory()).as(name).isZero();
    }
    assertThat(number).isGreaterThan(20);
  }

  private static DataFrame project(DataFrame input) {
    return input
        .filter("id >= 0")
        .selectExpr(
            "id",
            "concat(upper(text), '!') AS text",
            "CASE WHEN length(text) = 0 THEN 'none' ELSE 'some' END AS kind");
  }

  private void run(Session session, String name) {
    Path out = directory.resolve(name, "out");
    project(
            session
                .readStream()
                .schema("id BIGINT, text STRING")
                .option("maxFilesPerTrigger", 1)
                .option("mode", "DROPMALFORMED")
                .option("rejectsTo", "json:" + directory.resolve(name, "rejects"))
                .json(directory.resolve("in").toString()))
        .writeStream()
        .format("json")
        .option("checkpointLocation", directory.resolve(name, "ck").toString())
        .trigger(Trigger.availableNow())
        .start(out.toString())
        .awaitTermination();
    assertThat(lines(out)).as(name).isEqualTo(expected);
    assertThat(lines(directory.resolve(name, "rejects"))).as(name).hasSize(FILES);
  }

  private static List<String> lines(Path out) {
    return SinkRun.visible(out).values().stream().flatMap(String::lines).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void streamingQueryFailsClearlyAndGoesOnFromItsCheckpoint(String how) {
    execution = how;
    forEveryAllocation(this::run);
  }

  @Test
  void collectFailsClearlyAndCanBeDoneAgain() {
    forEveryAllocation(
        (session, name) -> {
          DataFrame rows =
              session
                  .read()
                  .schema("id BIGINT, text STRING")
                  .option("mode", "DROPMALFORMED")
                  .json(directory.resolve("in").toString());
          assertThat(project(rows).groupBy("kind").count().orderBy("kind").collect())
              .extracting(row -> row.get(0) + "=" + row.get(1))
              .containsExactly("none=1", "some=2");
        });
  }
}
