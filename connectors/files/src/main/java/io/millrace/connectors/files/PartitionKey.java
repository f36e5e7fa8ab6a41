package io.millrace.connectors.files;

import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.util.Arrays;

/** The bytes of a row's partition columns, reused from row to row to look a file up. */
final class PartitionKey {
  private static final int INITIAL_BYTES = 64;
  private static final byte NULL = 0;
  private static final byte VALUE = 1;

  private final int[] columns;
  private byte[] bytes;
  private int length;
  private int hash;

  PartitionKey(int[] columns) {
    this(columns, new byte[INITIAL_BYTES], 0, 0);
  }

  private PartitionKey(int[] columns, byte[] bytes, int length, int hash) {
    this.columns = columns;
    this.bytes = bytes;
    this.length = length;
    this.hash = hash;
  }

  /** A key of its own, to be kept. */
  PartitionKey copy() {
    return new PartitionKey(columns, Arrays.copyOf(bytes, length), length, hash);
  }

  PartitionKey read(Block block, int row) {
    length = 0;
    for (int index : columns) {
      add(block.column(index), row);
    }
    int newHash = 1;
    for (int i = 0; i < length; i++) {
      newHash = 31 * newHash + bytes[i];
    }
    hash = newHash;
    return this;
  }

  private void add(ColumnVector column, int row) {
    if (column.mayHaveNulls() && column.isNull(row)) {
      reserve(1)[length++] = NULL;
      return;
    }
    reserve(1)[length++] = VALUE;
    if (column.type().isVariableWidth()) {
      int size = column.length(row);
      reserve(size + Integer.BYTES);
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        bytes[length++] = (byte) (size >> shift);
      }
      Memory.copy(column.data() + column.offset(row), bytes, length, size);
      length += size;
    } else {
      int width = ColumnVector.width(column.type());
      if (width == 0) {
        reserve(1)[length++] = (byte) (Memory.getByte(column.data() + (row >> 3)) >> (row & 7) & 1);
      } else {
        Memory.copy(column.data() + (long) row * width, reserve(width), length, width);
        length += width;
      }
    }
  }

  private byte[] reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PartitionKey key
        && Arrays.equals(bytes, 0, length, key.bytes, 0, key.length);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
