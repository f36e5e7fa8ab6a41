package io.millrace.runtime;

import io.millrace.RowView;
import io.millrace.spi.NearestName;
import io.millrace.spi.RowBatch;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockReader;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.math.BigDecimal;

/** A row of a block as callbacks see it. One view is moved from row to row. */
public final class BlockRowView implements RowView {
  private Block block;
  private int row;
  private long epoch;
  private long rowNumber;

  /**
   * Moves to a row.
   *
   * @param row index into the batch's block
   */
  public BlockRowView set(RowBatch rows, int row) {
    block = rows.block();
    this.row = row;
    epoch = rows.epoch();
    rowNumber = rows.firstRowNumber() + row - rows.from();
    return this;
  }

  @Override
  public Schema schema() {
    return block.schema();
  }

  @Override
  public int columnIndex(String name) {
    return schema()
        .indexOf(name)
        .orElseThrow(
            () ->
                new AnalysisException(
                    "no column "
                        + name
                        + NearestName.suggestion(name, schema().names())
                        + "; the row has "
                        + schema().names()));
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public long rowNumber() {
    return rowNumber;
  }

  @Override
  public boolean isNull(int column) {
    return column(column).isNull(row);
  }

  @Override
  public boolean getBoolean(int column) {
    return BlockReader.booleanAt(column(column, DataType.BOOLEAN), row);
  }

  @Override
  public int getInt(int column) {
    ColumnVector vector = column(column);
    if (vector.type() == DataType.INT) {
      return Memory.getInt(vector.data() + 4L * row);
    } else if (vector.type() == DataType.SMALLINT) {
      return Memory.getShort(vector.data() + 2L * row);
    } else if (vector.type() == DataType.TINYINT) {
      return Memory.getByte(vector.data() + row);
    }
    throw wrongType(column, "an INT");
  }

  @Override
  public long getLong(int column) {
    ColumnVector vector = column(column);
    if (!vector.type().isIntegral()) {
      throw wrongType(column, "a BIGINT");
    }
    return vector.type() == DataType.BIGINT
        ? Memory.getLong(vector.data() + 8L * row)
        : getInt(column);
  }

  @Override
  public float getFloat(int column) {
    return Memory.getFloat(column(column, DataType.FLOAT).data() + 4L * row);
  }

  @Override
  public double getDouble(int column) {
    ColumnVector vector = column(column);
    return vector.type() == DataType.FLOAT
        ? Memory.getFloat(vector.data() + 4L * row)
        : Memory.getDouble(column(column, DataType.DOUBLE).data() + 8L * row);
  }

  @Override
  public long getTimestampUs(int column) {
    return Memory.getLong(column(column, DataType.TIMESTAMP).data() + 8L * row);
  }

  @Override
  public int getDateDays(int column) {
    return Memory.getInt(column(column, DataType.DATE).data() + 4L * row);
  }

  @Override
  public BigDecimal getDecimal(int column) {
    long address = decimal(column);
    int scale = ((DataType.Decimal) column(column).type()).scale();
    return isNull(column) ? null : BlockReader.decimal(address, scale);
  }

  @Override
  public long getUnscaledLong(int column) {
    long address = decimal(column);
    long low = Memory.getLong(address);
    if (Memory.getLong(address + 8) != low >> 63 && !isNull(column)) {
      throw new MillraceException(
          ErrorCode.DATA,
          "column "
              + schema().field(column).name()
              + ": "
              + getDecimal(column)
              + " has more digits than a long; use getDecimal");
    }
    return low;
  }

  private long decimal(int column) {
    ColumnVector vector = column(column);
    if (!(vector.type() instanceof DataType.Decimal)) {
      throw wrongType(column, "a DECIMAL");
    }
    return vector.data() + 16L * row;
  }

  @Override
  public int utf8Length(int column) {
    ColumnVector vector = bytes(column);
    return vector.isNull(row) ? 0 : vector.length(row);
  }

  @Override
  public int getUtf8(int column, byte[] into, int offset) {
    ColumnVector vector = bytes(column);
    if (vector.isNull(row)) {
      return 0;
    }
    int length = vector.length(row);
    int start = java.util.Objects.checkIndex(offset, into.length + 1);
    Memory.copy(
        vector.data() + vector.offset(row), into, start, Math.min(length, into.length - start));
    return length;
  }

  @Override
  public String getString(int column) {
    ColumnVector vector = column(column, DataType.STRING);
    return vector.isNull(row) ? null : vector.getString(row);
  }

  @Override
  public byte[] getBinary(int column) {
    ColumnVector vector = bytes(column);
    return vector.isNull(row) ? null : vector.getBinary(row);
  }

  @Override
  public Object get(int column) {
    return BlockReader.value(column(column), row);
  }

  @Override
  public Row toRow() {
    return BlockReader.row(block, row);
  }

  private ColumnVector column(int index) {
    if (index < 0 || index >= block.columnCount()) {
      throw new MillraceException(
          ErrorCode.PLAN,
          "column " + index + " of a row of " + block.columnCount() + " columns: " + schema());
    }
    return block.column(index);
  }

  private ColumnVector column(int index, DataType type) {
    ColumnVector vector = column(index);
    if (vector.type() != type) {
      throw wrongType(index, "a " + type.sql());
    }
    return vector;
  }

  private ColumnVector bytes(int index) {
    ColumnVector vector = column(index);
    if (!vector.type().isVariableWidth()) {
      throw wrongType(index, "a STRING or BINARY");
    }
    return vector;
  }

  private MillraceException wrongType(int index, String wanted) {
    return new MillraceException(
        ErrorCode.PLAN,
        "column "
            + schema().field(index).name()
            + " is "
            + schema().field(index).type().sql()
            + ", this getter reads "
            + wanted
            + (schema().field(index).type().isFlat()
                ? "; use another getter or CAST in the query"
                : "; use get, or select its fields in the query"));
  }
}
