package io.millrace.runtime;

import io.millrace.spi.Rejects;
import io.millrace.types.DataType;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.nio.charset.StandardCharsets;

/** Counts rejected records and, where somebody wants them, writes them down as rows. */
final class RejectRecorder implements Rejects {
  /** The columns of a sink that rejects are sent to. */
  static final Schema SCHEMA =
      Schema.builder()
          .add("source", DataType.STRING)
          .add("offset", DataType.BIGINT)
          .add("reason", DataType.STRING)
          .add("raw", DataType.BINARY)
          .build();

  static final int ROWS_PER_PAGE = 256;

  private Pages[] pages;
  private int source;
  private long count;

  /** Where what follows is written, per source; null for sources whose rejects are only counted. */
  void into(Pages[] target) {
    pages = target;
  }

  void source(int index) {
    source = index;
  }

  /** How many there have been so far. */
  long count() {
    return count;
  }

  @Override
  public void reject(String origin, long offset, String reason, long address, int length) {
    count++;
    if (pages[source] == null) {
      return;
    }
    Block block = pages[source].writable();
    int row = block.rowCount();
    put(block.column(0), row, origin.getBytes(StandardCharsets.UTF_8));
    Memory.putLong(block.column(1).data() + 8L * row, offset);
    block.column(1).setValid(row);
    put(block.column(2), row, reason.getBytes(StandardCharsets.UTF_8));
    int end = reserve(block.column(3), row, length);
    Memory.copy(address, block.column(3).data() + end, length);
    block.rowCount(row + 1);
  }

  static void put(ColumnVector column, int row, byte[] bytes) {
    int start = reserve(column, row, bytes.length);
    Memory.copy(bytes, 0, column.data() + start, bytes.length);
  }

  static int reserve(ColumnVector column, int row, int length) {
    int start = column.offset(row);
    column.reserveData((long) start + length);
    column.offset(row + 1, start + length);
    column.setValid(row);
    return start;
  }
}
