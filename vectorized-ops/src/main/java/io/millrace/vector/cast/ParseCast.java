package io.millrace.vector.cast;

import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.text.NumberParser;
import io.millrace.vector.time.TimestampParser;

/** Text as values. White space and control characters around it do not count. */
final class ParseCast implements RowCast {
  /** Reads trimmed text into a row; false if it is no such value. */
  @FunctionalInterface
  private interface Parser {
    boolean parse(long address, int length, ColumnVector to, int row);
  }

  private final Parser parser;

  ParseCast(DataType to) {
    this.parser = parser(to);
  }

  @Override
  public boolean convert(ColumnVector from, int row, ColumnVector to) {
    long start = from.data() + from.offset(row);
    long end = from.data() + from.offset(row + 1);
    while (start < end && isBlank(Memory.getByte(start))) {
      start++;
    }
    while (start < end && isBlank(Memory.getByte(end - 1))) {
      end--;
    }
    return start < end && parser.parse(start, (int) (end - start), to, row);
  }

  private static boolean isBlank(byte character) {
    return character >= 0 && character <= ' ' || character == 0x7F;
  }

  private static Parser parser(DataType to) {
    NumberParser numbers = new NumberParser();
    if (to instanceof DataType.Decimal decimal) {
      return (address, length, out, row) -> {
        if (!numbers.parseDecimal(address, length, decimal.precision(), decimal.scale())) {
          return false;
        }
        Memory.putLong(out.data() + 16L * row, numbers.decimalLow());
        Memory.putLong(out.data() + 16L * row + 8, numbers.decimalHigh());
        return true;
      };
    }
    return switch ((DataType.Simple) to) {
      case BOOLEAN ->
          (address, length, out, row) -> {
            boolean value = LiteralText.isTrue(address, length);
            Bitmap.set(out.data(), row, value);
            return value || LiteralText.isFalse(address, length);
          };
      case TINYINT, SMALLINT, INT, BIGINT -> {
        LongTarget target = LongTarget.of(to);
        yield (address, length, out, row) ->
            numbers.parseLong(address, length) && target.write(numbers.longValue(), out, row);
      }
      case FLOAT ->
          (address, length, out, row) -> {
            boolean parsed =
                numbers.parseFloat(address, LiteralText.withoutSuffix(address, length));
            double special = parsed ? 0 : LiteralText.special(address, length);
            Memory.putFloat(out.data() + 4L * row, parsed ? numbers.floatValue() : (float) special);
            return parsed || special != 0;
          };
      case DOUBLE ->
          (address, length, out, row) -> {
            boolean parsed =
                numbers.parseDouble(address, LiteralText.withoutSuffix(address, length));
            double special = parsed ? 0 : LiteralText.special(address, length);
            Memory.putDouble(out.data() + 8L * row, parsed ? numbers.doubleValue() : special);
            return parsed || special != 0;
          };
      case DATE -> {
        TimestampParser times = new TimestampParser();
        yield (address, length, out, row) -> {
          boolean parsed = times.parseDate(address, length);
          Memory.putInt(out.data() + 4L * row, times.valueDays());
          return parsed;
        };
      }
      case TIMESTAMP -> {
        TimestampParser times = new TimestampParser();
        yield (address, length, out, row) -> {
          boolean parsed = times.parse(address, length);
          Memory.putLong(out.data() + 8L * row, times.valueUs());
          return parsed;
        };
      }
      case STRING, BINARY, VOID ->
          throw new IllegalArgumentException("assertion: text is not parsed as " + to);
    };
  }
}
