package io.millrace.vector.column;

import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/**
 * One column of a {@link Block} as raw addresses over an Arrow vector.
 *
 * <p>Layout, Arrow's own: a validity bitmap (bit 1 = not null, least significant bit first) that is
 * always allocated; fixed-width values of 1, 2, 4, 8 or 16 bytes, BOOLEAN as a second bitmap; for
 * STRING and BINARY {@code rows + 1} 32-bit offsets and the bytes. Bitmaps may be read and written
 * in whole 64-bit words up to the capacity.
 *
 * <p>Who writes a column keeps {@link #mayHaveNulls} honest: false promises that every row is valid
 * and that every validity bit is set. Values under a null are undefined, offsets never are.
 */
public final class ColumnVector {
  private static final long MAX_DATA_BYTES = Integer.MAX_VALUE - 8L;

  private final DataType type;
  private final FieldVector vector;
  private final int rowCapacity;
  private long validity;
  private long data;
  private long offsets;
  private long dataCapacity;
  private boolean mayHaveNulls;

  ColumnVector(DataType type, FieldVector vector, int rowCapacity) {
    this.type = type;
    this.vector = vector;
    this.rowCapacity = rowCapacity;
    readAddresses();
  }

  private void readAddresses() {
    validity = vector.getValidityBuffer().memoryAddress();
    ArrowBuf dataBuffer = vector.getDataBuffer();
    data = dataBuffer.memoryAddress();
    dataCapacity = dataBuffer.capacity();
    offsets = type.isVariableWidth() ? vector.getOffsetBuffer().memoryAddress() : 0;
  }

  public DataType type() {
    return type;
  }

  /** How many rows fit; a multiple of 64. */
  public int rowCapacity() {
    return rowCapacity;
  }

  /** Address of the validity bitmap. */
  public long validity() {
    return validity;
  }

  /**
   * Address of the values: fixed-width values, a bitmap for BOOLEAN, bytes for STRING and BINARY.
   */
  public long data() {
    return data;
  }

  /** Address of the 32-bit offsets of STRING and BINARY, else 0. */
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

  /**
   * Marks rows 0 to {@code rowCount} valid, in whole words, and says so in {@link #mayHaveNulls}.
   */
  public void setAllValid(int rowCount) {
    Memory.fill(validity, (rowCount + 63L >> 6) << 3, (byte) 0xFF);
    mayHaveNulls = false;
  }

  /**
   * Start of a variable-width row in {@link #data()}; with {@code row == rowCount} the end of the
   * last one.
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
    if (vector instanceof BaseVariableWidthVector variable) {
      variable.setLastSet(rowCount - 1);
    }
    vector.setValueCount(rowCount);
    return vector;
  }

  FieldVector vector() {
    return vector;
  }

  /** Bytes per value of a fixed-width type; 0 for BOOLEAN and variable-width ones. */
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
      case DataType.Array ignored -> throw nested(type);
      case DataType.Map ignored -> throw nested(type);
      case DataType.Struct ignored -> throw nested(type);
    };
  }

  static MillraceException nested(DataType type) {
    return new MillraceException(
        ErrorCode.PLAN,
        type.sql() + ": nested types stand in schemas only so far; read the column as STRING");
  }

  static FieldVector allocate(FieldVector vector, int rowCapacity, long dataBytes) {
    switch (vector) {
      case BaseFixedWidthVector fixed -> fixed.allocateNew(rowCapacity);
      case BaseVariableWidthVector variable -> variable.allocateNew(dataBytes, rowCapacity);
      default ->
          throw new IllegalArgumentException("assertion: " + vector.getClass() + " is not flat");
    }
    return vector;
  }
}
