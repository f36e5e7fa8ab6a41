package io.millrace.vector.column;

import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;

/**
 * One column of a {@link Block} as raw addresses over an Arrow vector.
 *
 * <p>Layout, Arrow's own: a validity bitmap (bit 1 = not null, least significant bit first) that is
 * always allocated; fixed-width values of 1, 2, 4, 8 or 16 bytes, BOOLEAN as a second bitmap; for
 * STRING and BINARY {@code rows + 1} 32-bit offsets and the bytes. Bitmaps may be read and written
 * in whole 64-bit words up to the capacity.
 *
 * <p>Nested types have children instead of values. A STRUCT has one per field, row by row beside
 * it; a field's value under a null struct is undefined. An ARRAY has {@code rows + 1} 32-bit
 * offsets into one child, its elements, of which there is room for {@link #reserveElements}; a MAP
 * is an ARRAY of STRUCT with the fields key and value.
 *
 * <p>Who writes a column keeps {@link #mayHaveNulls} honest: false promises that every row is valid
 * and that every validity bit is set. Values under a null are undefined, offsets never are.
 */
public final class ColumnVector {
  private static final long MAX_DATA_BYTES = Integer.MAX_VALUE - 8L;

  /** What Arrow can double to. */
  private static final int MAX_ELEMENTS = 1 << 30;

  private final DataType type;

  /** Null for a view, which has no memory of its own. */
  private final FieldVector vector;

  private final ColumnVector[] children;
  private int rowCapacity;
  private long validity;
  private long data;
  private long offsets;
  private long dataCapacity;
  private boolean mayHaveNulls;

  ColumnVector(DataType type, FieldVector vector, int rowCapacity) {
    this.type = type;
    this.vector = vector;
    this.rowCapacity = rowCapacity;
    this.children = ArrowVectors.children(type, vector, rowCapacity);
    readAddresses();
  }

  /** A view: the caller sets validity, values and children. */
  ColumnVector(DataType type, int rowCapacity, long validity) {
    this.type = type;
    this.vector = null;
    this.rowCapacity = rowCapacity;
    this.validity = validity;
    this.children = new ColumnVector[ArrowVectors.childCount(type)];
  }

  private void readAddresses() {
    validity = vector.getValidityBuffer().memoryAddress();
    if (type.isFlat()) {
      ArrowBuf dataBuffer = vector.getDataBuffer();
      data = dataBuffer.memoryAddress();
      dataCapacity = dataBuffer.capacity();
    }
    offsets = type.hasOffsets() ? vector.getOffsetBuffer().memoryAddress() : 0;
  }

  /** As Arrow data of somebody else, to be read. */
  static ColumnVector borrow(DataType type, FieldVector vector, int rowCount) {
    ColumnVector column = new ColumnVector(type, vector, rowCount);
    column.findNulls();
    return column;
  }

  private void findNulls() {
    mayHaveNulls = vector.getNullCount() > 0;
    for (ColumnVector child : children) {
      child.findNulls();
    }
  }

  /** Lets a view show another column's values under its own validity. */
  void showValues(ColumnVector of) {
    data = of.data;
    dataCapacity = of.dataCapacity;
    offsets = of.offsets;
    System.arraycopy(of.children, 0, children, 0, children.length);
  }

  /** Lets a view of a STRUCT show a column as one of its fields. */
  void showField(int index, ColumnVector field) {
    children[index] = field;
  }

  public DataType type() {
    return type;
  }

  /** How many rows fit; a multiple of 64. It grows in what hangs below an ARRAY or a MAP. */
  public int rowCapacity() {
    return rowCapacity;
  }

  /** How many children there are: a STRUCT's fields, one for ARRAY and MAP, none for flat types. */
  public int childCount() {
    return children.length;
  }

  /** A STRUCT's field; the elements of an ARRAY or the entries of a MAP, with index 0. */
  public ColumnVector child(int index) {
    return children[index];
  }

  /** Address of the validity bitmap. */
  public long validity() {
    return validity;
  }

  /**
   * Address of the values: fixed-width values, a bitmap for BOOLEAN, bytes for STRING and BINARY; 0
   * for nested types.
   */
  public long data() {
    return data;
  }

  /** Address of the 32-bit offsets of STRING, BINARY, ARRAY and MAP, else 0. */
  public long offsets() {
    return offsets;
  }

  /** How many bytes fit into {@link #data()}. */
  public long dataCapacity() {
    return dataCapacity;
  }

  public boolean mayHaveNulls() {
    return mayHaveNulls;
  }

  public void mayHaveNulls(boolean value) {
    mayHaveNulls = value;
  }

  public boolean isNull(int row) {
    return (Memory.getByte(validity + (row >> 3)) >> (row & 7) & 1) == 0;
  }

  /** Sets a row's validity bit. The caller keeps {@link #mayHaveNulls}. */
  public void setValid(int row) {
    long address = validity + (row >> 3);
    Memory.putByte(address, (byte) (Memory.getByte(address) | 1 << (row & 7)));
  }

  /** Makes a row null, except for its offset, and notes that the column has nulls. */
  public void setNull(int row) {
    long address = validity + (row >> 3);
    Memory.putByte(address, (byte) (Memory.getByte(address) & ~(1 << (row & 7))));
    mayHaveNulls = true;
  }

  /** Writes a null behind the row before it: its validity bit, and offsets down to the leaves. */
  public void putNull(int row) {
    setNull(row);
    if (offsets != 0) {
      offset(row + 1, offset(row));
    } else {
      for (ColumnVector field : children) {
        field.putNull(row);
      }
    }
  }

  /**
   * Marks rows 0 to {@code rowCount} valid, in whole words, and says so in {@link #mayHaveNulls}.
   */
  public void setAllValid(int rowCount) {
    Memory.fill(validity, (rowCount + 63L >> 6) << 3, (byte) 0xFF);
    mayHaveNulls = false;
  }

  /**
   * Start of a variable-width row in {@link #data()}, or of an ARRAY's or MAP's in its child; with
   * {@code row == rowCount} the end of the last one.
   */
  public int offset(int row) {
    return Memory.getInt(offsets + 4L * row);
  }

  public void offset(int row, int value) {
    Memory.putInt(offsets + 4L * row, value);
  }

  public int length(int row) {
    return offset(row + 1) - offset(row);
  }

  /**
   * Makes room for that many bytes in total, keeping those that are there. Addresses may change, so
   * read them again after it.
   *
   * @throws MillraceException if one batch's column would grow past 2 GiB, or beyond the memory
   *     there is
   */
  public void reserveData(long bytes) {
    if (bytes <= dataCapacity) {
      return;
    }
    if (bytes > MAX_DATA_BYTES) {
      throw new MillraceException(
          ErrorCode.DATA,
          "column "
              + vector.getName()
              + ": "
              + bytes
              + " bytes in one batch, at most "
              + MAX_DATA_BYTES
              + " fit");
    }
    long wanted = Math.min(MAX_DATA_BYTES, Math.max(bytes, 2 * dataCapacity));
    OffHeap.take(
        vector.getAllocator(),
        () -> {
          ((BaseVariableWidthVector) vector).reallocDataBuffer(wanted);
          return vector;
        });
    readAddresses();
  }

  /**
   * Makes room for that many elements of an ARRAY or entries of a MAP in total, keeping those that
   * are there. Addresses of what hangs below may change, so read them again after it.
   *
   * @throws MillraceException if one batch's column would have too many, or beyond the memory there
   *     is; what is there stays as it is
   */
  public void reserveElements(long count) {
    ColumnVector elements = children[0];
    if (count <= elements.rowCapacity) {
      return;
    }
    if (count > MAX_ELEMENTS) {
      throw new MillraceException(
          ErrorCode.DATA,
          "column "
              + vector.getName()
              + ": "
              + count
              + " elements in one batch, at most "
              + MAX_ELEMENTS
              + " fit");
    }
    try {
      OffHeap.take(vector.getAllocator(), () -> ArrowVectors.grow(elements.vector, (int) count));
    } finally {
      // Some of several buffers may have moved even if there was not enough memory for all.
      elements.moved(ArrowVectors.wholeWords(elements.vector));
    }
  }

  private void moved(int rows) {
    rowCapacity = rows;
    readAddresses();
    for (ColumnVector child : children) {
      child.moved(type instanceof DataType.Struct ? rows : ArrowVectors.wholeWords(child.vector));
    }
  }

  /** A STRING row as a Java string; allocates. */
  public String getString(int row) {
    return new String(getBinary(row), StandardCharsets.UTF_8);
  }

  /** A STRING or BINARY row's bytes; allocates. */
  public byte[] getBinary(int row) {
    byte[] bytes = new byte[length(row)];
    Memory.copy(data + offset(row), bytes, 0, bytes.length);
    return bytes;
  }

  /** The Arrow vector over the same memory, its value count set; for readers that speak Arrow. */
  FieldVector arrow(int rowCount) {
    for (ColumnVector child : children) {
      boolean beside = type instanceof DataType.Struct;
      child.arrow(beside || rowCount == 0 ? rowCount : offset(rowCount));
    }
    switch (vector) {
      case BaseVariableWidthVector variable -> variable.setLastSet(rowCount - 1);
      case ListVector list -> list.setLastSet(rowCount - 1);
      default -> {}
    }
    vector.setValueCount(rowCount);
    return vector;
  }

  /** Null for a view. */
  FieldVector vector() {
    return vector;
  }

  /** Bytes held off-heap; none by a view. */
  long memoryBytes() {
    if (vector == null) {
      return 0;
    }
    long bytes = vector.getValidityBuffer().capacity() + dataCapacity;
    if (offsets != 0) {
      bytes += vector.getOffsetBuffer().capacity();
    }
    for (ColumnVector child : children) {
      bytes += child.memoryBytes();
    }
    return bytes;
  }

  /** Bytes per value of a fixed-width type; 0 for BOOLEAN, variable-width and nested ones. */
  public static int width(DataType type) {
    return switch (type) {
      case DataType.Simple simple ->
          switch (simple) {
            case TINYINT -> 1;
            case SMALLINT -> 2;
            case INT, FLOAT, DATE -> 4;
            case BIGINT, DOUBLE, TIMESTAMP -> 8;
            case BOOLEAN, STRING, BINARY, VOID -> 0;
          };
      case DataType.Decimal ignored -> 16;
      case DataType.Array ignored -> 0;
      case DataType.Map ignored -> 0;
      case DataType.Struct ignored -> 0;
    };
  }
}
