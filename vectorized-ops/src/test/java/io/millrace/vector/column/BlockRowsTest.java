package io.millrace.vector.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockRowsTest {
  private static final Schema ALL_TYPES =
      Schema.parse(
          "bo BOOLEAN, ti TINYINT, sm SMALLINT, it INT, bi BIGINT, fl FLOAT, do DOUBLE,"
              + " de DECIMAL(38,10), st STRING, by BINARY, da DATE, ts TIMESTAMP");
  private static final BigDecimal LARGEST_DECIMAL =
      new BigDecimal(BigInteger.TEN.pow(38).subtract(BigInteger.ONE), 10);
  private static final Instant LATEST =
      Instant.EPOCH.plus(Long.MAX_VALUE, java.time.temporal.ChronoUnit.MICROS);
  private static final Instant EARLIEST =
      Instant.EPOCH.plus(Long.MIN_VALUE, java.time.temporal.ChronoUnit.MICROS);

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void nothingIsLeft() {
    allocator.close();
  }

  @Test
  void extremesOfEveryTypeComeBack() {
    List<Row> rows =
        List.of(
            Row.of(
                true,
                Byte.MAX_VALUE,
                Short.MAX_VALUE,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Float.MAX_VALUE,
                Double.MAX_VALUE,
                LARGEST_DECIMAL,
                "ü€😀\0",
                new byte[] {0, -1, 127},
                LocalDate.ofEpochDay(Integer.MAX_VALUE),
                LATEST),
            Row.of(
                false,
                Byte.MIN_VALUE,
                Short.MIN_VALUE,
                Integer.MIN_VALUE,
                Long.MIN_VALUE,
                Float.NaN,
                -0.0,
                LARGEST_DECIMAL.negate(),
                "",
                new byte[0],
                LocalDate.ofEpochDay(Integer.MIN_VALUE),
                EARLIEST),
            Row.of(
                true,
                (byte) 0,
                (short) 0,
                0,
                0L,
                Float.NEGATIVE_INFINITY,
                Double.NaN,
                new BigDecimal("-0.0000000001"),
                "x".repeat(5_000),
                new byte[10_000],
                LocalDate.EPOCH,
                Instant.parse("1969-12-31T23:59:59.999999Z")));

    assertThat(roundTrip(ALL_TYPES, rows)).isEqualTo(rows);
  }

  @Test
  void nullsOfEveryTypeComeBack() {
    List<Row> rows = List.of(Row.of(new Object[ALL_TYPES.size()]));

    assertThat(roundTrip(ALL_TYPES, rows)).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 1023, 1024, 1025})
  void randomRowsComeBack(int count) {
    Random random = new Random(42 + count);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(randomRow(random));
    }

    assertThat(roundTrip(ALL_TYPES, rows)).isEqualTo(rows);
  }

  @Test
  void rowsHaveTheBlocksNames() {
    Row row = roundTrip(Schema.parse("a INT, b STRING"), List.of(Row.of(1, "x"))).getFirst();

    assertThat(row.get("B")).isEqualTo("x");
  }

  @Test
  void aBlockThatIsFilledAgainForgetsItsNulls() {
    try (Block block = Block.allocate(allocator, Schema.parse("a INT"), 64)) {
      BlockAppender.append(block, Row.of((Object) null));
      assertThat(block.column(0).mayHaveNulls()).isTrue();

      block.clear();
      BlockAppender.append(block, Row.of(7));

      assertThat(block.column(0).mayHaveNulls()).isFalse();
      assertThat(BlockReader.rows(block, 0, 1)).containsExactly(Row.of(7));
    }
  }

  @Test
  void aFullBlockTakesNoMore() {
    try (Block block = Block.allocate(allocator, Schema.parse("a INT"), 64)) {
      for (int i = 0; i < 64; i++) {
        assertThat(BlockAppender.append(block, Row.of(i))).isTrue();
      }

      assertThat(BlockAppender.append(block, Row.of(64))).isFalse();
      assertThat(block.rowCount()).isEqualTo(64);
    }
  }

  @Test
  void smallerNumbersAreWidened() {
    Schema schema =
        Schema.parse("s SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, e DOUBLE, m DECIMAL(12,2)");
    Row row = Row.of((byte) 1, (short) 2, 3, (short) 4, 5, 6.5f, 7L);

    assertThat(roundTrip(schema, List.of(row)))
        .containsExactly(Row.of((short) 1, 2, 3L, 4.0f, 5.0, 6.5, new BigDecimal("7.00")));
  }

  @Test
  void aDecimalTakesTheScaleOfItsColumn() {
    Schema schema = Schema.parse("m DECIMAL(4,2)");

    assertThat(
            roundTrip(
                schema,
                List.of(
                    Row.of(new BigDecimal("1.5")),
                    Row.of(new BigDecimal("1.500")),
                    Row.of(new BigDecimal("1E+1")),
                    Row.of(new BigDecimal("0E+1000000000")))))
        .containsExactly(
            Row.of(new BigDecimal("1.50")),
            Row.of(new BigDecimal("1.50")),
            Row.of(new BigDecimal("10.00")),
            Row.of(new BigDecimal("0.00")));
  }

  @Test
  void whatIsFinerThanAMicrosecondIsCutOffTowardsThePast() {
    assertThat(
            roundTrip(
                Schema.parse("t TIMESTAMP"),
                List.of(Row.of(Instant.ofEpochSecond(-1, 999_999_999)))))
        .containsExactly(Row.of(Instant.ofEpochSecond(-1, 999_999_000)));
  }

  @Test
  void aWrongClassIsRefusedWithWhatIsWanted() {
    assertRefused(
        "price DOUBLE",
        "abc",
        "column price is DOUBLE, the value abc is a String",
        "give a Double");
    assertRefused("n TINYINT", 1, "column n is TINYINT, the value 1 is a Integer", "give a Byte");
    assertRefused("n INT", 1L, "give a Integer");
    assertRefused("n INT", 1.0, "give a Integer");
    assertRefused("f FLOAT", 1.0, "give a Float");
    assertRefused("f FLOAT", 1, "give a Float");
    assertRefused("d DOUBLE", 1L, "give a Double");
    assertRefused("t TIMESTAMP", "2025-10-10", "give a Instant");
    assertRefused("t DATE", Instant.EPOCH, "give a LocalDate");
    assertRefused("s STRING", 'c', "give a String");
    assertRefused("b BINARY", "c", "give a byte[]");
    assertRefused("b BOOLEAN", 1, "give a Boolean");
    assertRefused("m DECIMAL(4,2)", 1.5, "give a BigDecimal");
  }

  @Test
  void aValueOutOfRangeIsRefused() {
    assertRefused("m DECIMAL(4,2)", new BigDecimal("100"), "does not fit DECIMAL(4,2)");
    assertRefused("m DECIMAL(4,2)", new BigDecimal("1.001"), "does not fit DECIMAL(4,2)");
    assertRefused("m DECIMAL(4,2)", new BigDecimal("1E+999999999"), "does not fit DECIMAL(4,2)");
    assertRefused("d DATE", LocalDate.MAX, "does not fit DATE");
    assertRefused("t TIMESTAMP", LATEST.plusNanos(1_000), "does not fit TIMESTAMP");
    assertRefused("t TIMESTAMP", EARLIEST.minusNanos(1), "does not fit TIMESTAMP");
  }

  @Test
  void aNullInANotNullColumnIsRefused() {
    assertRefused("id STRING NOT NULL", null, "column id is NOT NULL");
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    try (Block block = Block.allocate(allocator, Schema.parse("a INT, b INT"), 64)) {
      assertThatThrownBy(() -> BlockAppender.append(block, Row.of(1)))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("a row of 1 values for 2 columns");
    }
  }

  @Test
  void aRefusedRowLeavesTheOthersAsTheyWere() {
    Schema schema = Schema.parse("a STRING, b INT");
    try (Block block = Block.allocate(allocator, schema, 64)) {
      BlockAppender.append(block, Row.of("first", 1));
      assertThatThrownBy(() -> BlockAppender.append(block, Row.of("refused", "x")))
          .isInstanceOf(MillraceException.class);
      BlockAppender.append(block, Row.of("second", 2));

      assertThat(BlockReader.rows(block, 0, block.rowCount()))
          .containsExactly(Row.of("first", 1), Row.of("second", 2));
    }
  }

  private void assertRefused(String schema, Object value, String... parts) {
    try (Block block = Block.allocate(allocator, Schema.parse(schema), 64)) {
      assertThatThrownBy(() -> BlockAppender.append(block, Row.of(new Object[] {value})))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
          .hasMessageContainingAll(parts);
      assertThat(block.rowCount()).isZero();
    }
  }

  private List<Row> roundTrip(Schema schema, List<Row> rows) {
    try (Block block = Block.allocate(allocator, schema, Math.max(1, rows.size()))) {
      rows.forEach(row -> assertThat(BlockAppender.append(block, row)).isTrue());
      return BlockReader.rows(block, 0, block.rowCount());
    }
  }

  private static Row randomRow(Random random) {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    Object[] values = {
      random.nextBoolean(),
      (byte) random.nextInt(),
      (short) random.nextInt(),
      random.nextInt(),
      random.nextLong(),
      random.nextFloat(),
      random.nextGaussian(),
      new BigDecimal(new BigInteger(120, random).subtract(BigInteger.ONE.shiftLeft(119)), 10),
      new String(bytes, StandardCharsets.ISO_8859_1),
      bytes,
      LocalDate.ofEpochDay(random.nextInt()),
      Instant.EPOCH.plus(random.nextLong(), java.time.temporal.ChronoUnit.MICROS)
    };
    for (int i = 0; i < values.length; i++) {
      if (random.nextInt(5) == 0) {
        values[i] = null;
      }
    }
    return Row.of(Arrays.copyOf(values, values.length));
  }
}
