package io.millrace.connectors.socket;

import io.millrace.spi.Chunk;
import io.millrace.spi.LiveWriter;
import io.millrace.types.Schema;
import io.millrace.vector.column.Memory;
import io.millrace.vector.json.Utf8;

/** Makes lines rows, and lines that are too long rejects. */
final class LineWriter {
  static final String VALUE = "value";
  static final String TIMESTAMP = "timestamp";

  private final LiveWriter rows;
  private final int valueColumn;
  private final int timestampColumn;
  private final SocketMetrics metrics;
  private final String origin;
  private final String tooLong;

  /**
   * @param columns that the query reads
   */
  LineWriter(LiveWriter rows, Schema columns, SocketOptions options, SocketMetrics metrics) {
    this.rows = rows;
    this.valueColumn = columns.indexOf(VALUE).orElse(-1);
    this.timestampColumn = columns.indexOf(TIMESTAMP).orElse(-1);
    this.metrics = metrics;
    this.origin = options.address();
    this.tooLong = "longer than maxLineBytes (" + options.maxLineBytes() + ")";
  }

  /**
   * The length of a line without what ends it.
   *
   * @param length up to the newline, exclusive
   */
  static int textLength(long address, int length) {
    return length > 0 && Memory.getByte(address + length - 1) == '\r' ? length - 1 : length;
  }

  /**
   * Waits for room.
   *
   * @return false if the query has ended
   */
  boolean write(long address, int length, long arrivedUs) {
    if (valueColumn >= 0) {
      if (Utf8.isValid(address, address + length)) {
        rows.setBytes(valueColumn, address, length);
      } else {
        byte[] text = Utf8.repaired(address, length);
        rows.setBytes(valueColumn, text, 0, text.length);
        metrics.repaired();
      }
    }
    if (timestampColumn >= 0) {
      rows.setTimestamp(timestampColumn, arrivedUs);
    }
    return rows.append();
  }

  /**
   * Rejects a line for its length. Waits for room.
   *
   * @param offset of the line's first byte in the connection
   * @param length of the bytes that are there
   * @return false if the query has ended
   */
  boolean reject(long offset, long address, int length) {
    int kept = Math.min(length, Chunk.MAX_REJECTED_BYTES);
    return rows.reject(origin, offset, tooLong, address, kept);
  }
}
