package io.millrace.benchmarks.data;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Rows of a random key, BIGINT or a STRING of 12 bytes, and a BIGINT from 0 to 1000 (exclusive).
 */
public final class KeyedValues implements AutoCloseable {
  private static final long SEED = 11;

  /** How many keys there are, and what all rows together come to. */
  public record Totals(long groups, long count, long sum, long min, long max) {
    /** The totals after that many passes over the same rows. */
    public Totals times(long passes) {
      return new Totals(groups, count * passes, sum * passes, min, max);
    }
  }

  private final Block block;
  private final Totals totals;

  public KeyedValues(BufferAllocator allocator, DataType keyType, int keyCount, int rows) {
    SplittableRandom random = new SplittableRandom(SEED);
    block =
        Block.allocate(
            allocator,
            new Schema(
                List.of(
                    new Field("key", keyType, false), new Field("value", DataType.BIGINT, false))),
            rows);
    BitSet seen = new BitSet(keyCount);
    long sum = 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int row = 0; row < rows; row++) {
      int key = random.nextInt(keyCount);
      long value = random.nextLong(1000);
      seen.set(key);
      Cell.put(block.column(0), row, keyType == DataType.STRING ? text(key) : (Object) (long) key);
      Cell.put(block.column(1), row, value);
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    for (int i = 0; i < block.columnCount(); i++) {
      block.column(i).setAllValid(rows);
    }
    block.rowCount(rows);
    totals = new Totals(seen.cardinality(), rows, sum, min, max);
  }

  private static String text(int key) {
    return "dev-" + (10_000_000 + key);
  }

  public Block block() {
    return block;
  }

  public ColumnVector keys() {
    return block.column(0);
  }

  /** A row's key, if it is a BIGINT. */
  public long longKey(int row) {
    return Memory.getLong(keys().data() + 8L * row);
  }

  public long value(int row) {
    return Memory.getLong(block.column(1).data() + 8L * row);
  }

  public Totals totals() {
    return totals;
  }

  @Override
  public void close() {
    block.close();
  }
}
