package io.millrace.vector.project;

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
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArithmeticTest {
  private static final int ROWS = 1025;

  private final BufferAllocator allocator = new RootAllocator();
  private final ByteBlock mask = new ByteBlock(allocator, 1088 / 8);
  private final ByteBlock other = new ByteBlock(allocator, 8 * 1088);
  private final RandomBatches random = new RandomBatches(12);

  @AfterEach
  void everyByteIsGivenBack() {
    mask.close();
    other.close();
    allocator.close();
  }

  static List<DataType> integers() {
    return List.of(DataType.TINYINT, DataType.SMALLINT, DataType.INT, DataType.BIGINT);
  }

  @ParameterizedTest
  @MethodSource("integers")
  void integersAreExactAndTheFirstSelectedFailureIsFound(DataType type) {
    int width = ColumnVector.width(type);
    try (Block left = random.column(allocator, type, ROWS, Nulls.NONE);
        Block right = random.column(allocator, type, ROWS, Nulls.NONE);
        Block result = Block.ofOne(allocator, type, ROWS)) {
      ColumnVector x = left.column(0);
      ColumnVector y = right.column(0);
      ColumnVector z = result.column(0);
      z.setAllValid(ROWS);
      for (Arithmetic operator : Arithmetic.values()) {
        for (Shape shape : Shapes.all()) {
          int from = shape.from();
          int to = shape.to();
          boolean failed =
              IntegerArithmetic.compute(operator, width, x.data(), y.data(), z.data(), from, to);
          int expectedFirst = -1;
          boolean anyFails = false;
          for (int row = from; row < to; row++) {
            Bitmap.set(mask.address(), row, shape.isSelected(row));
            BigInteger exact = exact(operator, number(x, row), number(y, row));
            boolean fails = exact == null || exact.bitLength() >= 8 * width;
            anyFails |= fails;
            if (!fails) {
              assertThat(number(z, row)).as("%s row %s", operator, row).isEqualTo(exact);
            } else if (expectedFirst < 0 && shape.isSelected(row)) {
              expectedFirst = row;
            }
          }
          assertThat(failed || !anyFails).isTrue();
          assertThat(
                  IntegerArithmetic.firstFailing(
                      operator, width, x.data(), y.data(), from, to, mask.address()))
              .as("%s %s %s", operator, shape, random)
              .isEqualTo(expectedFirst);
        }
      }
    }
  }

  private static BigInteger number(ColumnVector column, int row) {
    return BigInteger.valueOf(((Number) Cell.get(column, row)).longValue());
  }

  private static BigInteger exact(Arithmetic operator, BigInteger x, BigInteger y) {
    return switch (operator) {
      case ADD -> x.add(y);
      case SUBTRACT -> x.subtract(y);
      case MULTIPLY -> x.multiply(y);
      case DIVIDE -> y.signum() == 0 ? null : x.divide(y);
      case REMAINDER -> y.signum() == 0 ? null : x.remainder(y);
    };
  }

  @ParameterizedTest
  @MethodSource("integers")
  void onlyTheLeastIntegerHasNoCounterpart(DataType type) {
    int width = ColumnVector.width(type);
    try (Block values = random.column(allocator, type, ROWS, Nulls.NONE);
        Block result = Block.ofOne(allocator, type, ROWS)) {
      ColumnVector x = values.column(0);
      ColumnVector z = result.column(0);
      z.setAllValid(ROWS);
      for (boolean absolute : new boolean[] {false, true}) {
        boolean failed = IntegerArithmetic.negate(absolute, width, x.data(), z.data(), 0, ROWS);
        int least = IntegerArithmetic.firstLeast(width, x.data(), 0, ROWS, 0);
        assertThat(failed).isEqualTo(least >= 0);
        for (int row = 0; row < ROWS; row++) {
          BigInteger exact = absolute ? number(x, row).abs() : number(x, row).negate();
          if (exact.bitLength() < 8 * width) {
            assertThat(number(z, row)).isEqualTo(exact);
          } else {
            assertThat(least).isBetween(0, row);
          }
        }
      }
    }
  }

  @Test
  void vectorLoopsGiveThePlainLoopsBits() {
    try (Block left = random.column(allocator, DataType.BIGINT, ROWS, Nulls.NONE);
        Block right = random.column(allocator, DataType.BIGINT, ROWS, Nulls.NONE);
        Block small = random.column(allocator, DataType.DATE, 2 * ROWS, Nulls.NONE);
        Block result = Block.ofOne(allocator, DataType.BIGINT, ROWS)) {
      long x = left.column(0).data();
      long z = result.column(0).data();
      for (long y : new long[] {right.column(0).data(), small.column(0).data()}) {
        for (Shape shape : Shapes.all()) {
          int from = shape.from();
          int to = shape.to();
          assertThat(LongArithmeticVector.add(x, y, z, from, to))
              .isEqualTo(LongArithmetic.addLoop(x, y, other.address(), from, to));
          same(z, from, to);
          assertThat(LongArithmeticVector.subtract(x, y, z, from, to))
              .isEqualTo(LongArithmetic.subtractLoop(x, y, other.address(), from, to));
          same(z, from, to);
          DoubleArithmeticVector.add(x, y, z, from, to);
          DoubleArithmetic.addLoop(x, y, other.address(), from, to);
          sameDoubles(z, from, to);
          DoubleArithmeticVector.subtract(x, y, z, from, to);
          DoubleArithmetic.subtractLoop(x, y, other.address(), from, to);
          sameDoubles(z, from, to);
          DoubleArithmeticVector.multiply(x, y, z, from, to);
          DoubleArithmetic.multiplyLoop(x, y, other.address(), from, to);
          sameDoubles(z, from, to);
        }
      }
    }
  }

  private void same(long result, int from, int to) {
    for (int row = from; row < to; row++) {
      assertThat(Memory.getLong(result + 8L * row))
          .isEqualTo(Memory.getLong(other.address() + 8L * row));
    }
  }

  private void sameDoubles(long result, int from, int to) {
    for (int row = from; row < to; row++) {
      assertThat((Double) Memory.getDouble(result + 8L * row))
          .isEqualTo((Double) Memory.getDouble(other.address() + 8L * row));
    }
  }

  @Test
  void decimalsAreExactAtEveryPrecisionAndFailOnlyWhereTheyMust() {
    DataType.Decimal[][] types = {
      {decimal(10, 2), decimal(10, 2), decimal(11, 2)},
      {decimal(10, 2), decimal(10, 2), decimal(21, 4)},
      {decimal(18, 0), decimal(18, 0), decimal(36, 0)},
      {decimal(9, 4), decimal(12, 1), decimal(16, 4)},
      {decimal(5, 2), decimal(5, 2), decimal(5, 2)},
      {decimal(38, 10), decimal(38, 10), decimal(38, 10)},
      {decimal(38, 0), decimal(3, 2), decimal(38, 6)},
      {decimal(20, 5), decimal(7, 7), decimal(28, 12)},
    };
    for (DataType.Decimal[] type : types) {
      try (Block left = random.column(allocator, type[0], 300, Nulls.NONE);
          Block right = random.column(allocator, type[1], 300, Nulls.NONE);
          Block result = Block.ofOne(allocator, type[2], 300)) {
        result.column(0).setAllValid(300);
        for (Arithmetic operator : Arithmetic.values()) {
          decimals(operator, type, left.column(0), right.column(0), result.column(0));
        }
      }
    }
  }

  private void decimals(
      Arithmetic operator,
      DataType.Decimal[] type,
      ColumnVector left,
      ColumnVector right,
      ColumnVector result) {
    DecimalArithmetic arithmetic = new DecimalArithmetic(operator, type[0], type[1], type[2]);
    int row = -1;
    do {
      int from = row + 1;
      row = arithmetic.compute(left.data(), right.data(), result.data(), from, 300, 0);
      for (int i = from; i < (row < 0 ? 300 : row + 1); i++) {
        BigDecimal x = (BigDecimal) Cell.get(left, i);
        BigDecimal y = (BigDecimal) Cell.get(right, i);
        BigDecimal exact = exact(operator, x, y, type[2]);
        if (i == row) {
          assertThat(exact).as("%s %s %s fails %s", x, operator, y, random).isNull();
        } else {
          assertThat(Cell.get(result, i))
              .as("%s %s %s %s", x, operator, y, random)
              .isEqualTo(exact);
        }
      }
    } while (row >= 0);
  }

  private static BigDecimal exact(
      Arithmetic operator, BigDecimal x, BigDecimal y, DataType.Decimal type) {
    boolean division = operator == Arithmetic.DIVIDE || operator == Arithmetic.REMAINDER;
    if (division && y.signum() == 0) {
      return null;
    }
    BigDecimal exact =
        switch (operator) {
          case ADD -> x.add(y);
          case SUBTRACT -> x.subtract(y);
          case MULTIPLY -> x.multiply(y);
          case DIVIDE -> x.divide(y, type.scale(), RoundingMode.HALF_UP);
          case REMAINDER -> x.remainder(y);
        };
    BigDecimal rounded = exact.setScale(type.scale(), RoundingMode.HALF_UP);
    return rounded.precision() > type.precision() ? null : rounded;
  }

  private static DataType.Decimal decimal(int precision, int scale) {
    return new DataType.Decimal(precision, scale);
  }

  @Test
  void decimalsChangeSignAcrossTheWordBoundary() {
    DataType type = decimal(38, 0);
    try (Block values = random.column(allocator, type, 300, Nulls.NONE);
        Block result = Block.ofOne(allocator, type, 300)) {
      result.column(0).setAllValid(300);
      Cell.put(values.column(0), 0, new BigDecimal("18446744073709551616"));
      Cell.put(values.column(0), 1, BigDecimal.ZERO);
      for (boolean absolute : new boolean[] {false, true}) {
        DecimalArithmetic.negate(
            absolute, values.column(0).data(), result.column(0).data(), 0, 300);
        for (int row = 0; row < 300; row++) {
          BigDecimal value = (BigDecimal) Cell.get(values.column(0), row);
          assertThat(Cell.get(result.column(0), row))
              .isEqualTo(absolute ? value.abs() : value.negate());
        }
      }
    }
  }

  @Test
  void doublesRoundByTheirShortestText() {
    assertThat(Rounding.round(1.005, 2)).isEqualTo(1.01);
    assertThat(Rounding.round(2.5, 0)).isEqualTo(3.0);
    assertThat(Rounding.round(-2.5, 0)).isEqualTo(-3.0);
    assertThat(Rounding.round(1234.5, -2)).isEqualTo(1200.0);
    assertThat(Rounding.round(Double.NaN, 2)).isNaN();
    assertThat(Double.doubleToRawLongBits(Rounding.round(-0.2, 0))).isZero();
    for (int i = 0; i < 20_000; i++) {
      double value =
          switch (i % 4) {
            case 0 -> (Double) random.value(DataType.DOUBLE);
            case 1 -> random.random().nextInt(2_000_000) / 1000.0;
            case 2 -> random.random().nextInt(-20_000, 20_000) * 0.005;
            default -> random.random().nextGaussian() * 1e9;
          };
      int digits = random.random().nextInt(-5, 18);
      Double expected =
          Double.isNaN(value) || Double.isInfinite(value)
              ? value
              : BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue();
      assertThat(Rounding.round(value, digits)).as("%s to %s", value, digits).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("integers")
  void integersRoundBeforeThePoint(DataType type) {
    int width = ColumnVector.width(type);
    try (Block values = random.column(allocator, type, ROWS, Nulls.NONE);
        Block result = Block.ofOne(allocator, type, ROWS)) {
      result.column(0).setAllValid(ROWS);
      for (int digits = 0; digits >= -20; digits--) {
        for (int row = 0; row < ROWS; row++) {
          int failed =
              Rounding.roundInteger(
                  width, values.column(0).data(), digits, result.column(0).data(), row, row + 1, 0);
          BigInteger exact =
              new BigDecimal(number(values.column(0), row))
                  .setScale(digits, RoundingMode.HALF_UP)
                  .toBigInteger();
          if (exact.bitLength() < 8 * width) {
            assertThat(failed).isEqualTo(-1);
            assertThat(number(result.column(0), row)).isEqualTo(exact);
          } else {
            assertThat(failed).as("%s to %s", number(values.column(0), row), digits).isEqualTo(row);
          }
        }
      }
    }
  }
}
