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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** What application threads append to and queries read: one lane per writer. */
public final class InletQueue implements AutoCloseable {
  private final String name;
  private final Schema schema;
  private final InletOptions options;
  private final BufferAllocator allocator;
  private final List<InletLane> lanes = new ArrayList<>();
  private final Map<InletSource, Map<InletLane, InletCursor>> readers = new HashMap<>();
  private final Map<String, Long> nextSequences = new HashMap<>();
  private final Map<String, LaneWriter> producers = new HashMap<>();
  private final DropCounter dropped = new DropCounter();
  private volatile Runnable[] wakeUps = {};
  private volatile int laneChanges;
  private volatile boolean closed;
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
   * A writer that goes on counting where the last one of that name stopped.
   *
   * @throws AnalysisException if a writer of that name is open
   */
  public synchronized InletWriter writer(String producer) {
    if (producers.containsKey(producer)) {
      throw new AnalysisException(
          "inlet "
              + name
              + ": producer "
              + producer
              + " has an open writer; close it, or choose another name");
    }
    LaneWriter writer = newWriter(producer, nextSequences.getOrDefault(producer, 0L));
    producers.put(producer, writer);
    return writer;
  }

  private synchronized LaneWriter newWriter(String producer, long firstSequence) {
    if (closed) {
      throw new AnalysisException("inlet " + name + " is closed");
    }
    removeFinishedLanes();
    InletLane lane = new InletLane(allocator, schema, options.capacityRows());
    lanes.add(lane);
    // Every query that reads now sees the lane from its first row, however late it looks.
    readers.values().forEach(cursors -> cursors.put(lane, new InletCursor(lane)));
    laneChanges++;
    return new LaneWriter(this, lane, producer, firstSequence, options.whenFull(), dropped);
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

  synchronized void writerClosed(String producer, long nextSequence) {
    if (producer != null && producers.remove(producer) != null) {
      nextSequences.put(producer, nextSequence);
    }
    wake();
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
   * Appends copies of all rows of a batch, or none; from any thread. A batch that came from {@link
   * #newBatch} is emptied.
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
    Block rows = Block.borrow(schema, batch);
    long sequence = append(rows.rowCount(), writer -> writer.tryAppendAll(rows));
    if (sequence >= 0 && isOwn(batch)) {
      batch.clear();
    }
    return sequence;
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

  synchronized void attach(InletSource reader) {
    if (closed && lanes.isEmpty()) {
      throw new AnalysisException("inlet " + name + " is closed");
    }
    readers.put(reader, new LinkedHashMap<>());
  }

  synchronized void detach(InletSource reader, Runnable wakeUp) {
    readers.remove(reader).values().forEach(InletCursor::close);
    wakeUps = Arrays.stream(wakeUps).filter(each -> each != wakeUp).toArray(Runnable[]::new);
    removeFinishedLanes();
  }

  /** The reader's cursors, one for each lane there is; lanes that are at their end are left out. */
  synchronized InletCursor[] cursorsFor(InletSource reader, InletCursor[] before) {
    Map<InletLane, InletCursor> known = readers.get(reader);
    for (InletCursor cursor : before) {
      if (cursor.isAtEnd()) {
        cursor.close();
      }
    }
    for (InletLane lane : lanes) {
      known.computeIfAbsent(lane, InletCursor::new);
    }
    removeFinishedLanes();
    known.keySet().retainAll(lanes);
    return known.values().stream().filter(cursor -> !cursor.isClosed()).toArray(InletCursor[]::new);
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
