package io.millrace.benchmarks.data;

import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;

/** Columns a, b, c of DOUBLEs, uniform from 0 to 1 (exclusive), some of them null. */
public final class Numbers implements AutoCloseable {
  public static final Schema SCHEMA = Schema.parse("a DOUBLE, b DOUBLE, c DOUBLE");

  private static final long SEED = 7;

  private final Block block;

  /**
   * @param nullPercent of each column
   */
  public Numbers(BufferAllocator allocator, int rows, int nullPercent) {
    SplittableRandom random = new SplittableRandom(SEED);
    block = Block.allocate(allocator, SCHEMA, rows);
    for (int i = 0; i < block.columnCount(); i++) {
      ColumnVector column = block.column(i);
      column.setAllValid(rows);
      for (int row = 0; row < rows; row++) {
        Memory.putDouble(column.data() + 8L * row, random.nextDouble());
        if (random.nextInt(100) < nullPercent) {
          column.setNull(row);
        }
      }
    }
    block.rowCount(rows);
  }

  public Block block() {
    return block;
  }

  public boolean isNull(int column, int row) {
    return block.column(column).isNull(row);
  }

  public double get(int column, int row) {
    return Memory.getDouble(block.column(column).data() + 8L * row);
  }

  /** How many rows of column a are above a constant; nulls are not. */
  public long countAbove(double constant) {
    long count = 0;
    for (int row = 0; row < block.rowCount(); row++) {
      if (!isNull(0, row) && get(0, row) > constant) {
        count++;
      }
    }
    return count;
  }

  @Override
  public void close() {
    block.close();
  }
}
