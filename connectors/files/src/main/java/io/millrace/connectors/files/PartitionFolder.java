package io.millrace.connectors.files;

import io.millrace.types.DataType;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.time.TimestampFormatter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * The folder names of partitions, as Hive writes them: {@code region=north/day=2025-10-10/}. Values
 * are as SQL casts them to text; null and the empty text are {@code __HIVE_DEFAULT_PARTITION__};
 * characters that file systems or globs give a meaning are written as {@code %} and two digits.
 */
final class PartitionFolder {
  private static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";
  private static final String ESCAPED = "\"#%'*/:=?\\{[]^\u007F";
  private static final int FIRST_PLAIN = 0x20;

  private PartitionFolder() {}

  /** The path of a row's folder, with a slash at its end; empty without partition columns. */
  static String of(Schema schema, int[] columns, Block block, int row) {
    StringBuilder path = new StringBuilder();
    for (int index : columns) {
      ColumnVector column = block.column(index);
      escape(schema.field(index).name(), path);
      path.append('=');
      String value = column.mayHaveNulls() && column.isNull(row) ? "" : text(column, row);
      if (value.isEmpty()) {
        path.append(NO_VALUE);
      } else {
        escape(value, path);
      }
      path.append('/');
    }
    return path.toString();
  }

  static void escape(String text, StringBuilder into) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < FIRST_PLAIN || ESCAPED.indexOf(c) >= 0) {
        into.append(String.format("%%%02X", (int) c));
      } else {
        into.append(c);
      }
    }
  }

  private static String text(ColumnVector column, int row) {
    long data = column.data();
    return switch (column.type()) {
      case DataType.Simple simple ->
          switch (simple) {
            case BOOLEAN ->
                String.valueOf((Memory.getByte(data + (row >> 3)) >> (row & 7) & 1) == 1);
            case TINYINT -> String.valueOf(Memory.getByte(data + row));
            case SMALLINT -> String.valueOf(Memory.getShort(data + 2L * row));
            case INT -> String.valueOf(Memory.getInt(data + 4L * row));
            case BIGINT -> String.valueOf(Memory.getLong(data + 8L * row));
            case FLOAT -> String.valueOf(Memory.getFloat(data + 4L * row));
            case DOUBLE -> String.valueOf(Memory.getDouble(data + 8L * row));
            case STRING -> column.getString(row);
            case DATE -> LocalDate.ofEpochDay(Memory.getInt(data + 4L * row)).toString();
            case TIMESTAMP -> timestamp(Memory.getLong(data + 8L * row));
            case BINARY, VOID -> throw unsupported(simple);
          };
      case DataType.Decimal decimal -> decimal(data + 16L * row, decimal.scale());
      case DataType.Array other -> throw unsupported(other);
      case DataType.Map other -> throw unsupported(other);
      case DataType.Struct other -> throw unsupported(other);
    };
  }

  private static String timestamp(long us) {
    try (var memory = java.lang.foreign.Arena.ofConfined()) {
      var text = memory.allocate(TimestampFormatter.MAX_BYTES);
      int length = TimestampFormatter.formatSql(us, text.address());
      byte[] bytes = new byte[length];
      Memory.copy(text.address(), bytes, 0, length);
      return new String(bytes, StandardCharsets.US_ASCII);
    }
  }

  private static String decimal(long address, int scale) {
    BigInteger high = BigInteger.valueOf(Memory.getLong(address + Long.BYTES));
    BigInteger low = new BigInteger(Long.toUnsignedString(Memory.getLong(address)));
    return new BigDecimal(high.shiftLeft(Long.SIZE).add(low), scale).toPlainString();
  }

  private static IllegalStateException unsupported(DataType type) {
    return new IllegalStateException("assertion: " + type.sql() + " columns are refused at open");
  }
}
