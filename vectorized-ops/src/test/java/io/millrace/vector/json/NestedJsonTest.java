package io.millrace.vector.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockAppender;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NestedJsonTest {
  private static final Instant NOON = Instant.parse("2025-10-10T12:00:00Z");

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void nothingIsLeft() {
    allocator.close();
  }

  private String write(String ddl, boolean keepNulls, Row... rows) {
    Schema schema = Schema.parse(ddl);
    try (Block block = Block.allocate(allocator, schema, rows.length);
        ByteBlock out = new ByteBlock(allocator, 16)) {
      for (Row row : rows) {
        BlockAppender.append(block, row);
      }
      new JsonLinesWriter(schema, keepNulls).write(block, 0, rows.length, out);
      byte[] bytes = new byte[out.length()];
      Memory.copy(out.address(), bytes, 0, bytes.length);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @Test
  void aStructIsAnObjectWithoutItsNullFields() {
    String ddl = "w STRUCT<start: TIMESTAMP, `a\"b`: STRING, in: STRUCT<n: INT>>, id INT";
    Row[] rows = {
      Row.of(Row.of(NOON, "x\n", Row.of(1)), 1),
      Row.of(Row.of(null, null, Row.of((Object) null)), 2),
      Row.of(Row.of(null, "y", null), null),
      Row.of(null, 4)
    };

    assertThat(write(ddl, false, rows))
        .isEqualTo(
            """
            {"w":{"start":"2025-10-10T12:00:00.000Z","a\\"b":"x\\n","in":{"n":1}},"id":1}
            {"w":{"in":{}},"id":2}
            {"w":{"a\\"b":"y"}}
            {"id":4}
            """);
    assertThat(write(ddl, true, rows[1], rows[3]))
        .isEqualTo(
            """
            {"w":{"start":null,"a\\"b":null,"in":{"n":null}},"id":2}
            {"w":null,"id":4}
            """);
  }

  @Test
  void anArrayKeepsItsNulls() {
    String ddl = "a ARRAY<STRING>, b ARRAY<ARRAY<STRUCT<x: DOUBLE>>>";

    assertThat(
            write(
                ddl,
                false,
                Row.of(
                    Arrays.asList("p", null, "q"),
                    Arrays.asList(List.of(Row.of(1.5), Row.of((Object) null)), null, List.of())),
                Row.of(List.of(), null)))
        .isEqualTo(
            """
            {"a":["p",null,"q"],"b":[[{"x":1.5},{}],null,[]]}
            {"a":[]}
            """);
  }

  @Test
  void aMapIsAnObjectWhateverItsKeysAre() {
    Map<String, Integer> values = new LinkedHashMap<>();
    values.put("a\"", 1);
    values.put("b", null);

    assertThat(
            write(
                "m MAP<STRING, INT>, n MAP<INT, ARRAY<INT>>, d MAP<DOUBLE, INT>, t MAP<TIMESTAMP, INT>",
                false,
                Row.of(values, Map.of(7, List.of(8)), Map.of(Double.NaN, 1), Map.of(NOON, 2)),
                Row.of(Map.of(), null, Map.of(0.5, 3), null)))
        .isEqualTo(
            """
            {"m":{"a\\"":1,"b":null},"n":{"7":[8]},"d":{"NaN":1},"t":{"2025-10-10T12:00:00.000Z":2}}
            {"m":{},"d":{"0.5":3}}
            """);
  }

  /** What is written must fit what was reserved. */
  @Test
  void largeValuesGetTheirRoom() {
    List<String> many = Collections.nCopies(5_000, "\u0001\u0002");

    assertThat(
            write(
                "w STRUCT<a: ARRAY<STRING>>, m MAP<STRING, ARRAY<STRING>>",
                false,
                Row.of(Row.of(many), Map.of("k", many))))
        .hasSize(2 * (5_000 * (2 * 6 + 3) - 1) + "{w:{a:[]},m:{k:[]}}\n".length() + 8);
  }
}
