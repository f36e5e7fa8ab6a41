package io.millrace.runtime;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * One writer's way into an inlet: a ring of blocks that it fills in place, row after row. A row is
 * there for readers as soon as the count of published rows says so; nothing is handed over and
 * nothing is copied, so a batch is whatever has been published since a reader last looked. A block
 * is filled again once every reader is past it.
 */
final class InletLane {
  /**
   * One block of the ring. Fields are written before the published count that makes them visible.
   */
  static final class Slot {
    /** What readers read: {@link #own}, or {@link #moved}. */
    Block block;

    /** Filled row by row, again and again; null until it is needed. */
    Block own;

    /** A batch that the application gave away, closed when everybody has read it; mostly null. */
    Block moved;

    /** Number of the block's first row, counted over the lane's life. */
    long firstRow;

    /** How many rows it has, once it is full; -1 before. */
    int sealedRows;
  }

  private static final long BITMAP_WORD_ROWS = 64;
  private static final long NOBODY = -2;
  private static final VarHandle WRITING;

  static {
    try {
      WRITING = MethodHandles.lookup().findVarHandle(InletLane.class, "writing", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final BufferAllocator allocator;
  private final Schema schema;
  private final int blockRows;
  private final String producer;
  private final long firstSequence;
  private final RingBuffer<Slot> ring;

  /**
   * The last block that reading is past as long as nobody reads; {@link #NOBODY} while somebody
   * does.
   */
  private final Sequence unread = new Sequence(-1);

  private final List<Sequence> readers = new ArrayList<>();
  private volatile long published;
  private volatile boolean closed;
  private volatile boolean writing;
  private volatile int wantedBlocks;
  private long unreadRow;
  private boolean freed;

  /** The first block that may hold a moved batch; writer only. */
  private long oldestMoved;

  private long claimed;

  /**
   * @param capacityRows that may wait for the slowest reader
   * @param producer the writer's name; null if it has none
   * @param firstSequence the writer's number of its first row
   */
  InletLane(
      BufferAllocator allocator,
      Schema schema,
      int capacityRows,
      String producer,
      long firstSequence) {
    this.allocator = allocator;
    this.schema = schema;
    this.producer = producer;
    this.firstSequence = firstSequence;
    this.blockRows = blockRowsFor(capacityRows);
    int blocks =
        Math.max(2, Integer.highestOneBit((capacityRows + blockRows - 1) / blockRows * 2 - 1));
    // Claims exclude each other; one writer's come from several threads if it is the shared one.
    this.ring = RingBuffer.createMultiProducer(Slot::new, blocks);
    ring.addGatingSequences(unread);
    unread.set(-1);
  }

  /** Rows of a block in an inlet of that capacity: at most half, a multiple of 64. */
  static int blockRowsFor(int capacityRows) {
    return (Math.min(BlockSizes.DEFAULT_ROWS, Math.max(1, capacityRows / 2)) + 63) & ~63;
  }

  int blockRows() {
    return blockRows;
  }

  /** The writer's name, interned; null if it has none. */
  String producer() {
    return producer;
  }

  /** The writer's number of the lane's first row. */
  long firstSequence() {
    return firstSequence;
  }

  /** How many rows the ring holds. */
  long capacityRows() {
    return (long) blockRows * ring.getBufferSize();
  }

  Schema schema() {
    return schema;
  }

  /** Rows published since the lane began. */
  long published() {
    return published;
  }

  boolean isClosed() {
    return closed;
  }

  Slot slot(long sequence) {
    return ring.get(sequence);
  }

  /** How many blocks are free for the writer. */
  long freeBlocks() {
    return ring.remainingCapacity();
  }

  /**
   * The block that a coming {@link #claim} takes, its memory there. Writer only, who has seen that
   * it is free.
   *
   * @param claims how many come before that one
   * @throws io.millrace.types.MillraceException if there is not enough memory
   */
  Block upcoming(int claims) {
    Slot slot = ring.get(ring.getCursor() + 1 + claims);
    if (slot.own == null) {
      slot.own = Block.allocate(allocator, schema, blockRows);
    }
    return slot.own;
  }

  /**
   * Closes the block at hand and takes the next one, which was {@link #upcoming}: the caller has
   * seen that it is free. Writer only. A reader who comes at the same time finds the block that is
   * being filled still there.
   *
   * @param last the block at hand; null before the first
   */
  synchronized Slot claim(Slot last, long firstRow) {
    Slot slot = next(last, firstRow);
    slot.block = slot.own;
    slot.block.clear();
    for (int i = 0; i < slot.block.columnCount(); i++) {
      ColumnVector column = slot.block.column(i);
      Memory.fill(
          column.validity(),
          (blockRows + BITMAP_WORD_ROWS - 1) / BITMAP_WORD_ROWS * Long.BYTES,
          (byte) 0);
      column.mayHaveNulls(false);
    }
    ring.publish(claimed);
    return slot;
  }

  /**
   * Takes the next block, which the caller has seen to be free, for rows that are there already.
   * Writer only.
   *
   * @param rows owned by the lane from now on
   */
  synchronized Slot claim(Slot last, long firstRow, Block rows) {
    Slot slot = next(last, firstRow);
    slot.moved = rows;
    slot.block = rows;
    slot.sealedRows = rows.rowCount();
    ring.publish(claimed);
    return slot;
  }

  private Slot next(Slot last, long firstRow) {
    if (last != null) {
      seal(last);
    }
    wantedBlocks = 0; // before the block is taken, see isFull
    claimed = ring.next();
    freeMoved(ring.getMinimumGatingSequence());
    Slot slot = ring.get(claimed);
    slot.firstRow = firstRow;
    slot.sealedRows = -1;
    return slot;
  }

  /** Gives back the moved batches up to that block which everybody has read. */
  private void freeMoved(long lastSequence) {
    for (; oldestMoved <= lastSequence; oldestMoved++) {
      free(ring.get(oldestMoved));
    }
  }

  private static void free(Slot slot) {
    if (slot.moved != null) {
      slot.moved.close();
      slot.moved = null;
    }
  }

  /** Closes the block at hand, so that readers may leave it before there is another one. */
  synchronized void seal(Slot last) {
    last.sealedRows = last.block.rowCount();
  }

  /** The writer found no room: it needs that many blocks. */
  void want(int blocks) {
    wantedBlocks = blocks;
  }

  int wantedBlocks() {
    return wantedBlocks;
  }

  /**
   * Whether the writer has found no room, and there still is none. Looks at the room first: the
   * writer says that it wants nothing before it takes some.
   */
  boolean isFull() {
    long free = freeBlocks();
    return wantedBlocks > free;
  }

  /** Whether no more rows will become visible. */
  boolean isEnded() {
    return closed && !writing;
  }

  /** Makes rows visible. Writer only. */
  void publish(long rows) {
    published = rows;
  }

  /**
   * The writer begins to write, unless the lane is closed; what it writes to stays until {@link
   * #wrote}. Writer only.
   *
   * @return false if the lane is closed
   */
  boolean write() {
    writing = true;
    if (closed) {
      writing = false;
      return false;
    }
    return true;
  }

  /** The writer ends what {@link #write} began. */
  void wrote() {
    WRITING.setRelease(this, false);
  }

  /** No more rows will come from the writer. */
  void close() {
    closed = true;
  }

  /**
   * Adds a reader: the first one after a time without begins where reading ended, others with what
   * is appended from now on.
   *
   * @return the sequence of the last block that the reader is past, to be moved on by it
   */
  synchronized Sequence attach() {
    long position = unread.get() == NOBODY ? Long.MAX_VALUE : unread.get();
    for (Sequence other : readers) {
      position = Math.min(position, other.get());
    }
    Sequence reader = new Sequence();
    ring.addGatingSequences(reader);
    reader.set(position);
    readers.add(reader);
    return reader;
  }

  /** Number of the first row that a reader who attaches now reads. */
  synchronized long firstRowToRead() {
    return unread.get() == NOBODY ? published : unreadRow;
  }

  /**
   * Says that somebody reads from the beginning, so that the writer need not keep it any longer.
   */
  synchronized void begun() {
    if (unread.get() != NOBODY) {
      ring.removeGatingSequence(unread);
      unread.set(NOBODY);
    }
  }

  /**
   * Takes a reader away; with the last one, what it has not read waits for the next.
   *
   * @param consumed rows that it has read
   */
  synchronized void detach(Sequence reader, long consumed) {
    if (!readers.remove(reader)) {
      return;
    }
    if (readers.isEmpty()) {
      ring.addGatingSequences(unread);
      unread.set(reader.get());
      unreadRow = consumed;
    }
    ring.removeGatingSequence(reader);
  }

  /** Whether the writer has taken that block of the ring yet. */
  boolean isClaimed(long sequence) {
    return ring.isAvailable(sequence);
  }

  /** Whether nobody reads the lane and nothing is left in it. */
  synchronized boolean isFinished() {
    return closed && readers.isEmpty() && unreadRow == published;
  }

  /** Gives the memory back, after the row that the writer is at; nobody may read any more. */
  void free() {
    closed = true;
    while (writing) {
      Thread.onSpinWait();
    }
    freeBlocksOnce();
  }

  private synchronized void freeBlocksOnce() {
    if (!freed) {
      freed = true;
      for (int i = 0; i < ring.getBufferSize(); i++) {
        Slot slot = ring.get(i);
        free(slot);
        if (slot.own != null) {
          slot.own.close();
        }
      }
    }
  }
}
