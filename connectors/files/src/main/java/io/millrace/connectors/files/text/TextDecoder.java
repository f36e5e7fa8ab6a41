package io.millrace.connectors.files.text;

import io.millrace.spi.Chunk;
import io.millrace.spi.Decoder;
import io.millrace.spi.Rejects;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.json.Utf8;
import io.millrace.vector.text.Newlines;

/**
 * Makes each line a row, also an empty one. A line ends with a newline or with carriage return and
 * newline. Bytes that are no UTF-8 become U+FFFD; a byte-order mark at a file's start is left out.
 */
final class TextDecoder implements Decoder {
  private static final int BYTE_ORDER_MARK_BYTES = 3;

  private final boolean needsText;
  private final Rejects rejects;
  private long recordsRead;

  TextDecoder(boolean needsText, Rejects rejects) {
    this.needsText = needsText;
    this.rejects = rejects;
  }

  @Override
  public int decode(Chunk chunk, int from, Block into) {
    long address = chunk.bytes().address();
    int end = chunk.bytes().length();
    if (chunk.truncated()) {
      recordsRead++;
      int kept = Math.min(end - from, Chunk.MAX_REJECTED_BYTES);
      rejects.reject(
          chunk.origin(),
          chunk.originOffset() + from,
          "longer than maxLineBytes",
          address + from,
          kept);
      return end;
    }
    int position = from == 0 && chunk.startsOrigin() ? behindByteOrderMark(address, end) : from;
    int row = into.rowCount();
    int first = row;
    if (needsText && row == 0) {
      into.column(0).mayHaveNulls(false);
      into.column(0).offset(0, 0);
    }
    while (position < end && row < into.rowCapacity()) {
      int lineEnd = Newlines.first(address, position, end);
      if (needsText) {
        append(into.column(0), row, address + position, textLength(address, position, lineEnd));
      }
      row++;
      position = Math.min(end, lineEnd + 1);
    }
    into.rowCount(row);
    recordsRead += row - first;
    return position;
  }

  private static int behindByteOrderMark(long address, int end) {
    return end >= BYTE_ORDER_MARK_BYTES && (Memory.getInt(address) & 0xFFFFFF) == 0xBFBBEF
        ? BYTE_ORDER_MARK_BYTES
        : 0;
  }

  private static int textLength(long address, int from, int lineEnd) {
    boolean carriageReturn = lineEnd > from && Memory.getByte(address + lineEnd - 1) == '\r';
    return lineEnd - from - (carriageReturn ? 1 : 0);
  }

  private static void append(ColumnVector column, int row, long address, int length) {
    int start = column.offset(row);
    if (Utf8.isValid(address, address + length)) {
      column.reserveData((long) start + length);
      Memory.copy(address, column.data() + start, length);
      column.offset(row + 1, start + length);
    } else {
      byte[] text = Utf8.repaired(address, length);
      column.reserveData((long) start + text.length);
      Memory.copy(text, 0, column.data() + start, text.length);
      column.offset(row + 1, start + text.length);
    }
    column.setValid(row);
  }

  @Override
  public long recordsRead() {
    return recordsRead;
  }

  @Override
  public void close() {}
}
