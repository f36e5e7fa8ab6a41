package io.millrace.vector.column;

import io.millrace.types.DataType;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A STRUCT column without nulls whose fields are other columns, shown and not copied: what {@code
 * struct(a, b)} gives. It owns nothing but validity bits.
 */
public final class StructView implements AutoCloseable {
  private final ByteBlock validity;
  private final ColumnVector column;

  /**
   * @param rowCapacity of the columns that will be shown
   */
  public StructView(BufferAllocator allocator, DataType.Struct type, int rowCapacity) {
    int words = rowCapacity + 63 >> 6;
    validity = new ByteBlock(allocator, words * Long.BYTES);
    column = new ColumnVector(type, words << 6, validity.address());
    column.setAllValid(words << 6);
  }

  /** Lets a field show a borrowed column. */
  public void show(int field, ColumnVector shown) {
    column.showField(field, shown);
  }

  /** The struct, good for as long as the columns that it shows; it cannot be written. */
  public ColumnVector column() {
    return column;
  }

  @Override
  public void close() {
    validity.close();
  }
}
