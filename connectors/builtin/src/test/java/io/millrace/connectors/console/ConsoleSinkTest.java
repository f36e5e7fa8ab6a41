package io.millrace.connectors.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Clock;
import io.millrace.spi.Options;
import io.millrace.spi.RowBatch;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkContext;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.LocalStorage;
import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsoleSinkTest {
  private static final Schema SCHEMA =
      Schema.parse("deviceId STRING, temperature DOUBLE, timestamp TIMESTAMP");
  private static final Schema NUMBERS = Schema.parse("n INT");

  private final BufferAllocator allocator = new RootAllocator();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);

  @AfterEach
  void nothingIsLeft() {
    allocator.close();
  }

  @Test
  void eachEpochIsATableWithAHeader() {
    try (Sink sink = open(SCHEMA, Map.of("truncate", "false"))) {
      sink.begin(0, 0);
      write(
          sink,
          SCHEMA,
          Row.of("device-B", 102.1, Instant.parse("2025-10-10T12:01:00Z")),
          Row.of("device-C", null, Instant.parse("2025-10-10T12:02:00.5Z")));
      sink.commit(0);
      sink.begin(1, 0);
      sink.commit(1);
    }

    assertThat(printed())
        .isEqualTo(
            """
            -------------------------------------------
            Batch: 0
            -------------------------------------------
            +--------+-----------+---------------------+
            |deviceId|temperature|timestamp            |
            +--------+-----------+---------------------+
            |device-B|102.1      |2025-10-10 12:01:00  |
            |device-C|NULL       |2025-10-10 12:02:00.5|
            +--------+-----------+---------------------+

            -------------------------------------------
            Batch: 1
            -------------------------------------------
            +--------+-----------+---------+
            |deviceId|temperature|timestamp|
            +--------+-----------+---------+
            +--------+-----------+---------+

            """);
  }

  @Test
  void twentyRowsAreShownUnlessSaidOtherwise() {
    try (Sink sink = open(NUMBERS, Map.of())) {
      sink.begin(3, 0);
      for (int i = 0; i < 7; i++) {
        write(sink, NUMBERS, Row.of(3 * i), Row.of(3 * i + 1), Row.of(3 * i + 2));
      }
      sink.commit(3);
    }

    assertThat(printed())
        .contains("| 19|\n+---+\nonly showing top 20 rows\n")
        .doesNotContain("| 20|");
  }

  @Test
  void exactlyAsManyRowsAsAreShownAreNotMore() {
    try (Sink sink = open(NUMBERS, Map.of("numRows", "2"))) {
      sink.begin(0, 0);
      write(sink, NUMBERS, Row.of(1), Row.of(2));
      sink.commit(0);
      sink.begin(1, 0);
      write(sink, NUMBERS, Row.of(1), Row.of(2));
      write(sink, NUMBERS, Row.of(3));
      sink.commit(1);
    }

    assertThat(printed()).containsOnlyOnce("only showing top 2 rows\n");
    assertThat(printed()).endsWith("only showing top 2 rows\n\n");
  }

  @Test
  void rowsOfAnEpochThatBeginsAgainAreNotShownTwice() {
    try (Sink sink = open(NUMBERS, Map.of())) {
      sink.begin(0, 0);
      write(sink, NUMBERS, Row.of(1));
      sink.begin(0, 0);
      write(sink, NUMBERS, Row.of(2));
      sink.commit(0);
    }

    assertThat(printed()).contains("|  2|").doesNotContain("|  1|");
  }

  @Test
  void onlyTheRangeOfABatchIsShown() {
    try (Sink sink = open(NUMBERS, Map.of());
        Block block = block(NUMBERS, Row.of(1), Row.of(2), Row.of(3))) {
      sink.begin(0, 0);
      sink.write(new RowBatch().set(block, 1, 2));
      sink.commit(0);
    }

    assertThat(printed()).contains("|  2|").doesNotContain("|  1|").doesNotContain("|  3|");
  }

  @Test
  void valuesAreCutWhereTruncateSays() {
    Schema text = Schema.parse("s STRING");
    for (String truncate : List.of("true", "5", "FALSE")) {
      try (Sink sink = open(text, Map.of("truncate", truncate))) {
        sink.begin(0, 0);
        write(sink, text, Row.of("abcdefghijklmnopqrstuvwxyz"));
        sink.commit(0);
      }
    }

    assertThat(printed())
        .contains("|abcdefghijklmnopq...|", "|ab...|", "|abcdefghijklmnopqrstuvwxyz|");
  }

  @Test
  void wrongOptionsAreRefused() {
    assertThatThrownBy(() -> open(NUMBERS, Map.of("truncate", "maybe")))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("option truncate is maybe");
    assertThatThrownBy(() -> open(NUMBERS, Map.of("truncate", "-1")))
        .isInstanceOf(AnalysisException.class);
    assertThatThrownBy(() -> open(NUMBERS, Map.of("numRows", "-1")))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("option numRows is -1");
  }

  private Sink open(Schema schema, Map<String, String> options) {
    return new ConsoleSinkProvider(out)
        .open(
            new SinkContext(
                new UUID(0, 0),
                "",
                schema,
                new Options("sink console", options),
                List.of(),
                false,
                allocator,
                new LocalStorage(),
                CrashPoints.NONE,
                Clock.SYSTEM));
  }

  private void write(Sink sink, Schema schema, Row... rows) {
    try (Block block = block(schema, rows)) {
      sink.write(new RowBatch().set(block, 0, block.rowCount()));
    }
  }

  private Block block(Schema schema, Row... rows) {
    Block block = Block.allocate(allocator, schema, rows.length);
    for (Row row : rows) {
      BlockAppender.append(block, row);
    }
    return block;
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
