package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.DataStreamReader;
import io.millrace.DataStreamWriter;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Trigger;
import io.millrace.types.ErrorCode;
import io.millrace.types.Row;
import io.millrace.types.StreamingQueryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, each line has one outcome, and the next line is right. */
class BadInputTest {
  private static final List<BadLine> LINES = BadLine.all();

  @TempDir Path directory;
  private Path in;
  private Path file;

  /** A reject as a user finds it. */
  private record Reject(String source, long offset, byte[] raw) {
    /** Short, for long lines. */
    @Override
    public String toString() {
      return source + "@" + offset + " " + raw.length + " bytes";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Reject that
          && source.equals(that.source)
          && offset == that.offset
          && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(offset);
    }
  }

  @BeforeEach
  void writeInput() throws IOException {
    in = Files.createDirectories(directory.resolve("in"));
    file = Files.write(in.resolve("bad.json"), BadLine.file(LINES));
  }

  private static Session session(String execution) {
    return Session.builder().config("millrace.execution", execution).create();
  }

  private DataStreamReader reader(Session session, String schema, String mode, int chunkBytes) {
    return session
        .readStream()
        .format("json")
        .schema(schema)
        .option("mode", mode)
        .option("chunkBytes", chunkBytes)
        .option("path", in);
  }

  private static StreamingQuery runToTheEnd(DataStreamWriter writer) {
    StreamingQuery query = writer.trigger(Trigger.availableNow()).start();
    query.awaitTermination();
    return query;
  }

  private static void requireCounted(StreamingQuery query) {
    long corrupt = LINES.stream().filter(BadLine::corrupt).count();
    long records = LINES.size() + LINES.stream().filter(line -> line.values() != null).count();
    assertThat(query.recentProgress())
        .singleElement()
        .satisfies(progress -> assertThat(progress.numInputRows()).isEqualTo(records))
        .satisfies(
            progress ->
                assertThat(progress.sources().getFirst().metrics())
                    .containsEntry("numRejectedRows", Long.toString(corrupt)));
  }

  /** Compares row by row, so that of a difference in a long text only the beginning is printed. */
  private static void requireRows(List<Row> actual, List<List<Object>> expected) {
    for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
      Row row = actual.get(i);
      List<Object> values = expected.get(i);
      assertThat(row.values().equals(values))
          .as(() -> cut(row) + " is there for " + cut(values))
          .isTrue();
    }
    assertThat(actual.size()).isEqualTo(expected.size());
  }

  private static String cut(Object value) {
    String text = value.toString();
    return text.substring(0, Math.min(200, text.length()));
  }

  @ParameterizedTest
  @CsvSource({"fused, 262144", "fused, 4096", "staged, 262144", "staged, 4096"})
  void permissiveGivesOneRowPerLine(String execution, int chunkBytes) {
    List<List<Object>> expected = new ArrayList<>();
    for (int i = 0; i < LINES.size(); i++) {
      if (LINES.get(i).values() != null) {
        expected.add(LINES.get(i).values());
      }
      expected.add(BadLine.nextValues(i));
    }
    try (Session session = session(execution)) {
      StreamingQuery query =
          runToTheEnd(
              reader(session, BadLine.SCHEMA, "PERMISSIVE", chunkBytes)
                  .load()
                  .writeStream()
                  .format("memory")
                  .queryName("rows"));
      requireRows(session.table("rows").collect(), expected);
      requireCounted(query);
    }
  }

  @ParameterizedTest
  @CsvSource({"fused, 262144", "staged, 4096"})
  void permissiveKeepsCorruptRecords(String execution, int chunkBytes) {
    List<List<Object>> expected = new ArrayList<>();
    for (int i = 0; i < LINES.size(); i++) {
      if (LINES.get(i).values() != null) {
        expected.add(LINES.get(i).valuesWithRecord());
      }
      List<Object> next = new ArrayList<>(BadLine.nextValues(i));
      next.add(null);
      expected.add(next);
    }
    try (Session session = session(execution)) {
      StreamingQuery query =
          runToTheEnd(
              reader(session, BadLine.SCHEMA + ", _corrupt_record STRING", "PERMISSIVE", chunkBytes)
                  .load()
                  .writeStream()
                  .format("memory")
                  .queryName("rows"));
      requireRows(session.table("rows").collect(), expected);
      requireCounted(query);
    }
  }

  @ParameterizedTest
  @CsvSource({"fused, 262144", "staged, 262144", "staged, 4096"})
  void dropMalformedGivesTheGoodRowsAndSendsTheOthersAway(String execution, int chunkBytes)
      throws IOException {
    Path out = directory.resolve("out");
    try (Session session = session(execution)) {
      StreamingQuery query =
          runToTheEnd(
              reader(session, BadLine.SCHEMA, "DROPMALFORMED", chunkBytes)
                  .option("rejectsTo", "json:" + directory.resolve("rejects"))
                  .load()
                  .writeStream()
                  .format("json")
                  .option("path", out));
      requireCounted(query);
      List<Row> rows = session.read().schema(BadLine.SCHEMA).json(out.toString()).collect();
      requireRows(rows, goodRows());
      List<Reject> rejects =
          session
              .read()
              .schema("source STRING, offset BIGINT, reason STRING, raw STRING")
              .json(directory.resolve("rejects").toString())
              .collect()
              .stream()
              .map(row -> reject(row, Base64.getDecoder().decode((String) row.get("raw"))))
              .toList();
      assertThat(rejects).containsExactlyElementsOf(expectedRejects());
    }
  }

  private List<List<Object>> goodRows() {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < LINES.size(); i++) {
      BadLine line = LINES.get(i);
      if (line.values() != null && !line.corrupt()) {
        rows.add(line.values());
      }
      rows.add(BadLine.nextValues(i));
    }
    return rows;
  }

  private List<Reject> expectedRejects() {
    List<Reject> rejects = new ArrayList<>();
    long offset = 0;
    for (int i = 0; i < LINES.size(); i++) {
      BadLine line = LINES.get(i);
      if (line.corrupt()) {
        rejects.add(new Reject(file.toString(), offset, line.record()));
      }
      offset += line.bytes().length + 1 + BadLine.next(i).length() + 1;
    }
    return rejects;
  }

  private static Reject reject(Row row, byte[] raw) {
    assertThat((String) row.get("reason")).isNotBlank();
    return new Reject((String) row.get("source"), (Long) row.get("offset"), raw);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void rejectsGoIntoATable(String execution) {
    try (Session session = session(execution)) {
      runToTheEnd(
          reader(session, BadLine.SCHEMA, "PERMISSIVE", 1 << 16)
              .option("rejectsTo", "memory:bad")
              .load()
              .writeStream()
              .format("blackhole"));
      List<Reject> rejects =
          session.table("bad").collect().stream()
              .map(row -> reject(row, (byte[]) row.get("raw")))
              .toList();
      assertThat(rejects).containsExactlyElementsOf(expectedRejects());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void failFastNamesFileAndLine(String execution) throws IOException {
    try (Session session = session(execution)) {
      for (BadLine line : LINES) {
        Files.writeString(file, BadLine.next(0) + "\n\n");
        Files.write(file, BadLine.file(List.of(line)), StandardOpenOption.APPEND);
        DataStreamWriter writer =
            reader(session, BadLine.SCHEMA, "FAILFAST", 1 << 16)
                .load()
                .writeStream()
                .format("blackhole");
        if (!line.corrupt() && !line.name().startsWith("byte order mark")) {
          runToTheEnd(writer);
          continue;
        }
        assertThatThrownBy(() -> runToTheEnd(writer))
            .as(line.name())
            .isInstanceOfSatisfying(
                StreamingQueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
            .hasMessageContaining(file + ", line 3: ");
      }
    }
  }
}
