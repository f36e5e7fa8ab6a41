package io.millrace.vector.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Schema;
import io.millrace.vector.RandomBatches;
import io.millrace.vector.RandomBatches.Nulls;
import io.millrace.vector.Shapes;
import io.millrace.vector.Shapes.Shape;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.bitmap.Positions;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatherTest {
  private static final Schema SCHEMA =
      Schema.parse(
          "a BOOLEAN, b TINYINT, c SMALLINT, d INT, e BIGINT, f FLOAT, g DOUBLE, h DECIMAL(20,3),"
              + " i STRING, j BINARY, k DATE, l TIMESTAMP,"
              + " m STRUCT<a: INT, b: STRING, c: STRUCT<d: TIMESTAMP, e: BOOLEAN>>,"
              + " n ARRAY<STRING>, o ARRAY<ARRAY<INT>>, p ARRAY<STRUCT<s: BIGINT, t: STRING>>,"
              + " q MAP<STRING, STRUCT<x: DOUBLE, y: ARRAY<BOOLEAN>>>");

  private final BufferAllocator allocator = new RootAllocator();
  private final ByteBlock mask = new ByteBlock(allocator, 1088 / 8);
  private final ByteBlock positions = new ByteBlock(allocator, 4 * 1088);

  @AfterEach
  void everyByteIsGivenBack() {
    mask.close();
    positions.close();
    allocator.close();
  }

  /** Each way of copying, first to row 0 and then behind rows that must stay as they are. */
  @ParameterizedTest
  @EnumSource(Nulls.class)
  void rowsArriveInOrderBehindThoseThatWereThere(Nulls nulls) {
    RandomBatches random = new RandomBatches(13);
    try (Block source = random.block(allocator, SCHEMA, 1025, nulls);
        Block before = random.block(allocator, SCHEMA, 70, Nulls.NONE);
        Block block = Block.allocate(allocator, SCHEMA, 2 * 1088)) {
      for (Shape shape : Shapes.all()) {
        List<Integer> rows = new ArrayList<>();
        for (int row = shape.from(); row < shape.to(); row++) {
          Bitmap.set(mask.address(), row, shape.isSelected(row));
          if (shape.isSelected(row)) {
            rows.add(row);
          }
        }
        int count = Positions.of(mask.address(), shape.from(), shape.to(), positions.address());
        for (int column = 0; column < SCHEMA.size(); column++) {
          for (int at : new int[] {0, 1, 64, 67}) {
            for (int way = 0; way < 3; way++) {
              ColumnVector from = source.column(column);
              ColumnVector to = block.column(column);
              if (at > 0) {
                Gather.range(before.column(column), 0, at, to, 0);
              }
              List<Integer> expected = rows;
              switch (way) {
                case 0 -> Gather.positions(from, positions.address(), count, to, at);
                case 1 ->
                    assertThat(
                            Gather.selected(from, mask.address(), shape.from(), shape.to(), to, at))
                        .isEqualTo(count);
                default -> {
                  Gather.range(from, shape.from(), shape.to(), to, at);
                  expected = new ArrayList<>();
                  for (int row = shape.from(); row < shape.to(); row++) {
                    expected.add(row);
                  }
                }
              }
              check(before.column(column), at, from, expected, to);
            }
          }
        }
      }
    }
  }

  private static void check(
      ColumnVector before, int at, ColumnVector from, List<Integer> rows, ColumnVector to) {
    for (int row = 0; row < at; row++) {
      same(to, row, before, row);
    }
    for (int i = 0; i < rows.size(); i++) {
      same(to, at + i, from, rows.get(i));
    }
    nullsAreHonest(to, at + rows.size());
  }

  private static void nullsAreHonest(ColumnVector column, int rows) {
    if (!column.mayHaveNulls()) {
      assertThat(Bitmap.isAllSet(column.validity(), 0, rows)).isTrue();
    }
    int below = !column.type().hasOffsets() || rows == 0 ? rows : column.offset(rows);
    for (int i = 0; i < column.childCount() && below > 0; i++) {
      nullsAreHonest(column.child(i), below);
    }
  }

  private static void same(ColumnVector actual, int row, ColumnVector expected, int expectedRow) {
    Object x = Cell.get(actual, row);
    Object y = Cell.get(expected, expectedRow);
    if (!java.util.Objects.deepEquals(x, y)) {
      assertThat(x).as("%s, row %s from %s", actual.type(), row, expectedRow).isEqualTo(y);
    }
  }
}
