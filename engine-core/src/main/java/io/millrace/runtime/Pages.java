package io.millrace.runtime;

import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Dense output rows as a list of blocks that are kept from batch to batch; it grows when a batch
 * needs it.
 */
final class Pages implements AutoCloseable {
  private final BufferAllocator allocator;
  private final Schema schema;
  private final int rowsPerPage;
  private final List<Block> blocks = new ArrayList<>();
  private int used;

  Pages(BufferAllocator allocator, Schema schema, int rowsPerPage) {
    this.allocator = allocator;
    this.schema = schema;
    this.rowsPerPage = rowsPerPage;
  }

  /** Forgets the rows and keeps the memory. */
  void clear() {
    used = 0;
  }

  /** The last block if it has room, else a new, empty one. */
  Block writable() {
    if (used > 0 && blocks.get(used - 1).rowCount() < rowsPerPage) {
      return blocks.get(used - 1);
    }
    if (used == blocks.size()) {
      blocks.add(Block.allocate(allocator, schema, rowsPerPage));
    }
    Block block = blocks.get(used++);
    block.clear();
    return block;
  }

  @Override
  public void close() {
    blocks.forEach(Block::close);
    blocks.clear();
    used = 0;
  }

  int blocks() {
    return used;
  }

  Block block(int index) {
    return blocks.get(index);
  }
}
