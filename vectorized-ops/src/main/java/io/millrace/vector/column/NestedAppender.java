package io.millrace.vector.column;

import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.Field;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import java.util.List;
import java.util.Map;

/** Writes values of nested types: a Row for STRUCT, a List for ARRAY, a Map for MAP. */
final class NestedAppender {
  private NestedAppender() {}

  /**
   * Writes a value behind the row before it, whose validity bit is set already.
   *
   * @param field the column's name, for errors, and type
   * @throws MillraceException with code DATA if the value, or one inside it, does not fit
   */
  static void put(Field field, ColumnVector column, int row, Object value) {
    switch (field.type()) {
      case DataType.Struct struct ->
          putFields(field, struct, column, row, BlockAppender.as(Row.class, field, value));
      case DataType.Array array -> {
        Field element = below(field, "element", array.element(), array.containsNull());
        List<?> elements = BlockAppender.as(List.class, field, value);
        int at = begin(column, row, elements.size());
        for (Object each : elements) {
          BlockAppender.set(element, column.child(0), at++, each);
        }
        column.offset(row + 1, at);
      }
      case DataType.Map map -> {
        Field key = below(field, "key", map.key(), false);
        Field mapped = below(field, "value", map.value(), map.valueContainsNull());
        Map<?, ?> entries = BlockAppender.as(Map.class, field, value);
        int at = begin(column, row, entries.size());
        ColumnVector entry = column.child(0);
        entry.mayHaveNulls(false);
        for (Map.Entry<?, ?> each : entries.entrySet()) {
          entry.setValid(at);
          BlockAppender.set(key, entry.child(0), at, each.getKey());
          BlockAppender.set(mapped, entry.child(1), at++, each.getValue());
        }
        column.offset(row + 1, at);
      }
      case DataType.Simple flat -> throw new IllegalArgumentException("assertion: " + flat);
      case DataType.Decimal flat -> throw new IllegalArgumentException("assertion: " + flat);
    }
  }

  private static void putFields(
      Field field, DataType.Struct struct, ColumnVector column, int row, Row value) {
    if (value.size() != struct.fields().size()) {
      throw new MillraceException(
          ErrorCode.DATA,
          "column "
              + field.name()
              + " is "
              + struct.sql()
              + ", the value "
              + value
              + " has "
              + value.size()
              + " fields");
    }
    for (int i = 0; i < value.size(); i++) {
      Field child = struct.fields().field(i);
      BlockAppender.set(
          below(field, child.name(), child.type(), child.nullable()),
          column.child(i),
          row,
          value.get(i));
    }
  }

  /** Makes room for a row's elements and says where they begin. */
  private static int begin(ColumnVector column, int row, int count) {
    int at = column.offset(row);
    column.reserveElements((long) at + count);
    return at;
  }

  private static Field below(Field field, String name, DataType type, boolean nullable) {
    return new Field(field.name() + "." + name, type, nullable);
  }
}
