package io.millrace.vector.cast;

import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.BytesWriter;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.text.NumberFormatter;
import io.millrace.vector.time.TimestampFormatter;

/** Values as text: numbers as Java prints them, decimals without exponent. Cannot fail. */
final class FormatCast implements CastKernel {
  private static final int MAX_BYTES =
      Math.max(NumberFormatter.MAX_BYTES, TimestampFormatter.MAX_BYTES);

  private static final long TRUE = 0x65757274; // "true"
  private static final long FALSE = 0x65736C6166L; // "false"

  /** Writes one value's text and returns its length. */
  @FunctionalInterface
  private interface Formatter {
    int format(long data, int row, long target);
  }

  private final Formatter formatter;

  FormatCast(DataType from) {
    this.formatter = formatter(from);
  }

  private static Formatter formatter(DataType from) {
    if (from instanceof DataType.Decimal decimal) {
      int scale = decimal.scale();
      return (data, row, target) ->
          NumberFormatter.formatDecimal(
              Memory.getLong(data + 16L * row),
              Memory.getLong(data + 16L * row + 8),
              scale,
              target);
    }
    return switch ((DataType.Simple) from) {
      case BOOLEAN ->
          (data, row, target) -> {
            boolean value = Bitmap.get(data, row);
            Memory.putLong(target, value ? TRUE : FALSE);
            return value ? 4 : 5;
          };
      case TINYINT ->
          (data, row, target) -> NumberFormatter.formatLong(Memory.getByte(data + row), target);
      case SMALLINT ->
          (data, row, target) ->
              NumberFormatter.formatLong(Memory.getShort(data + 2L * row), target);
      case INT ->
          (data, row, target) -> NumberFormatter.formatLong(Memory.getInt(data + 4L * row), target);
      case BIGINT ->
          (data, row, target) ->
              NumberFormatter.formatLong(Memory.getLong(data + 8L * row), target);
      case FLOAT ->
          (data, row, target) ->
              NumberFormatter.formatFloat(Memory.getFloat(data + 4L * row), target);
      case DOUBLE ->
          (data, row, target) ->
              NumberFormatter.formatDouble(Memory.getDouble(data + 8L * row), target);
      case DATE ->
          (data, row, target) ->
              TimestampFormatter.formatDate(Memory.getInt(data + 4L * row), target);
      case TIMESTAMP ->
          (data, row, target) ->
              TimestampFormatter.formatSql(Memory.getLong(data + 8L * row), target);
      case STRING, BINARY, VOID ->
          throw new IllegalArgumentException("assertion: " + from + " needs no formatting");
    };
  }

  @Override
  public int convert(
      ColumnVector from, RowSelection rows, ColumnVector to, boolean failuresAsNull) {
    BytesWriter writer = new BytesWriter(to, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        writer.advance(formatter.format(from.data(), row, writer.reserve(MAX_BYTES)));
      }
      writer.endRow(row);
    }
    return -1;
  }

  /** BINARY to STRING, which takes the bytes for UTF-8, and STRING to BINARY. */
  static int copyBytes(
      ColumnVector from, RowSelection rows, ColumnVector to, boolean failuresAsNull) {
    BytesWriter writer = new BytesWriter(to, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        writer.append(from.data() + from.offset(row), from.length(row));
      }
      writer.endRow(row);
    }
    return -1;
  }
}
