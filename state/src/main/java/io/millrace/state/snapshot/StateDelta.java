package io.millrace.state.snapshot;

import io.millrace.state.batch.BatchCompression;
import io.millrace.state.batch.BatchRows;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * An epoch's changes of the state on their way from the thread that keeps it to the one that writes
 * them down, as the bytes that the journal gets. Used again for every epoch; one thread at a time.
 */
public final class StateDelta implements AutoCloseable {
  private static final int PREFIX_BYTES = 2 * Integer.BYTES;

  /** Of a chunk with more than one record: growing never copies what is there. */
  private static final int CHUNK_BYTES = (1 << 20) - ByteBlock.PADDING;

  /** Chunks that are kept from epoch to epoch. */
  private static final int KEPT_CHUNKS = 4;

  private final BufferAllocator allocator;
  private final StateRecords.Writer records;

  /** Behind the one that is filled they are empty. */
  private final List<ByteBlock> chunks = new ArrayList<>();

  private int filled;

  public StateDelta(BufferAllocator allocator) {
    this.allocator = allocator;
    this.records = new StateRecords.Writer(allocator, BatchCompression.NONE);
  }

  /** Adds rows that are new or changed: dense, with the operator's schema; none is fine. */
  public void upsert(int operator, Block rows) {
    add(DeltaRecords.UPSERT, operator, rows);
  }

  /** Adds the keys of rows that went: dense, the operator's key columns; none is fine. */
  public void remove(int operator, Block keys) {
    add(DeltaRecords.REMOVE, operator, keys);
  }

  private void add(int type, int operator, Block rows) {
    int to;
    for (int from = 0; from < rows.rowCount(); from = to) {
      to = BatchRows.end(rows, from, StateStore.BATCH_BYTES);
      ByteBlock record = records.write(0, operator, rows, from, to);
      ByteBlock chunk = chunk(PREFIX_BYTES + record.length());
      int start = chunk.length();
      long at = chunk.address() + start;
      Memory.putInt(at, type);
      Memory.putInt(at + Integer.BYTES, record.length());
      Memory.copy(record.address(), at + PREFIX_BYTES, record.length());
      chunk.length(start + PREFIX_BYTES + record.length());
    }
  }

  /** One with room for so many bytes. */
  private ByteBlock chunk(int bytes) {
    while (filled < chunks.size()) {
      ByteBlock chunk = chunks.get(filled);
      if (chunk.length() + bytes <= chunk.capacity()) {
        return chunk;
      }
      filled++;
    }
    chunks.add(new ByteBlock(allocator, Math.max(bytes, CHUNK_BYTES)));
    return chunks.getLast();
  }

  /** Takes a record as the journal gets it. */
  interface Visitor {
    void record(int type, ByteBlock bytes, int from, int length);
  }

  void forEach(Visitor visitor) {
    for (ByteBlock chunk : chunks) {
      int at = 0;
      while (at < chunk.length()) {
        int type = Memory.getInt(chunk.address() + at);
        int length = Memory.getInt(chunk.address() + at + Integer.BYTES);
        visitor.record(type, chunk, at + PREFIX_BYTES, length);
        at += PREFIX_BYTES + length;
      }
    }
  }

  /** Forgets the changes. */
  public void clear() {
    while (chunks.size() > KEPT_CHUNKS) {
      chunks.removeLast().close();
    }
    chunks.forEach(chunk -> chunk.length(0));
    filled = 0;
  }

  @Override
  public void close() {
    chunks.forEach(ByteBlock::close);
    chunks.clear();
    records.close();
  }
}
