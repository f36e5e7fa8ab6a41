package io.millrace.runtime;

import io.millrace.InletOptions.WhenFull;
import io.millrace.InletWriter;
import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.Field;
import io.millrace.types.MillraceException;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.gather.Gather;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Appends to one lane: setters stage a row, append writes it behind the last one and makes it
 * visible.
 */
final class LaneWriter implements InletWriter {
  private static final long FULL_PARK_NS = 20_000;

  private final InletQueue inlet;
  private final InletLane lane;
  private final Schema schema;
  private final RowStaging staged;
  private final WhenFull whenFull;
  private final DropCounter dropped;
  private Block block;
  private InletLane.Slot slot;
  private long appended;
  private boolean closed;

  LaneWriter(InletQueue inlet, InletLane lane, WhenFull whenFull, DropCounter dropped) {
    this.inlet = inlet;
    this.lane = lane;
    this.schema = lane.schema();
    this.staged = new RowStaging("inlet " + inlet.name(), schema);
    this.whenFull = whenFull;
    this.dropped = dropped;
  }

  @Override
  public InletWriter setNull(int column) {
    staged.setNull(column);
    return this;
  }

  @Override
  public InletWriter setBoolean(int column, boolean value) {
    staged.set(column, DataType.BOOLEAN, value ? 1 : 0);
    return this;
  }

  @Override
  public InletWriter setInt(int column, int value) {
    staged.setInt(column, value);
    return this;
  }

  @Override
  public InletWriter setLong(int column, long value) {
    staged.set(column, DataType.BIGINT, value);
    return this;
  }

  @Override
  public InletWriter setFloat(int column, float value) {
    staged.set(column, DataType.FLOAT, Float.floatToRawIntBits(value));
    return this;
  }

  @Override
  public InletWriter setDouble(int column, double value) {
    staged.set(column, DataType.DOUBLE, Double.doubleToRawLongBits(value));
    return this;
  }

  @Override
  public InletWriter setTimestamp(int column, long timestampUs) {
    staged.set(column, DataType.TIMESTAMP, timestampUs);
    return this;
  }

  @Override
  public InletWriter setDate(int column, int days) {
    staged.set(column, DataType.DATE, days);
    return this;
  }

  @Override
  public InletWriter setDecimal(int column, long unscaled) {
    staged.setDecimal(column, unscaled);
    return this;
  }

  @Override
  public InletWriter setUtf8(int column, byte[] bytes, int offset, int length) {
    System.arraycopy(bytes, offset, staged.bytes(column, length), 0, length);
    return this;
  }

  @Override
  public InletWriter setUtf8(int column, DirectBuffer buffer, int offset, int length) {
    buffer.getBytes(offset, staged.bytes(column, length), 0, length);
    return this;
  }

  /** Copies a BINARY, or a STRING that is valid UTF-8, from off-heap memory. */
  LaneWriter setBytes(int column, long address, int length) {
    Memory.copy(address, staged.bytes(column, length), 0, length);
    return this;
  }

  @Override
  public InletWriter setString(int column, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return setUtf8(column, bytes, 0, bytes.length);
  }

  @Override
  public InletWriter setBinary(int column, byte[] value) {
    return setUtf8(column, value, 0, value.length);
  }

  @Override
  public long append() {
    staged.requireComplete();
    long sequence = tryAppend();
    while (sequence == FULL && awaitMore()) {
      sequence = tryAppend();
    }
    return sequence == FULL ? refused(1) : sequence;
  }

  private long tryAppend() {
    if (closed || !lane.write()) {
      return CLOSED;
    }
    try {
      if (!isRoom()) {
        return full(1);
      }
      int row = block.rowCount();
      staged.writeTo(block, row);
      block.rowCount(row + 1);
      staged.clear();
      return published(1);
    } finally {
      lane.wrote();
    }
  }

  /**
   * Appends copies of a borrowed block's rows, all or none, without waiting for room.
   *
   * @return the last row's sequence, FULL or CLOSED
   * @throws MillraceException if they are more than the lane ever holds
   */
  long tryAppendAll(Block rows) {
    int count = rows.rowCount();
    requireAcceptable(rows, count);
    if (closed || !lane.write()) {
      return CLOSED;
    }
    try {
      return copyAll(rows, count);
    } finally {
      lane.wrote();
    }
  }

  /**
   * The same, but the rows become blocks as they are.
   *
   * @param rows of the batch, borrowed
   * @param batch whose memory the inlet has given out; to be cleared if this succeeds
   */
  long tryMoveAll(Block rows, VectorSchemaRoot batch) {
    int count = rows.rowCount();
    requireAcceptable(rows, count);
    if (closed || !lane.write()) {
      return CLOSED;
    }
    try {
      return moveAll(batch, count);
    } finally {
      lane.wrote();
    }
  }

  private void requireAcceptable(Block rows, int count) {
    if (count > lane.capacityRows()) {
      throw new MillraceException(
          ErrorCode.DATA,
          "inlet "
              + inlet.name()
              + ": a batch of "
              + count
              + " rows, but it holds at most "
              + lane.capacityRows()
              + "; give it a larger capacityRows");
    }
    requireNoNulls(rows);
  }

  private long moveAll(VectorSchemaRoot batch, int count) {
    int blocks = (count + lane.blockRows() - 1) / lane.blockRows();
    if (lane.freeBlocks() < blocks) {
      leaveBlock();
      return full(blocks);
    }
    for (Block part : Block.cut(schema, batch, lane.blockRows())) {
      slot = lane.claim(slot, appended, part);
      appended += part.rowCount();
    }
    block = null; // the next row begins a block of its own
    return published(0);
  }

  private long copyAll(Block rows, int count) {
    boolean fits = count == 0 || fits(rows);
    int blocks = fits ? 0 : (count + lane.blockRows() - 1) / lane.blockRows();
    if (lane.freeBlocks() < blocks) {
      leaveBlock();
      return full(blocks);
    }
    if (!fits) {
      reserve(rows, blocks);
    }
    int from = 0;
    while (from < count) {
      if (!fits) {
        moveToNextBlock();
      }
      int taken = Math.min(count - from, lane.blockRows());
      int at = block.rowCount();
      for (int i = 0; i < block.columnCount(); i++) {
        Gather.range(rows.column(i), from, from + taken, block.column(i), at);
      }
      block.rowCount(at + taken);
      from += taken;
      appended += taken;
    }
    return Math.max(0, published(0)); // an empty batch may come before the first row
  }

  /** Makes room in the next blocks, so that nothing fails once the first of them is written. */
  private void reserve(Block rows, int blocks) {
    for (int i = 0; i < blocks; i++) {
      Block next = lane.upcoming(i);
      int from = i * lane.blockRows();
      int to = Math.min(rows.rowCount(), from + lane.blockRows());
      for (int column = 0; column < rows.columnCount(); column++) {
        ColumnVector source = rows.column(column);
        if (source.type().isVariableWidth()) {
          next.column(column).reserveData((long) source.offset(to) - source.offset(from));
        }
      }
    }
  }

  /**
   * Whether the block at hand takes all rows without growing, which would move what readers read.
   */
  private boolean fits(Block rows) {
    if (block == null || block.rowCount() + rows.rowCount() > lane.blockRows()) {
      return false;
    }
    for (int i = 0; i < rows.columnCount(); i++) {
      ColumnVector from = rows.column(i);
      ColumnVector to = block.column(i);
      if (from.type().isVariableWidth()) {
        long end =
            to.offset(block.rowCount()) + (long) from.offset(rows.rowCount()) - from.offset(0);
        if (end > to.dataCapacity()) {
          return false;
        }
      }
    }
    return true;
  }

  private void requireNoNulls(Block rows) {
    for (int i = 0; i < schema.size(); i++) {
      Field field = schema.field(i);
      if (!field.nullable() && rows.column(i).mayHaveNulls()) {
        throw new MillraceException(
            ErrorCode.DATA,
            "inlet "
                + inlet.name()
                + ", column "
                + field.name()
                + " is NOT NULL, the batch has nulls");
      }
    }
  }

  /** Rows that want several blocks want the rest of this one too: readers may leave it. */
  private void leaveBlock() {
    if (block != null) {
      lane.seal(slot);
      block = null;
      lane.want(0); // so that readers hear of it
    }
  }

  /** Says once what is needed: a reader that sleeps looks at it. */
  private long full(int blocks) {
    if (lane.wantedBlocks() != blocks) {
      lane.want(blocks);
      inlet.wake();
    }
    return FULL;
  }

  private long published(int rows) {
    appended += rows;
    lane.publish(appended);
    inlet.wake();
    return lane.firstSequence() + appended - 1;
  }

  /** What an append returns that found no room, after waiting if that is the policy. */
  long refused(int rows) {
    if (closed || lane.isClosed()) {
      return CLOSED;
    }
    if (whenFull == WhenFull.DROP) {
      dropped.add(rows);
      staged.clear();
    }
    return FULL;
  }

  /** Whether the block at hand, or the next one if that is free, takes the staged row. */
  private boolean isRoom() {
    if (block != null && block.rowCount() < lane.blockRows() && staged.fits(block)) {
      return true;
    }
    if (lane.freeBlocks() == 0) {
      return false;
    }
    staged.reserve(lane.upcoming(0));
    moveToNextBlock();
    return true;
  }

  /** Waits a little, if waiting is the policy and does not stand in the readers' way. */
  boolean awaitMore() {
    if (closed || lane.isClosed() || whenFull != WhenFull.BLOCK || QueryThread.isCurrent()) {
      return false;
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new MillraceException(
          ErrorCode.RESOURCES, "interrupted while waiting for room in inlet " + inlet.name());
    }
    Throwable failure = inlet.failure();
    if (failure != null) {
      throw new MillraceException(
          ErrorCode.RESOURCES,
          "inlet "
              + inlet.name()
              + " is full, and the query that read it has failed ("
              + failure.getMessage()
              + "); start a query that reads it and append again, or close the inlet",
          failure);
    }
    LockSupport.parkNanos(this, FULL_PARK_NS);
    return true;
  }

  private void moveToNextBlock() {
    slot = lane.claim(slot, appended);
    block = slot.block;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      lane.close();
      inlet.writerClosed(lane);
    }
  }
}
