package io.millrace.vector.hash;

import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/**
 * 64-bit hashes of keys, one per row, for grouping and DISTINCT: equal keys have equal hashes, with
 * NaN equal to NaN, -0.0 to 0.0 and null to null. The values are part of the checkpoint's format:
 * state is placed by them.
 *
 * <p>The mixing function is the finalizer of MurmurHash3 with the constants of David Stafford's
 * variant 13.
 */
public final class KeyHash {
  /** What a key of no columns hashes to, and where every key begins. */
  public static final long SEED = 0x9E3779B97F4A7C15L;

  private static final long NULL = 0x6A09E667F3BCC909L;

  private KeyHash() {}

  /** Writes {@link #SEED} for rows from..to, before the first column is added. */
  public static void start(long hashes, int from, int to) {
    for (int row = from; row < to; row++) {
      Memory.putLong(hashes + 8L * row, SEED);
    }
  }

  /**
   * Adds a column to the hashes of rows from..to.
   *
   * @param hashes address of one 64-bit hash per row
   */
  public static void add(ColumnVector column, int from, int to, long hashes) {
    if (column.mayHaveNulls()) {
      for (int row = from; row < to; row++) {
        add(hashes, row, column.isNull(row) ? NULL : ofRow(column, row));
      }
    } else if (column.type() == DataType.BIGINT || column.type() == DataType.TIMESTAMP) {
      long data = column.data();
      for (int row = from; row < to; row++) {
        add(hashes, row, mix(Memory.getLong(data + 8L * row)));
      }
    } else if (column.type().isVariableWidth()) {
      long data = column.data();
      for (int row = from; row < to; row++) {
        add(hashes, row, ofBytes(data + column.offset(row), column.length(row)));
      }
    } else {
      for (int row = from; row < to; row++) {
        add(hashes, row, ofRow(column, row));
      }
    }
  }

  private static void add(long hashes, int row, long value) {
    long address = hashes + 8L * row;
    Memory.putLong(address, combine(Memory.getLong(address), value));
  }

  /** The hash of one value of a row that is not null. */
  public static long ofRow(ColumnVector column, int row) {
    long data = column.data();
    return switch (column.type()) {
      case DataType.Simple simple ->
          switch (simple) {
            case BOOLEAN -> mix(Bitmap.get(data, row) ? 1 : 0);
            case TINYINT -> mix(Memory.getByte(data + row));
            case SMALLINT -> mix(Memory.getShort(data + 2L * row));
            case INT, DATE -> mix(Memory.getInt(data + 4L * row));
            case BIGINT, TIMESTAMP -> mix(Memory.getLong(data + 8L * row));
            case FLOAT -> mix(bits(Memory.getFloat(data + 4L * row)));
            case DOUBLE -> mix(bits(Memory.getDouble(data + 8L * row)));
            case STRING, BINARY -> ofBytes(data + column.offset(row), column.length(row));
            case VOID -> NULL;
          };
      case DataType.Decimal ignored ->
          combine(mix(Memory.getLong(data + 16L * row)), mix(Memory.getLong(data + 16L * row + 8)));
      case DataType.Array type -> throw nested(type);
      case DataType.Map type -> throw nested(type);
      case DataType.Struct type -> throw nested(type);
    };
  }

  /** One bit pattern for all NaNs and one for both zeros. */
  public static long bits(double value) {
    return Double.doubleToLongBits(value + 0.0);
  }

  /** The hash of a stretch of bytes; reads nothing outside it. */
  public static long ofBytes(long address, int length) {
    long hash = SEED ^ length;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      hash = combine(hash, Memory.getLong(address + i));
    }
    if (i < length) {
      hash = combine(hash, rest(address, length));
    }
    return mix(hash);
  }

  /** The last bytes, fewer than 8, as a number; without a loop where bytes before them help. */
  private static long rest(long address, int length) {
    int size = length & 7;
    if (length >= 8) {
      return Memory.getLong(address + length - 8) >>> 64 - 8 * size;
    }
    if (size >= 4) {
      long last = Memory.getInt(address + size - 4) & 0xFFFFFFFFL;
      return Memory.getInt(address) & 0xFFFFFFFFL | last >>> 64 - 8 * size << 32;
    }
    long rest = 0;
    for (int i = 0; i < size; i++) {
      rest |= (Memory.getByte(address + i) & 0xFFL) << 8 * i;
    }
    return rest;
  }

  private static long combine(long hash, long value) {
    return (Long.rotateLeft(hash, 23) ^ value) * 0xD6E8FEB86659FD93L + SEED;
  }

  /** Spreads the bits of a value over all 64. */
  public static long mix(long value) {
    long h = value;
    h = (h ^ h >>> 30) * 0xBF58476D1CE4E5B9L;
    h = (h ^ h >>> 27) * 0x94D049BB133111EBL;
    return h ^ h >>> 31;
  }

  private static IllegalArgumentException nested(DataType type) {
    return new IllegalArgumentException("assertion: no key has the type " + type.sql());
  }
}
