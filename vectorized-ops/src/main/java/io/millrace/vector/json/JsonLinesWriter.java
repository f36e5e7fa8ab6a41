package io.millrace.vector.json;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.text.NumberFormatter;
import io.millrace.vector.time.TimestampFormatter;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * Writes rows as JSON, one object and a newline each, as {@link JsonLinesDecoder} reads them: NaN
 * and infinities as texts, DECIMAL plainly, TIMESTAMP in ISO-8601 UTC, BINARY as Base64, STRUCT and
 * MAP as objects. Nulls are left out unless asked for, but stay in arrays and maps. Without
 * allocation per row; for one thread.
 */
public final class JsonLinesWriter {
  /** Room for any value of fixed width, its quotes, a separator and the line's end. */
  private static final int FIXED_BYTES = 64;

  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private final int[] columns;
  private final boolean keepNulls;

  /** Per column its name as JSON text with the colon. */
  private final byte[][] names;

  /** Per column how its nested values are written; null for a flat one. */
  private final NestedJson[] nested;

  /** Where the next byte goes. */
  private long out;

  public JsonLinesWriter(Schema schema, boolean keepNulls) {
    this(schema, IntStream.range(0, schema.size()).toArray(), keepNulls);
  }

  /**
   * @param schema of the blocks
   * @param columns indexes of those that are written, in that order
   */
  public JsonLinesWriter(Schema schema, int[] columns, boolean keepNulls) {
    this.columns = columns.clone();
    this.keepNulls = keepNulls;
    names = new byte[columns.length][];
    nested = new NestedJson[columns.length];
    for (int i = 0; i < names.length; i++) {
      Field field = schema.field(columns[i]);
      names[i] = quotedName(field.name());
      nested[i] = field.type().isFlat() ? null : new NestedJson(this, field.type(), keepNulls);
    }
  }

  static byte[] quotedName(String name) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(
          c < ' ' ? "\\u00" + (char) ('0' + (c >> 4)) + "0123456789abcdef".charAt(c & 15) : c);
    }
    return text.append("\":").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Appends rows {@code from} (inclusive) to {@code to} (exclusive), behind what is there. */
  public void write(Block block, int from, int to, ByteBlock into) {
    for (int row = from; row < to; row++) {
      into.reserve(into.length() + bound(block, row));
      long start = into.address() + into.length();
      out = start;
      row(block, row);
      into.length(into.length() + (int) (out - start));
    }
  }

  /** At least as many bytes as the row can take. */
  private long bound(Block block, int row) {
    long bytes = FIXED_BYTES;
    for (int i = 0; i < names.length; i++) {
      ColumnVector column = block.column(columns[i]);
      bytes += names[i].length;
      bytes += nested[i] == null ? bound(column, row) : nested[i].bound(column, row);
    }
    return bytes;
  }

  /** At least as many bytes as a flat value and what separates it can take. */
  static long bound(ColumnVector column, int row) {
    return column.type().isVariableWidth() && !isNull(column, row)
        ? FIXED_BYTES + JsonText.bound(column.data() + column.offset(row), column.length(row))
        : FIXED_BYTES;
  }

  static boolean isNull(ColumnVector column, int row) {
    return column.mayHaveNulls() && column.isNull(row);
  }

  private void row(Block block, int row) {
    long first = out;
    for (int i = 0; i < names.length; i++) {
      ColumnVector column = block.column(columns[i]);
      boolean isNull = isNull(column, row);
      if (isNull && !keepNulls) {
        continue;
      }
      put(out == first ? '{' : ',');
      put(names[i]);
      if (isNull) {
        putNull();
      } else if (nested[i] == null) {
        value(column, row);
      } else {
        nested[i].write(column, row);
      }
    }
    if (out == first) {
      put('{');
    }
    put('}');
    put('\n');
  }

  /** Writes a flat value that is not null. */
  void value(ColumnVector column, int row) {
    long data = column.data();
    // One instanceof and a switch on an enum: patterns on types cost a call per value.
    if (column.type() instanceof DataType.Decimal decimal) {
      long low = Memory.getLong(data + 16L * row);
      long high = Memory.getLong(data + 16L * row + 8);
      out += NumberFormatter.formatDecimal(low, high, decimal.scale(), out);
      return;
    }
    switch ((DataType.Simple) column.type()) {
      case BOOLEAN -> put((Memory.getByte(data + (row >> 3)) >> (row & 7) & 1) != 0 ? TRUE : FALSE);
      case TINYINT -> out += NumberFormatter.formatLong(Memory.getByte(data + row), out);
      case SMALLINT -> out += NumberFormatter.formatLong(Memory.getShort(data + 2L * row), out);
      case INT -> out += NumberFormatter.formatLong(Memory.getInt(data + 4L * row), out);
      case BIGINT -> out += NumberFormatter.formatLong(Memory.getLong(data + 8L * row), out);
      case FLOAT -> floating(Memory.getFloat(data + 4L * row));
      case DOUBLE -> floating(Memory.getDouble(data + 8L * row));
      case STRING -> {
        put('"');
        out = JsonText.escape(data + column.offset(row), column.length(row), out);
        put('"');
      }
      case BINARY -> {
        put('"');
        out += Base64Text.encode(data + column.offset(row), column.length(row), out);
        put('"');
      }
      case DATE -> {
        put('"');
        out += TimestampFormatter.formatDate(Memory.getInt(data + 4L * row), out);
        put('"');
      }
      case TIMESTAMP -> {
        put('"');
        out += TimestampFormatter.formatIso(Memory.getLong(data + 8L * row), out);
        put('"');
      }
      case VOID -> put(NULL);
    }
  }

  /** Writes a flat value as the name of an object's member, with the colon. */
  void name(ColumnVector column, int row) {
    long start = out;
    value(column, row);
    if (Memory.getByte(start) != '"') {
      out = start;
      put('"');
      value(column, row);
      put('"');
    }
    put(':');
  }

  void putNull() {
    put(NULL);
  }

  private void floating(float value) {
    if (Float.isFinite(value)) {
      out += NumberFormatter.formatFloat(value, out);
    } else {
      floating((double) value);
    }
  }

  private void floating(double value) {
    boolean quoted = !Double.isFinite(value);
    if (quoted) {
      put('"');
    }
    out += NumberFormatter.formatDouble(value, out);
    if (quoted) {
      put('"');
    }
  }

  void put(char c) {
    Memory.putByte(out++, (byte) c);
  }

  void put(byte[] bytes) {
    Memory.copy(bytes, 0, out, bytes.length);
    out += bytes.length;
  }
}
