package io.millrace.state.ingest;

import io.millrace.types.DataType;
import io.millrace.types.Schema;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/**
 * Rows as bytes, column after column as Arrow lays them out, without padding: a byte that says
 * whether there are nulls; then the validity bits; then fixed-width values, or bits, or for STRING
 * and BINARY the 32-bit end of each value and the bytes. An Arrow message around one row would be
 * ten times its size, and there may be a hundred thousand of them a second.
 */
final class RowCodec {
  /** Bits are copied in words. */
  private static final int SLACK_BYTES = Long.BYTES;

  private RowCodec() {}

  /**
   * Adds the rows from..to, columns of flat types, to what {@code out} holds; allocates nothing.
   */
  static void encode(Block block, int from, int to, ByteBlock out) {
    for (int i = 0; i < block.columnCount(); i++) {
      encode(block.column(i), from, to, out);
    }
  }

  private static void encode(ColumnVector column, int from, int to, ByteBlock out) {
    int rows = to - from;
    boolean nulls = column.mayHaveNulls() && !Bitmap.isAllSet(column.validity(), from, to);
    out.reserve(out.length() + 1L);
    Memory.putByte(out.address() + out.length(), (byte) (nulls ? 1 : 0));
    out.length(out.length() + 1);
    if (nulls) {
      bits(column.validity(), from, rows, out);
    }
    int width = ColumnVector.width(column.type());
    if (column.type().isVariableWidth()) {
      ends(column, from, to, out);
      long start = column.offset(from);
      raw(column.data() + start, column.offset(to) - start, out);
    } else if (width == 0) {
      bits(column.data(), from, rows, out);
    } else {
      raw(column.data() + (long) from * width, (long) rows * width, out);
    }
  }

  private static void bits(long bitmap, int from, int rows, ByteBlock out) {
    int bytes = rows + 7 >> 3;
    out.reserve((long) out.length() + bytes + SLACK_BYTES);
    long at = out.address() + out.length();
    Memory.fill(at, bytes + SLACK_BYTES, (byte) 0);
    Bitmap.copyBits(bitmap, from, at, 0, rows);
    out.length(out.length() + bytes);
  }

  private static void ends(ColumnVector column, int from, int to, ByteBlock out) {
    long bytes = (long) Integer.BYTES * (to - from);
    out.reserve(out.length() + bytes);
    int start = column.offset(from);
    long at = out.address() + out.length();
    for (int row = from; row < to; row++) {
      Memory.putInt(at, column.offset(row + 1) - start);
      at += Integer.BYTES;
    }
    out.length(out.length() + (int) bytes);
  }

  private static void raw(long from, long bytes, ByteBlock out) {
    out.reserve(out.length() + bytes);
    Memory.copy(from, out.address() + out.length(), bytes);
    out.length(out.length() + (int) bytes);
  }

  /**
   * Reads rows back, into an empty block with room for them.
   *
   * @param from where they start
   * @return where they end; -1 if the bytes are not such rows
   */
  static int decode(ByteBlock bytes, int from, int rows, Block into) {
    Schema schema = into.schema();
    int at = from;
    for (int i = 0; i < schema.size() && at >= 0; i++) {
      at = decode(bytes, at, rows, into.column(i), schema.field(i).type());
    }
    into.rowCount(at < 0 ? 0 : rows);
    return at;
  }

  private static int decode(
      ByteBlock bytes, int from, int rows, ColumnVector column, DataType type) {
    int at = from;
    int bitmapBytes = rows + 7 >> 3;
    if (at >= bytes.length()) {
      return -1;
    }
    boolean nulls = Memory.getByte(bytes.address() + at++) != 0;
    column.setAllValid(rows);
    if (nulls) {
      at = raw(bytes, at, bitmapBytes, column.validity());
      column.mayHaveNulls(true);
    }
    int width = ColumnVector.width(type);
    if (at < 0) {
      return -1;
    } else if (type.isVariableWidth()) {
      return texts(bytes, at, rows, column);
    }
    return raw(bytes, at, width == 0 ? bitmapBytes : (long) rows * width, column.data());
  }

  private static int texts(ByteBlock bytes, int from, int rows, ColumnVector column) {
    int at = raw(bytes, from, (long) Integer.BYTES * rows, column.offsets() + Integer.BYTES);
    if (at < 0) {
      return -1;
    }
    column.offset(0, 0);
    for (int row = 0; row < rows; row++) {
      if (column.offset(row + 1) < column.offset(row)) {
        return -1;
      }
    }
    int size = column.offset(rows);
    if (size > bytes.length() - at) {
      return -1;
    }
    column.reserveData(size);
    return raw(bytes, at, size, column.data());
  }

  private static int raw(ByteBlock bytes, int from, long size, long to) {
    if (size > bytes.length() - from) {
      return -1;
    }
    Memory.copy(bytes.address() + from, to, size);
    return from + (int) size;
  }
}
