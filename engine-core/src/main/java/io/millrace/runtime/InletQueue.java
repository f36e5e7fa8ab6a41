package io.millrace.runtime;

import io.millrace.InletOptions;
import io.millrace.InletWriter;
import io.millrace.types.AnalysisException;
import io.millrace.types.Field;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockAppender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** What application threads append to and queries read: one lane per writer. */
public final class InletQueue implements AutoCloseable {
  /** A batch moves into the inlet from that part of a block's rows on. */
  private static final int FEWEST_MOVED = 8;

  private final String name;
  private final Schema schema;
  private final InletOptions options;
  private final BufferAllocator allocator;
  private final List<InletLane> lanes = new ArrayList<>();
  private final List<InletReader> readers = new ArrayList<>();
  private final InletSenders senders;
  private final DropCounter dropped = new DropCounter();
  private volatile Runnable[] wakeUps = {};
  private volatile int laneChanges;
  private volatile boolean closed;
  private volatile Throwable failure;
  private LaneWriter shared;
  private Block oneRow;

  /**
   * @throws AnalysisException if a column is nested
   */
  public InletQueue(String name, Schema schema, InletOptions options, BufferAllocator parent) {
    for (Field field : schema.fields()) {
      if (!field.type().isFlat()) {
        throw new AnalysisException(
            "inlet "
                + name
                + ": column "
                + field.name()
                + " is "
                + field.type().sql()
                + "; an inlet takes flat values, give each a column of its own");
      }
    }
    this.name = name;
    this.schema = schema;
    this.options = options;
    this.senders = new InletSenders(name);
    this.allocator = parent.newChildAllocator("inlet " + name, 0, Long.MAX_VALUE);
  }

  public String name() {
    return name;
  }

  public Schema schema() {
    return schema;
  }

  /** Rows of the largest batch that a reader is lent. */
  int maxBlockRows() {
    return InletLane.blockRowsFor(options.capacityRows());
  }

  /** Rows that found no room and were dropped. */
  public long droppedRows() {
    return dropped.count();
  }

  boolean isClosed() {
    return closed;
  }

  /** Changes when a lane is added. */
  int laneChanges() {
    return laneChanges;
  }

  /** A writer without a name, its rows counted from 0. */
  public InletWriter writer() {
    return newWriter(null, 0);
  }

  /**
   * A writer that goes on counting where the last one of that name stopped, or behind what is safe.
   *
   * @throws AnalysisException if a writer of that name is open, or the name is empty or longer than
   *     255 bytes
   */
  public synchronized InletWriter writer(String producer) {
    String sender = senders.require(producer);
    LaneWriter writer = newWriter(sender, senders.next(sender, safeSequence(sender)));
    senders.opened(sender);
    return writer;
  }

  /**
   * @param producer null without a name
   */
  synchronized LaneWriter newWriter(String producer, long firstSequence) {
    if (closed) {
      throw new AnalysisException("inlet " + name + " is closed");
    }
    removeFinishedLanes();
    InletLane lane =
        new InletLane(allocator, schema, options.capacityRows(), producer, firstSequence);
    lanes.add(lane);
    // Every query that reads now sees the lane from its first row, however late it looks.
    readers.forEach(reader -> reader.add(lane));
    laneChanges++;
    return new LaneWriter(this, lane, options.whenFull(), dropped);
  }

  private void removeFinishedLanes() {
    lanes.removeIf(
        lane -> {
          boolean finished = lane.isFinished();
          if (finished) {
            lane.free();
          }
          return finished;
        });
  }

  synchronized void writerClosed(InletLane lane) {
    if (lane.producer() != null) {
      senders.closed(lane.producer(), lane.firstSequence(), lane.published());
    }
    wake();
  }

  /**
   * Number of the sender's last row that no query will lose: the lowest over the queries with a
   * checkpoint that read the inlet; -1 if there is none.
   */
  public synchronized long safeSequence(String producer) {
    return readers.stream()
        .map(reader -> reader.safe(producer))
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .min()
        .orElse(-1);
  }

  /** Why the last query that read the inlet failed; null if one reads, or it was stopped. */
  Throwable failure() {
    return failure;
  }

  private synchronized LaneWriter shared() {
    if (shared == null) {
      if (oneRow == null) { // or the writer could not be made the last time
        oneRow = Block.allocate(allocator, schema, 1);
      }
      shared = newWriter(null, 0);
    }
    return shared;
  }

  /** Appends one row; from any thread. */
  public long append(Row row) {
    if (closed) {
      return InletWriter.CLOSED;
    }
    return append(
        1,
        writer -> {
          oneRow.clear();
          if (!BlockAppender.append(oneRow, row)) {
            throw new IllegalStateException("assertion: an empty block takes a row");
          }
          return writer.tryAppendAll(oneRow);
        });
  }

  /**
   * Appends rows, all or none, through one of the inlet's writers; on its thread, without waiting
   * for room. Allocates.
   */
  public long appendAll(InletWriter writer, List<Row> rows) {
    try (Block block = Block.allocate(allocator, schema, rows.size())) {
      for (Row row : rows) {
        if (!BlockAppender.append(block, row)) {
          throw new IllegalStateException("assertion: the block was made for these rows");
        }
      }
      return ((LaneWriter) writer).tryAppendAll(block);
    }
  }

  /** Waits outside of the writer's monitor: a callback that appends too must not wait for it. */
  private long append(int rows, ToLongFunction<LaneWriter> attempt) {
    LaneWriter writer = shared();
    while (true) {
      synchronized (writer) {
        if (closed) {
          return InletWriter.CLOSED;
        }
        long sequence = attempt.applyAsLong(writer);
        if (sequence != InletWriter.FULL) {
          return sequence;
        }
      }
      if (!writer.awaitMore()) {
        return writer.refused(rows);
      }
    }
  }

  /**
   * Appends all rows of a batch, or none; from any thread. A batch that came from {@link #newBatch}
   * is emptied; its buffers become blocks of the lane if it is large enough for that, else it is
   * copied like any other.
   *
   * @throws AnalysisException if it has other columns, or more rows than the inlet ever holds
   */
  public long appendBatch(VectorSchemaRoot batch) {
    if (closed) {
      return InletWriter.CLOSED;
    }
    Schema given = Schema.fromArrow(batch.getSchema());
    if (!given.fields().stream()
        .map(field -> field.type())
        .toList()
        .equals(schema.fields().stream().map(field -> field.type()).toList())) {
      throw new AnalysisException(
          "inlet " + name + ": the batch has columns " + given + ", the inlet " + schema);
    }
    requireFilled(batch);
    Block rows = Block.borrow(schema, batch);
    boolean own = isOwn(batch);
    boolean moves = own && rows.rowCount() >= fewestRowsToMove();
    long sequence =
        append(
            rows.rowCount(),
            writer -> moves ? writer.tryMoveAll(rows, batch) : writer.tryAppendAll(rows));
    if (sequence >= 0 && own) {
      batch.clear();
    }
    return sequence;
  }

  /** A moved batch takes a whole block, so a batch of fewer rows is copied instead. */
  private int fewestRowsToMove() {
    return Math.max(1, maxBlockRows() / FEWEST_MOVED);
  }

  /** What is behind a column's value count is not there, whatever the batch says. */
  private void requireFilled(VectorSchemaRoot batch) {
    for (FieldVector vector : batch.getFieldVectors()) {
      if (vector.getValueCount() != batch.getRowCount()) {
        throw new AnalysisException(
            "inlet "
                + name
                + ": column "
                + vector.getName()
                + " of the batch has "
                + vector.getValueCount()
                + " values, the batch "
                + batch.getRowCount()
                + " rows; call setRowCount when all values are set");
      }
    }
  }

  /** Whether the batch came from {@link #newBatch}. */
  private boolean isOwn(VectorSchemaRoot batch) {
    return batch.getFieldVectors().stream().allMatch(vector -> vector.getAllocator() == allocator);
  }

  /**
   * An empty batch of the inlet's columns; its memory belongs to the caller until it is appended or
   * closed.
   */
  public VectorSchemaRoot newBatch() {
    return VectorSchemaRoot.create(schema.toArrow(), allocator);
  }

  /** Wakes every query that reads the inlet, if it sleeps. */
  void wake() {
    for (Runnable wakeUp : wakeUps) {
      wakeUp.run();
    }
  }

  synchronized void addWakeUp(Runnable wakeUp) {
    Runnable[] more = Arrays.copyOf(wakeUps, wakeUps.length + 1);
    more[wakeUps.length] = wakeUp;
    wakeUps = more;
  }

  /** A query begins to read. */
  synchronized InletReader attach(Optional<QueryCheckpoint> checkpoint) {
    if (closed && lanes.isEmpty()) {
      throw new AnalysisException("inlet " + name + " is closed");
    }
    InletReader reader = new InletReader(name, checkpoint);
    readers.add(reader);
    failure = null;
    return reader;
  }

  /**
   * Rows of a sender up to that number are in the query's checkpoint; called before it reads any.
   *
   * @throws AnalysisException if the rows to be read now do not follow them
   */
  synchronized void restore(InletReader reader, String producer, long safe) {
    QueryCheckpoint checkpoint = reader.checkpoint().orElseThrow();
    if (reader.restore(producer, safe, senders.taken(checkpoint.location(), producer))) {
      senders.goOnBehind(producer, safe);
    }
  }

  /**
   * A query ends.
   *
   * @param cause null if it did not fail
   */
  synchronized void detach(InletReader reader, Runnable wakeUp, Throwable cause) {
    readers.remove(reader);
    reader.close();
    reader.checkpoint().ifPresent(known -> senders.left(known.location(), reader.taken()));
    failure = readers.isEmpty() ? cause : null;
    wakeUps = Arrays.stream(wakeUps).filter(each -> each != wakeUp).toArray(Runnable[]::new);
    removeFinishedLanes();
  }

  /** The reader's cursors, one for each lane there is; lanes that it is done with are left out. */
  synchronized InletCursor[] cursorsFor(InletReader reader) {
    InletCursor[] cursors = reader.open(lanes);
    removeFinishedLanes();
    reader.keepOnly(lanes);
    return cursors;
  }

  /** Ends the stream: what was appended is still read. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      lanes.forEach(InletLane::close);
      wake();
    }
  }

  /** Gives all memory back, once no query reads and no thread appends any more. */
  public synchronized void free() {
    close();
    lanes.forEach(InletLane::free);
    lanes.clear();
    LaneWriter writer = shared;
    if (writer != null) {
      synchronized (writer) {
        oneRow.close();
      }
    }
    allocator.close();
  }
}
