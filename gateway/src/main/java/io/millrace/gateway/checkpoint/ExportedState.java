package io.millrace.gateway.checkpoint;

import io.millrace.gateway.rows.RowFormat;
import io.millrace.gateway.rows.RowWriter;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.table.KeyedRows;
import io.millrace.state.table.StateReader;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** The rows of one stateful operator as they are after the last commit of a checkpoint. */
public final class ExportedState implements AutoCloseable {
  private static final int BLOCK_ROWS = 4096;

  private final BufferAllocator allocator = new RootAllocator();
  private final KeyedRows rows;

  /**
   * Reads them all, so that whatever is wrong is known before one is written.
   *
   * @param operator its number; empty for the only one
   * @throws io.millrace.types.MillraceException {@code PLAN} if there is no checkpoint, state or
   *     such operator; {@code CHECKPOINT} if anything that is needed is damaged
   */
  public ExportedState(Path checkpoint, OptionalInt operator) {
    try {
      StateReader reader = StateReader.open(checkpoint, new LocalStorage());
      rows = reader.rows(reader.choose(operator, allocator), allocator);
    } catch (RuntimeException | Error e) {
      allocator.close();
      throw e;
    }
  }

  /** Writes the rows to a stream and leaves it open. */
  public void write(RowFormat format, OutputStream out) throws IOException {
    Schema schema = rows.operator().schema();
    int[] columns = IntStream.range(0, schema.size()).toArray();
    try (Block block = Block.allocate(allocator, schema, BLOCK_ROWS);
        RowWriter writer = format.open(schema, allocator, out)) {
      int next = rows.copy(0, columns, block);
      while (block.rowCount() > 0) {
        writer.write(block);
        block.clear();
        next = rows.copy(next, columns, block);
      }
      writer.finish();
    }
  }

  @Override
  public void close() {
    rows.close();
    allocator.close();
  }
}
