package io.millrace.state.snapshot;

import io.millrace.state.batch.BatchCompression;
import io.millrace.state.batch.BatchRows;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import org.apache.arrow.memory.BufferAllocator;

/**
 * An epoch's changes of the state on their way from the thread that keeps it to the one that writes
 * them down, as the bytes that the journal gets. Used again for every epoch; one thread at a time.
 */
public final class StateDelta implements AutoCloseable {
  private static final int PREFIX_BYTES = 2 * Integer.BYTES;

  /** What is kept from epoch to epoch. */
  private static final int KEPT_BYTES = 4 << 20;

  private final StateRecords.Writer records;
  private final ByteBlock bytes;

  public StateDelta(BufferAllocator allocator) {
    records = new StateRecords.Writer(allocator, BatchCompression.NONE);
    try {
      bytes = new ByteBlock(allocator, 4096);
    } catch (RuntimeException | Error e) {
      records.close();
      throw e;
    }
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
      int start = bytes.length();
      bytes.reserve((long) start + PREFIX_BYTES + record.length());
      long at = bytes.address() + start;
      Memory.putInt(at, type);
      Memory.putInt(at + Integer.BYTES, record.length());
      Memory.copy(record.address(), at + PREFIX_BYTES, record.length());
      bytes.length(start + PREFIX_BYTES + record.length());
    }
  }

  /** Takes a record as the journal gets it. */
  interface Visitor {
    void record(int type, ByteBlock bytes, int from, int length);
  }

  void forEach(Visitor visitor) {
    int at = 0;
    while (at < bytes.length()) {
      int type = Memory.getInt(bytes.address() + at);
      int length = Memory.getInt(bytes.address() + at + Integer.BYTES);
      visitor.record(type, bytes, at + PREFIX_BYTES, length);
      at += PREFIX_BYTES + length;
    }
  }

  /** Forgets the changes. */
  public void clear() {
    if (bytes.capacity() > KEPT_BYTES) {
      bytes.shrink(KEPT_BYTES);
    }
    bytes.length(0);
  }

  @Override
  public void close() {
    bytes.close();
    records.close();
  }
}
