package io.millrace.vector.json;

import io.millrace.types.DataType;
import io.millrace.types.Schema;
import io.millrace.vector.column.ColumnVector;

/**
 * Writes the values of one nested type, in STRUCT without null fields unless asked for: part of a
 * {@link JsonLinesWriter}.
 */
final class NestedJson {
  /** Brackets, commas, and a null. */
  private static final int SEPARATOR_BYTES = 8;

  private final JsonLinesWriter out;
  private final DataType type;
  private final boolean keepNulls;

  /** Per field of a STRUCT its name as JSON text with the colon. */
  private final byte[][] names;

  /** Per child; null for a flat one. */
  private final NestedJson[] children;

  NestedJson(JsonLinesWriter out, DataType type, boolean keepNulls) {
    this.out = out;
    this.type = type;
    this.keepNulls = keepNulls;
    Schema fields =
        switch (type) {
          case DataType.Struct struct -> struct.fields();
          case DataType.Map map -> map.entries().fields();
          case DataType.Array array -> Schema.builder().add("element", array.element()).build();
          case DataType.Simple flat -> throw new IllegalArgumentException("assertion: " + flat);
          case DataType.Decimal flat -> throw new IllegalArgumentException("assertion: " + flat);
        };
    names = new byte[fields.size()][];
    children = new NestedJson[fields.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = JsonLinesWriter.quotedName(fields.field(i).name());
      DataType child = fields.field(i).type();
      children[i] = child.isFlat() ? null : new NestedJson(out, child, keepNulls);
    }
  }

  /** At least as many bytes as the value can take. */
  long bound(ColumnVector column, int row) {
    long bytes = SEPARATOR_BYTES;
    if (JsonLinesWriter.isNull(column, row)) {
      return bytes;
    } else if (type instanceof DataType.Struct) {
      return bytes + boundOfChildren(column, row);
    }
    ColumnVector below = column.child(0);
    for (int i = column.offset(row); i < column.offset(row + 1); i++) {
      bytes += type instanceof DataType.Map ? boundOfChildren(below, i) : bound(0, below, i);
    }
    return bytes;
  }

  private long boundOfChildren(ColumnVector struct, int row) {
    long bytes = 0;
    for (int i = 0; i < children.length; i++) {
      bytes += names[i].length + bound(i, struct.child(i), row);
    }
    return bytes;
  }

  private long bound(int child, ColumnVector column, int row) {
    return SEPARATOR_BYTES
        + (children[child] == null
            ? JsonLinesWriter.bound(column, row)
            : children[child].bound(column, row));
  }

  /** Writes a value that is not null. */
  void write(ColumnVector column, int row) {
    if (type instanceof DataType.Struct) {
      fields(column, row);
    } else if (type instanceof DataType.Map) {
      entries(column, row);
    } else {
      elements(column, row);
    }
  }

  private void fields(ColumnVector struct, int row) {
    char before = '{';
    for (int i = 0; i < children.length; i++) {
      ColumnVector field = struct.child(i);
      if (keepNulls || !JsonLinesWriter.isNull(field, row)) {
        out.put(before);
        out.put(names[i]);
        child(i, field, row);
        before = ',';
      }
    }
    if (before == '{') {
      out.put('{');
    }
    out.put('}');
  }

  private void elements(ColumnVector array, int row) {
    out.put('[');
    int from = array.offset(row);
    for (int i = from; i < array.offset(row + 1); i++) {
      if (i > from) {
        out.put(',');
      }
      child(0, array.child(0), i);
    }
    out.put(']');
  }

  private void entries(ColumnVector map, int row) {
    ColumnVector entry = map.child(0);
    out.put('{');
    int from = map.offset(row);
    for (int i = from; i < map.offset(row + 1); i++) {
      if (i > from) {
        out.put(',');
      }
      out.name(entry.child(0), i);
      child(1, entry.child(1), i);
    }
    out.put('}');
  }

  private void child(int index, ColumnVector column, int row) {
    if (JsonLinesWriter.isNull(column, row)) {
      out.putNull();
    } else if (children[index] == null) {
      out.value(column, row);
    } else {
      children[index].write(column, row);
    }
  }
}
