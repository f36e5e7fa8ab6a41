package io.millrace.vector.cast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.Schema;
import io.millrace.types.TypeConversions;
import io.millrace.vector.KernelColumns;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Spark 4 gives in ANSI mode, value by value. */
class CastMatrixTest {
  private static final RowSelection ONE = new RowSelection().set(0, 1, RowSelection.ALL);

  private final KernelColumns columns = new KernelColumns();

  @AfterEach
  void close() {
    columns.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOLEAN|true|INT|1",
        "BOOLEAN|false|DOUBLE|0.0",
        "BOOLEAN|true|DECIMAL(3,2)|1.00",
        "BOOLEAN|true|DECIMAL(2,2)|fails",
        "BOOLEAN|true|STRING|true",
        "BOOLEAN|false|STRING|false",
        "TINYINT|-128|SMALLINT|-128",
        "TINYINT|-1|BIGINT|-1",
        "TINYINT|5|BOOLEAN|true",
        "SMALLINT|127|TINYINT|127",
        "SMALLINT|128|TINYINT|fails",
        "SMALLINT|-129|TINYINT|fails",
        "INT|0|BOOLEAN|false",
        "INT|-32768|SMALLINT|-32768",
        "INT|32768|SMALLINT|fails",
        "INT|-2147483648|BIGINT|-2147483648",
        "INT|16777217|FLOAT|1.6777216E7",
        "INT|2147483647|DOUBLE|2.147483647E9",
        "INT|123|DECIMAL(5,2)|123.00",
        "INT|1000|DECIMAL(5,2)|fails",
        "INT|-2147483648|STRING|-2147483648",
        "BIGINT|2147483648|INT|fails",
        "BIGINT|-2147483648|INT|-2147483648",
        "BIGINT|9007199254740993|DOUBLE|9.007199254740992E15",
        "BIGINT|9223372036854775807|FLOAT|9.223372E18",
        "BIGINT|9223372036854775807|DECIMAL(38,18)|9223372036854775807.000000000000000000",
        "BIGINT|9223372036854775807|DECIMAL(18,0)|fails",
        "BIGINT|-9223372036854775808|STRING|-9223372036854775808",
        "BIGINT|-1|TIMESTAMP|1969-12-31T23:59:59Z",
        "BIGINT|9223372036854775807|TIMESTAMP|+294247-01-10T04:00:54.775807Z",
        "FLOAT|1.9|INT|1",
        "FLOAT|-1.9|INT|-1",
        "FLOAT|0.1|DOUBLE|0.10000000149011612",
        "FLOAT|0.1|STRING|0.1",
        "FLOAT|0.1|DECIMAL(10,9)|0.100000001",
        "FLOAT|NaN|STRING|NaN",
        "FLOAT|NaN|INT|fails",
        "FLOAT|0.0|BOOLEAN|false",
        "DOUBLE|NaN|BOOLEAN|true",
        "DOUBLE|127.9|TINYINT|127",
        "DOUBLE|128.0|TINYINT|fails",
        "DOUBLE|-128.9|TINYINT|-128",
        "DOUBLE|2147483647.9|INT|2147483647",
        "DOUBLE|2147483648|INT|fails",
        "DOUBLE|9.223372036854776E18|BIGINT|9223372036854775807",
        "DOUBLE|9.3E18|BIGINT|fails",
        "DOUBLE|-Infinity|BIGINT|fails",
        "DOUBLE|1e300|FLOAT|Infinity",
        "DOUBLE|1.005|DECIMAL(10,2)|1.01",
        "DOUBLE|-2.5|DECIMAL(10,0)|-3",
        "DOUBLE|1e10|DECIMAL(10,0)|fails",
        "DOUBLE|NaN|DECIMAL(10,0)|fails",
        "DOUBLE|Infinity|DECIMAL(38,0)|fails",
        "DOUBLE|1.5|TIMESTAMP|1970-01-01T00:00:01.500Z",
        "DOUBLE|-1.5|TIMESTAMP|1969-12-31T23:59:58.500Z",
        "DOUBLE|1e30|TIMESTAMP|fails",
        "DOUBLE|NaN|TIMESTAMP|fails",
        "DOUBLE|1.0E7|STRING|1.0E7",
        "DOUBLE|100|STRING|100.0",
        "DOUBLE|0.001|STRING|0.001",
        "DOUBLE|1e-4|STRING|1.0E-4",
        "DOUBLE|-0.0|STRING|-0.0",
        "DECIMAL(10,2)|12.34|STRING|12.34",
        "DECIMAL(38,18)|0.000000000000000001|STRING|0.000000000000000001",
        "DECIMAL(38,0)|-99999999999999999999999999999999999999|STRING|-99999999999999999999999999999999999999",
        "DECIMAL(10,2)|12.99|INT|12",
        "DECIMAL(10,2)|-12.99|BIGINT|-12",
        "DECIMAL(10,2)|128.00|TINYINT|fails",
        "DECIMAL(38,0)|9223372036854775808|BIGINT|fails",
        "DECIMAL(38,1)|-9223372036854775808.9|BIGINT|-9223372036854775808",
        "DECIMAL(10,2)|0.00|BOOLEAN|false",
        "DECIMAL(10,2)|0.01|BOOLEAN|true",
        "DECIMAL(10,2)|1.10|DOUBLE|1.1",
        "DECIMAL(38,0)|99999999999999999999999999999999999999|DOUBLE|1.0E38",
        "DECIMAL(10,2)|1.10|FLOAT|1.1",
        "DECIMAL(10,2)|1.15|DECIMAL(10,1)|1.2",
        "DECIMAL(10,2)|-1.15|DECIMAL(10,1)|-1.2",
        "DECIMAL(4,2)|99.95|DECIMAL(3,1)|fails",
        "DECIMAL(4,2)|99.94|DECIMAL(3,1)|99.9",
        "DECIMAL(38,0)|99999999999999999999|DECIMAL(38,18)|99999999999999999999.000000000000000000",
        "DECIMAL(38,0)|100000000000000000000|DECIMAL(38,18)|fails",
        "DECIMAL(38,38)|0.00000000000000000000000000000000000006|DECIMAL(37,37)|0.0000000000000000000000000000000000001",
        "DECIMAL(10,3)|1.5|TIMESTAMP|1970-01-01T00:00:01.500Z",
        "DECIMAL(20,9)|-1.500000999|TIMESTAMP|1969-12-31T23:59:58.500Z",
        "DECIMAL(38,0)|99999999999999999999|TIMESTAMP|fails",
        "STRING|' 12 '|INT|12",
        "STRING|+7|TINYINT|7",
        "STRING|128|TINYINT|fails",
        "STRING|1.5|INT|fails",
        "STRING|''|INT|fails",
        "STRING|abc|INT|fails",
        "STRING|'1 2'|INT|fails",
        "STRING|9223372036854775807|BIGINT|9223372036854775807",
        "STRING|9223372036854775808|BIGINT|fails",
        "STRING|-9223372036854775808|BIGINT|-9223372036854775808",
        "STRING|1e3|DOUBLE|1000.0",
        "STRING|' -1.5d'|DOUBLE|-1.5",
        "STRING|1.f|FLOAT|1.0",
        "STRING|1e400|DOUBLE|Infinity",
        "STRING|inf|DOUBLE|Infinity",
        "STRING|-INFINITY|FLOAT|-Infinity",
        "STRING|+Inf|DOUBLE|Infinity",
        "STRING|nan|DOUBLE|NaN",
        "STRING|-nan|DOUBLE|fails",
        "STRING|d|DOUBLE|fails",
        "STRING|infinityx|DOUBLE|fails",
        "STRING|'1,5'|DOUBLE|fails",
        "STRING|0.1|FLOAT|0.1",
        "STRING|1.005|DECIMAL(10,2)|1.01",
        "STRING|1e2|DECIMAL(10,2)|100.00",
        "STRING|1e8|DECIMAL(10,2)|fails",
        "STRING|x|DECIMAL(10,2)|fails",
        "STRING|TRUE|BOOLEAN|true",
        "STRING|' t '|BOOLEAN|true",
        "STRING|Yes|BOOLEAN|true",
        "STRING|y|BOOLEAN|true",
        "STRING|1|BOOLEAN|true",
        "STRING|f|BOOLEAN|false",
        "STRING|No|BOOLEAN|false",
        "STRING|n|BOOLEAN|false",
        "STRING|0|BOOLEAN|false",
        "STRING|on|BOOLEAN|fails",
        "STRING|truetruetrue|BOOLEAN|fails",
        "STRING|2025-10-10|DATE|2025-10-10",
        "STRING|2025-1-2|DATE|2025-01-02",
        "STRING|2025|DATE|2025-01-01",
        "STRING|2025-10-10T12:00:00|DATE|2025-10-10",
        "STRING|2025-02-29|DATE|fails",
        "STRING|10.10.2025|DATE|fails",
        "STRING|2025-10-10T12:01:00Z|TIMESTAMP|2025-10-10T12:01:00Z",
        "STRING|' 2025-10-10 12:01:00.5 '|TIMESTAMP|2025-10-10T12:01:00.500Z",
        "STRING|2025-10-10 12:01:00+02:00|TIMESTAMP|2025-10-10T10:01:00Z",
        "STRING|2025-10-10|TIMESTAMP|2025-10-10T00:00:00Z",
        "STRING|2025-10-10 25:00:00|TIMESTAMP|fails",
        "STRING|soon|TIMESTAMP|fails",
        "STRING|né|BINARY|né",
        "BINARY|né|STRING|né",
        "DATE|1969-12-31|TIMESTAMP|1969-12-31T00:00:00Z",
        "DATE|0001-01-01|STRING|0001-01-01",
        "DATE|+10000-01-01|STRING|+10000-01-01",
        "TIMESTAMP|1969-12-31T23:59:59.999999Z|DATE|1969-12-31",
        "TIMESTAMP|1969-12-31T23:59:59.999999Z|BIGINT|-1",
        "TIMESTAMP|2025-10-10T12:01:00.5Z|INT|1760097660",
        "TIMESTAMP|2038-01-19T03:14:08Z|INT|fails",
        "TIMESTAMP|1970-01-01T00:00:01.5Z|DOUBLE|1.5",
        "TIMESTAMP|1969-12-31T23:59:58.5Z|FLOAT|-1.5",
        "TIMESTAMP|1970-01-01T00:00:01.234567Z|DECIMAL(10,3)|1.235",
        "TIMESTAMP|2025-10-10T12:01:00Z|STRING|2025-10-10 12:01:00",
        "TIMESTAMP|1969-12-31T23:59:59.500Z|STRING|1969-12-31 23:59:59.5",
      })
  void valuesConvertOrFail(String from, String value, String to, String expected) {
    DataType source = type(from);
    DataType target = type(to);
    assertThat(TypeConversions.isLegal(source, target)).isTrue();
    ColumnVector in = columns.column(source, List.of(value(source, value)));
    ColumnVector out = columns.result(target, 1);
    int failed = Casts.kernel(source, target).convert(in, ONE, out, false);
    if (expected.equals("fails")) {
      assertThat(failed).isZero();
      assertThat(TypeConversions.mayFail(source, target)).as("mayFail").isTrue();
      assertThat(Casts.kernel(source, target).convert(in, ONE, out, true)).isEqualTo(-1);
      assertThat(out.isNull(0)).isTrue();
    } else {
      assertThat(failed).isEqualTo(-1);
      assertThat(Cell.get(out, 0)).isEqualTo(value(target, expected));
    }
  }

  private static DataType type(String sql) {
    return Schema.parse("x " + sql).field(0).type();
  }

  private static Object value(DataType type, String text) {
    if (type instanceof DataType.Decimal decimal) {
      return new BigDecimal(text).setScale(decimal.scale());
    }
    return switch ((DataType.Simple) type) {
      case BOOLEAN -> Boolean.valueOf(text);
      case TINYINT -> Byte.valueOf(text);
      case SMALLINT -> Short.valueOf(text);
      case INT -> Integer.valueOf(text);
      case BIGINT -> Long.valueOf(text);
      case FLOAT -> Float.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case STRING -> text;
      case BINARY -> text.getBytes(StandardCharsets.UTF_8);
      case DATE -> (int) LocalDate.parse(text).toEpochDay();
      case TIMESTAMP -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
      case VOID -> throw new IllegalArgumentException(text);
    };
  }

  @Test
  void daysBeyondTheLastTimestampFail() {
    ColumnVector in = columns.column(DataType.DATE, List.of(Integer.MAX_VALUE));
    CastKernel kernel = Casts.kernel(DataType.DATE, DataType.TIMESTAMP);
    assertThat(kernel.convert(in, ONE, columns.result(DataType.TIMESTAMP, 1), false)).isZero();
  }

  @Test
  void everyLegalPairHasAKernelAndNoOther() {
    List<DataType> types =
        List.of(
            DataType.BOOLEAN,
            DataType.TINYINT,
            DataType.SMALLINT,
            DataType.INT,
            DataType.BIGINT,
            DataType.FLOAT,
            DataType.DOUBLE,
            new DataType.Decimal(10, 2),
            new DataType.Decimal(38, 18),
            DataType.STRING,
            DataType.BINARY,
            DataType.DATE,
            DataType.TIMESTAMP);
    int legal = 0;
    for (DataType from : types) {
      for (DataType to : types) {
        if (from.equals(to)) {
          continue;
        }
        if (TypeConversions.isLegal(from, to)) {
          assertThat(Casts.kernel(from, to)).isNotNull();
          legal++;
        } else {
          assertThatThrownBy(() -> Casts.kernel(from, to))
              .isInstanceOf(AnalysisException.class)
              .hasMessageContaining(from.sql() + " to " + to.sql());
        }
      }
    }
    assertThat(legal).isEqualTo(114);
  }
}
