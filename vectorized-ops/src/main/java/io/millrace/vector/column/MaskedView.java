package io.millrace.vector.column;

import io.millrace.types.DataType;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A column that shows another one's values, null also where its validity bits say so: a field of a
 * struct that may be null. It owns these bits and nothing else.
 */
public final class MaskedView implements AutoCloseable {
  private final ByteBlock validity;
  private final ColumnVector column;

  /**
   * @param rowCapacity of the columns that will be shown
   */
  public MaskedView(BufferAllocator allocator, DataType type, int rowCapacity) {
    int words = rowCapacity + 63 >> 6;
    validity = new ByteBlock(allocator, words * Long.BYTES);
    column = new ColumnVector(type, words << 6, validity.address());
    column.mayHaveNulls(true);
  }

  /** Lets it show a borrowed column's values; the caller writes {@link #column}'s validity. */
  public void show(ColumnVector shown) {
    column.showValues(shown);
  }

  /** The column, good for as long as what it shows; it cannot be written. */
  public ColumnVector column() {
    return column;
  }

  @Override
  public void close() {
    validity.close();
  }
}
