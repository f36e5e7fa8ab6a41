package io.millrace.vector.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.RandomBatches;
import io.millrace.vector.RandomBatches.Nulls;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.gather.Gather;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NestedColumnsTest {
  private static final Schema SCHEMA =
      Schema.parse(
          "id INT, w STRUCT<start: TIMESTAMP, end: TIMESTAMP, tag: STRING>, a ARRAY<STRING>,"
              + " b ARRAY<ARRAY<BIGINT>>, s ARRAY<STRUCT<x: DOUBLE, y: ARRAY<BOOLEAN>>>,"
              + " m MAP<STRING, STRUCT<n: DECIMAL(10,2), d: DATE>>");
  private static final Instant NOON = Instant.parse("2025-10-10T12:00:00Z");

  private BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void nothingIsLeft() {
    allocator.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 1023, 1025})
  void rowsComeBackFromTheBlockFromArrowAndFromASliceOfIt(int count) {
    for (Nulls nulls : Nulls.values()) {
      RandomBatches random = new RandomBatches(count);
      try (Block source = random.block(allocator, SCHEMA, count, nulls);
          Block block = Block.allocate(allocator, SCHEMA, Math.max(1, count))) {
        List<Row> rows = BlockReader.rows(source, 0, count);
        rows.forEach(row -> assertThat(BlockAppender.append(block, row)).isTrue());
        assertThat(BlockReader.rows(block, 0, count)).as(random.toString()).isEqualTo(rows);

        VectorSchemaRoot root = block.arrow();
        assertThat(BlockReader.rows(Block.borrow(SCHEMA, root), 0, count)).isEqualTo(rows);
        int from = count / 3;
        try (VectorSchemaRoot slice = root.slice(from, count - from)) {
          assertThat(BlockReader.rows(Block.borrow(SCHEMA, slice), 0, count - from))
              .isEqualTo(rows.subList(from, count));
        }
      }
    }
  }

  @Test
  void arrowReadsWhatWasWritten() {
    Schema schema = Schema.parse("a ARRAY<INT>, w STRUCT<x: INT, y: STRING>, m MAP<STRING, INT>");
    try (Block block = Block.allocate(allocator, schema, 64)) {
      BlockAppender.append(block, Row.of(Arrays.asList(1, null), Row.of(7, "u"), Map.of("k", 3)));
      BlockAppender.append(block, Row.of(null, null, null));
      BlockAppender.append(block, Row.of(List.of(), Row.of(null, "v"), Map.of()));

      VectorSchemaRoot root = block.arrow();
      assertThat(root.getVector("a").getObject(0)).hasToString("[1,null]");
      assertThat(root.getVector("w").getObject(0)).hasToString("{\"x\":7,\"y\":\"u\"}");
      assertThat(root.getVector("m").getObject(0)).hasToString("[{\"key\":\"k\",\"value\":3}]");
      assertThat(root.getFieldVectors()).allMatch(vector -> vector.isNull(1));
      assertThat(root.getVector("a").getObject(2)).hasToString("[]");
      assertThat(root.getVector("w").getObject(2)).hasToString("{\"y\":\"v\"}");
    }
  }

  @Test
  void aBlockIsFilledAgainFromTheBeginning() {
    try (Block block = Block.allocate(allocator, Schema.parse("a ARRAY<STRING>"), 64)) {
      BlockAppender.append(block, Row.of(Arrays.asList("x", null)));
      long bytes = block.memoryBytes();
      block.clear();
      BlockAppender.append(block, Row.of(List.of("y")));

      assertThat(BlockReader.rows(block, 0, 1)).containsExactly(Row.of(List.of("y")));
      assertThat(block.column(0).child(0).mayHaveNulls()).isFalse();
      assertThat(bytes).isEqualTo(block.memoryBytes()).isEqualTo(allocator.getAllocatedMemory());
    }
  }

  @Test
  void manyElementsMakeTheirColumnGrow() {
    try (Block block = Block.allocate(allocator, Schema.parse("a ARRAY<ARRAY<STRING>>"), 64)) {
      List<List<String>> value =
          Collections.nCopies(1_000, Collections.nCopies(10, "a text of some length"));
      BlockAppender.append(block, Row.of(value));
      BlockAppender.append(block, Row.of(value));

      assertThat(BlockReader.rows(block, 0, 2)).containsExactly(Row.of(value), Row.of(value));
      ColumnVector elements = block.column(0).child(0);
      assertThat(elements.rowCapacity()).isGreaterThanOrEqualTo(2_000).matches(n -> n % 64 == 0);
    }
  }

  @Test
  void aWrongValueIsRefusedByItsPath() {
    assertRefused("a ARRAY<INT>", "x", "column a is ARRAY<INT>", "give a List");
    assertRefused("w STRUCT<x: INT>", List.of(1), "column w is STRUCT<x:INT>", "give a Row");
    assertRefused("w STRUCT<x: INT>", Row.of(1, 2), "column w is STRUCT<x:INT>", "has 2 fields");
    assertRefused("m MAP<STRING, INT>", List.of(), "column m is MAP<STRING,INT>", "give a Map");
    assertRefused(
        "w STRUCT<a: ARRAY<STRUCT<x: INT>>>",
        Row.of(List.of(Row.of("1"))),
        "column w.a.element.x is INT, the value 1 is a String");
    assertRefused("w STRUCT<x: INT NOT NULL>", Row.of((Object) null), "column w.x is NOT NULL");
    Map<String, Integer> nullKey = new HashMap<>();
    nullKey.put(null, 1);
    assertRefused("m MAP<STRING, INT>", nullKey, "column m.key is NOT NULL");
  }

  private void assertRefused(String schema, Object value, String... parts) {
    try (Block block = Block.allocate(allocator, Schema.parse(schema), 64)) {
      assertThatThrownBy(() -> BlockAppender.append(block, Row.of(value)))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
          .hasMessageContainingAll(parts);
      assertThat(block.rowCount()).isZero();
    }
  }

  @Test
  void whatHasNoStorageIsRefused() {
    Schema untyped = Schema.builder().add("a", new DataType.Array(DataType.VOID, true)).build();
    assertThatThrownBy(() -> Block.allocate(allocator, untyped, 64))
        .hasMessageContaining("column a is NULL without a type");
    Schema empty = Schema.builder().add("w", new DataType.Struct(Schema.of())).build();
    assertThatThrownBy(() -> Block.allocate(allocator, empty, 64))
        .hasMessageContaining("column w is a STRUCT without fields");
    Schema twice = Schema.builder().add("w", struct("x INT", "X INT")).build();
    assertThatThrownBy(() -> Block.allocate(allocator, twice, 64))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("column X stands twice");
  }

  private static DataType struct(String... fields) {
    return new DataType.Struct(
        new Schema(Arrays.stream(fields).map(text -> Schema.parse(text).field(0)).toList()));
  }

  /** Every allocation of making and filling a block fails once; then the block still works. */
  @Test
  void missingMemoryIsClearAndLosesNothing() {
    allocator.close();
    Row row =
        Row.of(
            1,
            Row.of(NOON, null, "t".repeat(900)),
            Collections.nCopies(300, "e"),
            null,
            Collections.nCopies(300, Row.of(1.5, Collections.nCopies(2, true))),
            Map.of());
    boolean failed = true;
    for (int number = 1; failed; number++) {
      FailingMemory memory = new FailingMemory(number);
      allocator = new RootAllocator(memory, Long.MAX_VALUE);
      try (Block block = Block.allocate(allocator, SCHEMA, 64)) {
        try {
          BlockAppender.append(block, row);
        } catch (MillraceException e) {
          FailingMemory.requireClear(e);
          memory.enough();
          BlockAppender.append(block, row);
        }
        BlockAppender.append(block, row);
        assertThat(BlockReader.rows(block, 0, 2)).containsExactly(row, row);
      } catch (MillraceException e) {
        FailingMemory.requireClear(e);
      }
      failed = memory.failed();
      assertThat(allocator.getAllocatedMemory()).isZero();
      if (failed) {
        allocator.close();
      }
    }
  }

  @Test
  void aStructOfOthersColumnsIsReadAndCopiedLikeAnyOther() {
    Schema schema = Schema.parse("x INT, a ARRAY<STRING>");
    DataType.Struct type = new DataType.Struct(schema);
    RandomBatches random = new RandomBatches(5);
    try (Block source = random.block(allocator, schema, 65, Nulls.SOME);
        StructView view = new StructView(allocator, type, source.rowCapacity());
        Block copy = Block.ofOne(allocator, type, 128)) {
      view.show(0, source.column(0));
      view.show(1, source.column(1));
      Block shown = Block.view(copy.schema(), 128);
      shown.show(0, view.column());
      shown.rowCount(65);
      Gather.range(view.column(), 1, 65, copy.column(0), 0);

      assertThat(shown.isArrow()).isFalse();
      assertThat(copy.isArrow()).isTrue();
      for (int row = 1; row < 65; row++) {
        assertThat(BlockReader.value(view.column(), row)).isEqualTo(BlockReader.row(source, row));
        assertThat(BlockReader.value(copy.column(0), row - 1))
            .isEqualTo(BlockReader.row(source, row));
      }
    }
  }

  @Test
  void aMaskedColumnIsNullWhereItsBitsSay() {
    try (Block source = Block.allocate(allocator, Schema.parse("a ARRAY<INT>"), 64);
        MaskedView view = new MaskedView(allocator, source.column(0).type(), 64)) {
      BlockAppender.append(source, Row.of(List.of(1)));
      BlockAppender.append(source, Row.of(List.of(2)));
      view.show(source.column(0));
      Bitmap.set(view.column().validity(), 0, false);
      Bitmap.set(view.column().validity(), 1, true);

      assertThat(BlockReader.value(view.column(), 0)).isNull();
      assertThat(BlockReader.value(view.column(), 1)).isEqualTo(List.of(2));
    }
  }
}
