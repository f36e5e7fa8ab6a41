package io.millrace.vector.hash;

import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.math.BigDecimal;

/**
 * The SQL function {@code hash}, with Spark's values: 32-bit MurmurHash3 (Austin Appleby) with seed
 * 42, each column's hash the next one's seed, nulls passed over, and the last one to three bytes of
 * a text mixed in one by one.
 */
public final class SparkHash {
  private static final int SEED = 42;

  private SparkHash() {}

  /** Writes the seed for rows from..to, before the first column is added. */
  public static void start(long hashes, int from, int to) {
    for (int row = from; row < to; row++) {
      Memory.putInt(hashes + 4L * row, SEED);
    }
  }

  /** Adds a column to the hashes of rows from..to, one INT per row. */
  public static void add(ColumnVector column, int from, int to, long hashes) {
    for (int row = from; row < to; row++) {
      if (!column.isNull(row)) {
        long address = hashes + 4L * row;
        Memory.putInt(address, ofRow(column, row, Memory.getInt(address)));
      }
    }
  }

  private static int ofRow(ColumnVector column, int row, int seed) {
    long data = column.data();
    return switch (column.type()) {
      case DataType.Simple simple ->
          switch (simple) {
            case BOOLEAN -> ofInt(Bitmap.get(data, row) ? 1 : 0, seed);
            case TINYINT -> ofInt(Memory.getByte(data + row), seed);
            case SMALLINT -> ofInt(Memory.getShort(data + 2L * row), seed);
            case INT, DATE -> ofInt(Memory.getInt(data + 4L * row), seed);
            case BIGINT, TIMESTAMP -> ofLong(Memory.getLong(data + 8L * row), seed);
            case FLOAT ->
                ofInt(Float.floatToIntBits(Memory.getFloat(data + 4L * row) + 0.0f), seed);
            case DOUBLE -> ofLong(KeyHash.bits(Memory.getDouble(data + 8L * row)), seed);
            case STRING, BINARY -> ofBytes(data + column.offset(row), column.length(row), seed);
            case VOID -> seed;
          };
      case DataType.Decimal decimal ->
          decimal.precision() <= 18
              ? ofLong(Memory.getLong(data + 16L * row), seed)
              : ofBytes(Cell.getDecimal(data + 16L * row, decimal.scale()), seed);
      case DataType.Array type -> throw new IllegalArgumentException(type.sql());
      case DataType.Map type -> throw new IllegalArgumentException(type.sql());
      case DataType.Struct type -> throw new IllegalArgumentException(type.sql());
    };
  }

  private static int ofInt(int value, int seed) {
    return finish(step(seed, value), 4);
  }

  private static int ofLong(long value, int seed) {
    return finish(step(step(seed, (int) value), (int) (value >>> 32)), 8);
  }

  private static int ofBytes(long address, int length, int seed) {
    int hash = seed;
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      hash = step(hash, Memory.getInt(address + i));
    }
    for (; i < length; i++) {
      hash = step(hash, Memory.getByte(address + i));
    }
    return finish(hash, length);
  }

  /** Wide decimals hash by their shortest big-endian two's complement. */
  private static int ofBytes(BigDecimal value, int seed) {
    byte[] bytes = value.unscaledValue().toByteArray();
    int hash = seed;
    int i = 0;
    for (; i + 4 <= bytes.length; i += 4) {
      hash =
          step(
              hash,
              bytes[i] & 0xFF
                  | (bytes[i + 1] & 0xFF) << 8
                  | (bytes[i + 2] & 0xFF) << 16
                  | bytes[i + 3] << 24);
    }
    for (; i < bytes.length; i++) {
      hash = step(hash, bytes[i]);
    }
    return finish(hash, bytes.length);
  }

  private static int step(int hash, int value) {
    int mixed = Integer.rotateLeft(value * 0xCC9E2D51, 15) * 0x1B873593;
    return Integer.rotateLeft(hash ^ mixed, 13) * 5 + 0xE6546B64;
  }

  private static int finish(int hash, int length) {
    int h = hash ^ length;
    h = (h ^ h >>> 16) * 0x85EBCA6B;
    h = (h ^ h >>> 13) * 0xC2B2AE35;
    return h ^ h >>> 16;
  }
}
