package io.millrace.vector.column;

import io.millrace.types.DataType;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of a block as Java objects; allocates, so it is for results and callbacks only. */
public final class BlockReader {
  private static final int DECIMAL_BYTES = 16;

  private BlockReader() {}

  /** Rows {@code from} to {@code to} (exclusive), with the block's names. */
  public static List<Row> rows(Block block, int from, int to) {
    List<Row> rows = new ArrayList<>(to - from);
    for (int row = from; row < to; row++) {
      rows.add(row(block, row));
    }
    return rows;
  }

  /** One row, with the block's names. */
  public static Row row(Block block, int row) {
    List<Object> values = new ArrayList<>(block.columnCount());
    for (int i = 0; i < block.columnCount(); i++) {
      values.add(value(block.column(i), row));
    }
    return Row.of(block.schema(), values);
  }

  /** One value, of the class that {@link Row} names for the column's type; null if it is null. */
  public static Object value(ColumnVector column, int row) {
    if (column.isNull(row)) {
      return null;
    }
    long address = column.data() + (long) ColumnVector.width(column.type()) * row;
    return switch (column.type()) {
      case DataType.Simple simple ->
          switch (simple) {
            case BOOLEAN -> booleanAt(column, row);
            case TINYINT -> Memory.getByte(address);
            case SMALLINT -> Memory.getShort(address);
            case INT -> Memory.getInt(address);
            case BIGINT -> Memory.getLong(address);
            case FLOAT -> Memory.getFloat(address);
            case DOUBLE -> Memory.getDouble(address);
            case STRING -> column.getString(row);
            case BINARY -> column.getBinary(row);
            case DATE -> LocalDate.ofEpochDay(Memory.getInt(address));
            case TIMESTAMP -> instant(Memory.getLong(address));
            case VOID -> null;
          };
      case DataType.Decimal decimal -> decimal(address, decimal.scale());
      case DataType.Array ignored -> elements(column, row);
      case DataType.Map ignored -> entries(column, row);
      case DataType.Struct struct -> fields(column, struct.fields(), row);
    };
  }

  private static Row fields(ColumnVector struct, Schema schema, int row) {
    List<Object> values = new ArrayList<>(schema.size());
    for (int i = 0; i < schema.size(); i++) {
      values.add(value(struct.child(i), row));
    }
    return Row.of(schema, values);
  }

  private static List<Object> elements(ColumnVector array, int row) {
    List<Object> values = new ArrayList<>(array.length(row));
    for (int i = array.offset(row); i < array.offset(row + 1); i++) {
      values.add(value(array.child(0), i));
    }
    return Collections.unmodifiableList(values);
  }

  private static Map<Object, Object> entries(ColumnVector map, int row) {
    ColumnVector entry = map.child(0);
    Map<Object, Object> values = LinkedHashMap.newLinkedHashMap(map.length(row));
    for (int i = map.offset(row); i < map.offset(row + 1); i++) {
      values.put(value(entry.child(0), i), value(entry.child(1), i));
    }
    return Collections.unmodifiableMap(values);
  }

  /** A BOOLEAN row's value; undefined under a null. */
  public static boolean booleanAt(ColumnVector column, int row) {
    return (Memory.getByte(column.data() + (row >> 3)) >> (row & 7) & 1) != 0;
  }

  /** The 128-bit number at an address, little-endian, with that scale. */
  public static BigDecimal decimal(long address, int scale) {
    byte[] bigEndian = new byte[DECIMAL_BYTES];
    for (int i = 0; i < DECIMAL_BYTES; i++) {
      bigEndian[DECIMAL_BYTES - 1 - i] = Memory.getByte(address + i);
    }
    return new BigDecimal(new BigInteger(bigEndian), scale);
  }

  private static Instant instant(long timestampUs) {
    return Instant.ofEpochSecond(
        Math.floorDiv(timestampUs, 1_000_000L), Math.floorMod(timestampUs, 1_000_000L) * 1_000L);
  }
}
