package io.millrace.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.DataType;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Columns for the test of one kernel, and the shapes in which a kernel is asked: all rows, parts
 * that begin and end inside a word, masks. Closing it proves that no byte is left.
 */
public final class KernelColumns implements AutoCloseable {
  /** Computes a result for the rows of a selection. */
  @FunctionalInterface
  public interface Kernel {
    void compute(RowSelection rows, ColumnVector out);
  }

  private final BufferAllocator allocator = new RootAllocator();
  private final List<AutoCloseable> owned = new ArrayList<>();

  public BufferAllocator allocator() {
    return allocator;
  }

  /** A column of values as {@link Cell} takes them; null is null. */
  public ColumnVector column(DataType type, List<?> values) {
    Block block = Block.ofOne(allocator, type, Math.max(64, values.size()));
    owned.add(block);
    ColumnVector column = block.column(0);
    column.setAllValid(column.rowCapacity());
    for (int row = 0; row < values.size(); row++) {
      Cell.put(column, row, values.get(row));
    }
    return column;
  }

  /** A column with the same value in every row. */
  public ColumnVector repeat(DataType type, Object value, int rows) {
    return column(type, java.util.Collections.nCopies(rows, value));
  }

  /** An empty column to write to, all rows valid. */
  public ColumnVector result(DataType type, int rows) {
    Block block = Block.ofOne(allocator, type, Math.max(64, rows));
    owned.add(block);
    block.column(0).setAllValid(block.rowCapacity());
    return block.column(0);
  }

  /** A mask of random rows, each with that probability. */
  public long mask(Random random, double share, int rows) {
    ByteBlock bits = new ByteBlock(allocator, (rows + 64) / 8 + 8);
    owned.add(bits);
    Memory.fill(bits.address(), bits.capacity(), (byte) 0);
    for (int row = 0; row < rows; row++) {
      if (random.nextDouble() < share) {
        long address = bits.address() + (row >> 3);
        Memory.putByte(address, (byte) (Memory.getByte(address) | 1 << (row & 7)));
      }
    }
    return bits.address();
  }

  /** Compares every selected row of the kernel's result, in every shape. */
  public void check(
      DataType type, int rows, Random random, Kernel kernel, IntFunction<Object> expected) {
    ColumnVector out = result(type, rows);
    for (double share : new double[] {2, 0.5, 0}) {
      long mask = share > 1 ? RowSelection.ALL : mask(random, share, rows);
      for (int from : new int[] {0, 1, 63, 64, rows / 2}) {
        for (int to : new int[] {rows, rows - 1, rows / 2 + 1, 65}) {
          if (from <= to && to <= rows) {
            RowSelection selection = new RowSelection().set(from, to, mask);
            kernel.compute(selection, out);
            for (int row = from; row < to; row++) {
              if (selection.includes(row)) {
                assertThat(Cell.get(out, row)).as("row %d", row).isEqualTo(expected.apply(row));
              } else if (type.isVariableWidth()) {
                assertThat(out.length(row)).isZero();
              }
            }
          }
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      for (AutoCloseable each : owned) {
        each.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    allocator.close();
  }
}
