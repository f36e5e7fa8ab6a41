package io.millrace.state.table;

import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Keys and starts under which sessions were written down that are no longer theirs: they went into
 * another session, or begin earlier now.
 */
final class GoneSessions implements AutoCloseable {
  private static final int ROWS = 512;

  private final BufferAllocator allocator;
  private final Schema schema;
  private final SessionTable table;
  private final SessionRecord session;
  private final ByteBlock one;
  private final List<Block> blocks = new ArrayList<>();

  /**
   * @param schema keys and start
   */
  GoneSessions(
      BufferAllocator allocator, Schema schema, SessionTable table, SessionRecord session) {
    this.allocator = allocator;
    this.schema = schema;
    this.table = table;
    this.session = session;
    this.one = new ByteBlock(allocator, 8);
  }

  /** Notes what a session is known by now. */
  void add(long record) {
    if (blocks.isEmpty() || blocks.getLast().rowCount() == ROWS) {
      blocks.add(Block.allocate(allocator, schema, ROWS));
    }
    Block block = blocks.getLast();
    int at = block.rowCount();
    Memory.putLong(one.address(), record);
    table.keys(one.address(), 1, block, at);
    ColumnVector starts = block.column(schema.size() - 1);
    Memory.putLong(starts.data() + 8L * at, session.start(record));
    starts.setAllValid(at + 1);
    block.rowCount(at + 1);
  }

  /** Shows and forgets them. */
  void take(BlockVisitor visitor) {
    blocks.stream().filter(block -> block.rowCount() > 0).forEach(visitor::block);
    while (blocks.size() > 1) {
      blocks.removeLast().close();
    }
    blocks.forEach(Block::clear);
  }

  long memoryBytes() {
    return blocks.stream().mapToLong(Block::memoryBytes).sum();
  }

  @Override
  public void close() {
    blocks.forEach(Block::close);
    blocks.clear();
    one.close();
  }
}
