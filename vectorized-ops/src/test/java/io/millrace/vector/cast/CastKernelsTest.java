package io.millrace.vector.cast;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.types.TypeConversions;
import io.millrace.vector.KernelColumns;
import io.millrace.vector.RandomBatches;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conversions of random columns against BigDecimal and the JDK's own text. */
class CastKernelsTest {
  private static final int ROWS = 2000;
  private static final List<DataType> NUMBERS =
      List.of(
          DataType.TINYINT,
          DataType.SMALLINT,
          DataType.INT,
          DataType.BIGINT,
          DataType.FLOAT,
          DataType.DOUBLE,
          new DataType.Decimal(9, 2),
          new DataType.Decimal(18, 0),
          new DataType.Decimal(18, 18),
          new DataType.Decimal(20, 4),
          new DataType.Decimal(38, 0),
          new DataType.Decimal(38, 20),
          new DataType.Decimal(38, 38));

  private final RandomBatches batches = new RandomBatches(23);

  @Test
  void numbersConvertAsTheirDecimalValueDoes() {
    for (DataType from : NUMBERS) {
      for (DataType to : NUMBERS) {
        if (!from.equals(to)) {
          compare(from, to);
        }
      }
    }
  }

  private void compare(DataType from, DataType to) {
    try (KernelColumns columns = new KernelColumns();
        Block block =
            batches.block(
                columns.allocator(),
                Schema.of(new Field("x", from, false)),
                ROWS,
                RandomBatches.Nulls.NONE)) {
      ColumnVector in = block.column(0);
      ColumnVector out = columns.result(to, ROWS);
      RowSelection rows = new RowSelection().set(0, ROWS, RowSelection.ALL);
      assertThat(Casts.kernel(from, to).convert(in, rows, out, true)).isEqualTo(-1);
      boolean failed = false;
      for (int row = 0; row < ROWS; row++) {
        Object value = Cell.get(in, row);
        Object expected = expected(value, to);
        failed |= expected == null;
        assertThat(Cell.get(out, row))
            .as("CAST(%s %s AS %s), %s", from, value, to, batches)
            .isEqualTo(expected);
      }
      if (failed) {
        assertThat(TypeConversions.mayFail(from, to)).as("%s to %s", from, to).isTrue();
      }
    }
  }

  private static Object expected(Object value, DataType to) {
    double approximate = ((Number) value).doubleValue();
    if (to == DataType.DOUBLE) {
      return value instanceof Float single ? (double) single : (Object) approximate;
    } else if (to == DataType.FLOAT) {
      return ((Number) value).floatValue();
    } else if (Double.isNaN(approximate)
        || Double.isInfinite(approximate) && !(value instanceof BigDecimal)) {
      return null;
    } else if (to instanceof DataType.Decimal decimal) {
      BigDecimal exact =
          value instanceof BigDecimal given
              ? given
              : new BigDecimal(value instanceof Float ? approximate + "" : value.toString());
      BigDecimal rounded = exact.setScale(decimal.scale(), RoundingMode.HALF_UP);
      return rounded.precision() > decimal.precision() ? null : rounded;
    }
    BigDecimal exact =
        value instanceof Double || value instanceof Float
            ? new BigDecimal(approximate)
            : new BigDecimal(value.toString());
    BigInteger whole = exact.toBigInteger();
    if (approximate == 0x1p63 && !(value instanceof BigDecimal) && to == DataType.BIGINT) {
      return Long.MAX_VALUE;
    }
    return switch ((DataType.Simple) to) {
      case TINYINT -> whole.bitLength() < 8 ? whole.byteValue() : null;
      case SMALLINT -> whole.bitLength() < 16 ? whole.shortValue() : null;
      case INT -> whole.bitLength() < 32 ? whole.intValue() : null;
      case BIGINT -> whole.bitLength() < 64 ? whole.longValue() : null;
      case BOOLEAN, FLOAT, DOUBLE, STRING, BINARY, DATE, TIMESTAMP, VOID ->
          throw new IllegalArgumentException(to.sql());
    };
  }

  @Test
  void textOfEveryTypeReadsBackAsTheSameValue() {
    for (DataType type :
        List.of(
            DataType.BOOLEAN,
            DataType.TINYINT,
            DataType.SMALLINT,
            DataType.INT,
            DataType.BIGINT,
            DataType.FLOAT,
            DataType.DOUBLE,
            DataType.DATE,
            DataType.TIMESTAMP,
            new DataType.Decimal(20, 7),
            new DataType.Decimal(38, 38))) {
      try (KernelColumns columns = new KernelColumns();
          Block block = batches.column(columns.allocator(), type, 500, RandomBatches.Nulls.SOME)) {
        ColumnVector in = block.column(0);
        ColumnVector text = columns.result(DataType.STRING, 500);
        ColumnVector back = columns.result(type, 500);
        RowSelection rows = new RowSelection().set(0, 500, in.validity());
        assertThat(Casts.kernel(type, DataType.STRING).convert(in, rows, text, false))
            .isEqualTo(-1);
        assertThat(Casts.kernel(DataType.STRING, type).convert(text, rows, back, false))
            .isEqualTo(-1);
        for (int row = 0; row < 500; row++) {
          if (!in.isNull(row)) {
            assertThat(Cell.get(back, row)).as("%s", batches).isEqualTo(Cell.get(in, row));
          } else {
            assertThat(text.length(row)).isZero();
          }
        }
      }
    }
  }

  @Test
  void rowsOutsideTheSelectionNeverFail() {
    try (KernelColumns columns = new KernelColumns()) {
      ColumnVector in = columns.column(DataType.STRING, List.of("x", "1", "y", "2"));
      in.setNull(0);
      in.setNull(2);
      ColumnVector out = columns.result(DataType.INT, 4);
      CastKernel kernel = Casts.kernel(DataType.STRING, DataType.INT);
      RowSelection rows = new RowSelection();
      assertThat(kernel.convert(in, rows.set(0, 4, in.validity()), out, false)).isEqualTo(-1);
      assertThat(Cell.get(out, 3)).isEqualTo(2);
      assertThat(kernel.convert(in, rows.set(1, 4, RowSelection.ALL), out, false)).isEqualTo(2);
    }
  }
}
