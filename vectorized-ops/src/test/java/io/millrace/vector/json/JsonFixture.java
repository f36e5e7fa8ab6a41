package io.millrace.vector.json;

import io.millrace.types.DataType;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Decodes texts into rows of Java objects; closing it proves that no byte is left. */
final class JsonFixture implements AutoCloseable {
  private final BufferAllocator allocator = new RootAllocator();
  private final ByteBlock bytes = new ByteBlock(allocator, 1024);
  private final Schema schema;
  private final int[] needed;
  private JsonOptions options = JsonOptions.DEFAULT;
  private boolean useLayout = true;
  private int blockRows = 1024;

  /** Per reject its raw text and reason, from the last {@link #decode}. */
  final List<String> rejects = new ArrayList<>();

  JsonLinesDecoder decoder;

  JsonFixture(String ddl) {
    this(ddl, IntStream.range(0, Schema.parse(ddl).size()).toArray());
  }

  JsonFixture(String ddl, int... needed) {
    schema = Schema.parse(ddl);
    this.needed = needed;
  }

  JsonFixture mode(JsonMode mode) {
    options = options.withMode(mode);
    return this;
  }

  JsonFixture layout(boolean use) {
    useLayout = use;
    return this;
  }

  JsonFixture blockRows(int rows) {
    blockRows = rows;
    return this;
  }

  List<List<Object>> decode(String text) {
    return decode(text.getBytes(StandardCharsets.UTF_8));
  }

  List<List<Object>> decode(byte[] text) {
    return decode(text, new int[] {text.length});
  }

  /** Decodes the text in pieces that end at those offsets. */
  List<List<Object>> decode(byte[] text, int[] ends) {
    decoder = new JsonLinesDecoder(schema, needed, options, useLayout);
    decoder.startFile();
    rejects.clear();
    List<List<Object>> rows = new ArrayList<>();
    try (Block block = Block.allocate(allocator, schema.select(needed), blockRows)) {
      int from = 0;
      for (int end : ends) {
        rows.addAll(piece(Arrays.copyOfRange(text, from, end), block));
        from = end;
      }
    }
    return rows;
  }

  private List<List<Object>> piece(byte[] text, Block block) {
    List<List<Object>> rows = new ArrayList<>();
    bytes.length(0);
    bytes.reserve(text.length);
    long address = bytes.address();
    Memory.copy(text, 0, address, text.length);
    // What stands behind the end must not matter: continue as a good line would.
    byte[] behind =
        "\"1}]0,5.5\"}\n{\"a\":1}\n{\"a\": \"xx\"}\n0123456789".getBytes(StandardCharsets.US_ASCII);
    Memory.copy(behind, 0, address + text.length, behind.length);
    int at = 0;
    while (at < text.length) {
      int before = at;
      if (block.rowCount() == block.rowCapacity()) {
        block.clear();
      }
      int start = block.rowCount();
      at =
          decoder.decode(
              address,
              at,
              text.length,
              block,
              (line, length, reason) -> rejects.add(raw(line, length) + " -> " + reason));
      if (at == before) {
        throw new AssertionError("no progress at " + at);
      }
      for (int row = start; row < block.rowCount(); row++) {
        rows.add(row(block, row));
      }
    }
    return rows;
  }

  private static String raw(long address, int length) {
    byte[] line = new byte[length];
    Memory.copy(address, line, 0, length);
    return new String(line, StandardCharsets.UTF_8);
  }

  String write(List<String> lines, boolean keepNulls) {
    decode(String.join("\n", lines));
    try (Block block = Block.allocate(allocator, schema, lines.size());
        ByteBlock out = new ByteBlock(allocator, 16)) {
      decoder.decode(
          bytes.address(),
          0,
          String.join("\n", lines).getBytes(StandardCharsets.UTF_8).length,
          block,
          JsonRejects.IGNORE);
      new JsonLinesWriter(schema, keepNulls).write(block, 0, block.rowCount(), out);
      return raw(out.address(), out.length());
    }
  }

  static List<Object> row(Block block, int row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < block.columnCount(); i++) {
      ColumnVector column = block.column(i);
      values.add(column.mayHaveNulls() && column.isNull(row) ? null : value(column, row));
    }
    return values;
  }

  private static Object value(ColumnVector column, int row) {
    long data = column.data();
    if (column.type() instanceof DataType.Decimal decimal) {
      BigInteger low = new BigInteger(Long.toUnsignedString(Memory.getLong(data + 16L * row)));
      BigInteger high = BigInteger.valueOf(Memory.getLong(data + 16L * row + 8)).shiftLeft(64);
      return new BigDecimal(high.add(low), decimal.scale());
    }
    return switch ((DataType.Simple) column.type()) {
      case BOOLEAN -> (Memory.getByte(data + (row >> 3)) >> (row & 7) & 1) != 0;
      case TINYINT -> Memory.getByte(data + row);
      case SMALLINT -> Memory.getShort(data + 2L * row);
      case INT -> Memory.getInt(data + 4L * row);
      case BIGINT -> Memory.getLong(data + 8L * row);
      case FLOAT -> Memory.getFloat(data + 4L * row);
      case DOUBLE -> Memory.getDouble(data + 8L * row);
      case STRING -> column.getString(row);
      case BINARY -> HexFormat.of().formatHex(column.getBinary(row));
      case DATE -> LocalDate.ofEpochDay(Memory.getInt(data + 4L * row));
      case TIMESTAMP -> Instant.EPOCH.plus(Memory.getLong(data + 8L * row), ChronoUnit.MICROS);
      case VOID -> null;
    };
  }

  @Override
  public void close() {
    bytes.close();
    allocator.close();
  }
}
