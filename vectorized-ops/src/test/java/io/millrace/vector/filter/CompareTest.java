package io.millrace.vector.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.DataType;
import io.millrace.vector.RandomBatches;
import io.millrace.vector.RandomBatches.Nulls;
import io.millrace.vector.Shapes;
import io.millrace.vector.Shapes.Shape;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompareTest {
  private static final int ROWS = 1025;

  private final BufferAllocator allocator = new RootAllocator();
  private final ByteBlock result = new ByteBlock(allocator, 1088 / 8);
  private final RandomBatches random = new RandomBatches(11);

  @AfterEach
  void everyByteIsGivenBack() {
    result.close();
    allocator.close();
  }

  static List<DataType> types() {
    return List.of(
        DataType.BOOLEAN,
        DataType.TINYINT,
        DataType.SMALLINT,
        DataType.INT,
        DataType.BIGINT,
        DataType.FLOAT,
        DataType.DOUBLE,
        DataType.DATE,
        DataType.TIMESTAMP,
        DataType.STRING,
        DataType.BINARY,
        new DataType.Decimal(9, 2),
        new DataType.Decimal(38, 10));
  }

  /** What Spark means by the order of two values. */
  @SuppressWarnings("unchecked")
  private static int order(Object x, Object y) {
    if (x instanceof Double a && a == 0) {
      x = 0.0;
    }
    if (y instanceof Double b && b == 0) {
      y = 0.0;
    }
    if (x instanceof Float a && a == 0) {
      x = 0.0f;
    }
    if (y instanceof Float b && b == 0) {
      y = 0.0f;
    }
    if (x instanceof byte[] bytes) {
      return Arrays.compareUnsigned(bytes, (byte[]) y);
    }
    if (x instanceof String a) {
      return Arrays.compareUnsigned(
          a.getBytes(java.nio.charset.StandardCharsets.UTF_8),
          ((String) y).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return ((Comparable<Object>) x).compareTo(y);
  }

  @ParameterizedTest
  @MethodSource("types")
  void columnsCompareAsTheirJavaValuesDo(DataType type) {
    try (Block left = random.column(allocator, type, ROWS, Nulls.NONE);
        Block right = random.column(allocator, type, ROWS, Nulls.NONE)) {
      ColumnVector x = left.column(0);
      ColumnVector y = right.column(0);
      for (Comparison comparison : Comparison.values()) {
        for (Shape shape : Shapes.all()) {
          Compare.columns(comparison, x, y, shape.from(), shape.to(), result.address());
          for (int row = shape.from(); row < shape.to(); row++) {
            int order = order(Cell.get(x, row), Cell.get(y, row));
            assertThat(Bitmap.get(result.address(), row))
                .as("%s %s %s %s", Cell.get(x, row), comparison, Cell.get(y, row), random)
                .isEqualTo(comparison.holds(order));
            assertThat(Integer.signum(Compare.rows(x, row, y, row)))
                .isEqualTo(Integer.signum(order));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void constantsCompareAsTheirJavaValuesDo(DataType type) {
    if (!Compare.hasConstantKernel(type)) {
      return;
    }
    try (Block left = random.column(allocator, type, ROWS, Nulls.NONE);
        Block constants = random.column(allocator, type, 40, Nulls.NONE)) {
      ColumnVector x = left.column(0);
      for (int constant = 0; constant < 40; constant++) {
        Object value = Cell.get(constants.column(0), constant);
        try (Block one = Block.ofOne(allocator, type, 1)) {
          Cell.put(one.column(0), 0, value);
          for (Comparison comparison : Comparison.values()) {
            Compare.constant(comparison, x, one.column(0), 3, ROWS, result.address());
            for (int row = 3; row < ROWS; row++) {
              assertThat(Bitmap.get(result.address(), row))
                  .as("%s %s %s %s", Cell.get(x, row), comparison, value, random)
                  .isEqualTo(comparison.holds(order(Cell.get(x, row), value)));
            }
          }
        }
      }
    }
  }

  /** The vector loops, against the plain ones, for every shape. */
  @Test
  void vectorLoopsGiveThePlainLoopsBits() {
    try (Block longs = random.column(allocator, DataType.BIGINT, ROWS, Nulls.NONE);
        Block ints = random.column(allocator, DataType.INT, ROWS, Nulls.NONE);
        Block doubles = random.column(allocator, DataType.DOUBLE, ROWS, Nulls.NONE);
        Block floats = random.column(allocator, DataType.FLOAT, ROWS, Nulls.NONE);
        ByteBlock plain = new ByteBlock(allocator, 1088 / 8)) {
      long a = plain.address();
      long b = result.address();
      for (Comparison comparison : Comparison.values()) {
        for (Shape shape : Shapes.all()) {
          int from = shape.from();
          int to = shape.to();
          for (int c : new int[] {0, -3, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            long data = longs.column(0).data();
            LongComparison.constantLoop(comparison, data, c, from, to, a);
            LongComparisonVector.constant(comparison, data, c, from, to, b);
            same(a, b, from, to);
            data = ints.column(0).data();
            IntComparison.constantLoop(comparison, data, c, from, to, a);
            IntComparisonVector.constant(comparison, data, c, from, to, b);
            same(a, b, from, to);
            data = doubles.column(0).data();
            DoubleComparison.constantLoop(comparison, data, c, from, to, a);
            DoubleComparisonVector.constant(comparison, data, c, from, to, b);
            same(a, b, from, to);
            data = floats.column(0).data();
            FloatComparison.constantLoop(comparison, data, c, from, to, a);
            FloatComparisonVector.constant(comparison, data, c, from, to, b);
            same(a, b, from, to);
          }
        }
      }
    }
  }

  private static void same(long a, long b, int from, int to) {
    for (long at = Bitmap.first(from); at < Bitmap.end(to); at += 8) {
      long within = Bitmap.within((int) at * 8, from, to);
      assertThat(Memory.getLong(a + at) & within).isEqualTo(Memory.getLong(b + at) & within);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void aSetContainsExactlyItsOptions(DataType type) {
    try (Block options = random.column(allocator, type, 30, Nulls.NONE);
        Block values = random.column(allocator, type, ROWS, Nulls.SOME)) {
      ColumnVector column = values.column(0);
      for (int count : new int[] {0, 1, 2, 30}) {
        InSet set = new InSet(options.column(0), count);
        set.contains(column, 5, ROWS, column.validity(), result.address());
        for (int row = 5; row < ROWS; row++) {
          if (!column.isNull(row)) {
            boolean expected = false;
            for (int i = 0; i < count; i++) {
              expected |= order(Cell.get(options.column(0), i), Cell.get(column, row)) == 0;
            }
            assertThat(Bitmap.get(result.address(), row)).isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  void decimalsCompareAboveSixtyFourBits() {
    DataType type = new DataType.Decimal(38, 0);
    try (Block block = Block.ofOne(allocator, type, 2)) {
      ColumnVector column = block.column(0);
      Cell.put(column, 0, new BigDecimal("-18446744073709551617"));
      Cell.put(column, 1, new BigDecimal("18446744073709551615"));
      assertThat(Compare.rows(column, 0, column, 1)).isNegative();
      assertThat(Cell.get(column, 0)).isEqualTo(new BigDecimal("-18446744073709551617"));
      assertThat(Cell.get(column, 1)).isEqualTo(new BigDecimal("18446744073709551615"));
    }
  }
}
