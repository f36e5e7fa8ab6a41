package io.millrace.runtime;

import io.millrace.physical.LateRows;
import io.millrace.types.DataType;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.json.JsonLinesWriter;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;

/** Writes rows that were put aside down, each as JSON with what put it aside. */
final class LateRowRecorder implements LateRows, AutoCloseable {
  /** The columns of a sink that late rows are sent to. */
  static final Schema SCHEMA =
      Schema.builder()
          .add("operator", DataType.STRING)
          .add("reason", DataType.STRING)
          .add("watermark", DataType.TIMESTAMP)
          .add("row", DataType.STRING)
          .build();

  private static final int ROWS_PER_PAGE = 256;

  private final Pages own;
  private final ByteBlock text;
  private Pages pages;
  private final Map<Schema, JsonLinesWriter> writers = new IdentityHashMap<>();

  LateRowRecorder(BufferAllocator allocator) {
    own = newPages(allocator);
    pages = own;
    text = new ByteBlock(allocator, 1 << 10);
  }

  static Pages newPages(BufferAllocator allocator) {
    return new Pages(allocator, SCHEMA, ROWS_PER_PAGE);
  }

  /** Where what follows is written, instead of pages of its own. */
  void into(Pages target) {
    pages = target;
  }

  @Override
  public void putAside(
      String operator, String reason, long watermarkUs, Block block, RowSelection rows) {
    JsonLinesWriter writer =
        writers.computeIfAbsent(block.schema(), schema -> new JsonLinesWriter(schema, false));
    byte[] operatorBytes = operator.getBytes(StandardCharsets.UTF_8);
    byte[] reasonBytes = reason.getBytes(StandardCharsets.UTF_8);
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        text.length(0);
        writer.write(block, row, row + 1, text);
        Block page = pages.writable();
        int at = page.rowCount();
        RejectRecorder.put(page.column(0), at, operatorBytes);
        RejectRecorder.put(page.column(1), at, reasonBytes);
        putTime(page.column(2), at, watermarkUs);
        int length = text.length() - 1; // without the newline
        int start = RejectRecorder.reserve(page.column(3), at, length);
        Memory.copy(text.address(), page.column(3).data() + start, length);
        page.rowCount(at + 1);
      }
    }
  }

  private static void putTime(ColumnVector column, int row, long timeUs) {
    if (row == 0) {
      column.mayHaveNulls(false);
    }
    if (timeUs == Long.MIN_VALUE) {
      column.setNull(row);
      return;
    }
    Memory.putLong(column.data() + 8L * row, timeUs);
    column.setValid(row);
  }

  /** What was put aside since {@link Pages#clear}. */
  Pages pages() {
    return pages;
  }

  @Override
  public void close() {
    own.close();
    text.close();
  }
}
