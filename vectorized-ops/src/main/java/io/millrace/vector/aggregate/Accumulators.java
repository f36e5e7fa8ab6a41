package io.millrace.vector.aggregate;

import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * All aggregates of an operator, each with its place in the state of a group's record. Records are
 * those of a {@link io.millrace.vector.group.GroupTable} with {@link #stateBytes} of state at the
 * offset given here.
 */
public final class Accumulators implements AutoCloseable {
  private Accumulators() {}

  /**
   * @param stateOffset {@link io.millrace.vector.group.GroupTable#stateOffset} of the keys
   * @param ansi whether a sum that does not fit its type is an error rather than null
   * @param allocator for values of varying size, which lie outside the records
   */
  public static Accumulators of(
      List<AggregateSpec> specs, int stateOffset, boolean ansi, BufferAllocator allocator) {
    throw new UnsupportedOperationException();
  }

  /** Bytes of state per record, a multiple of 8. */
  public int stateBytes() {
    return 0;
  }

  /**
   * Takes rows into their groups, in the order of rows.
   *
   * @param records address of a 64-bit cell per row that holds its group's record
   * @throws io.millrace.types.MillraceException with code DATA if a sum does not fit
   */
  public void update(Block input, RowSelection rows, long records) {}

  /** Takes what a group holds into one whose rows came before; the other keeps its own. */
  public void merge(long into, long from) {}

  /**
   * Writes an aggregate's results for {@code count} records, whose addresses stand at {@code
   * records}, into rows of a column, dense from {@code at} on; to row 0 it starts it afresh.
   */
  public void result(int aggregate, long records, int count, ColumnVector into, int at) {}

  /** Gives back what a group holds outside its record, which is about to be removed. */
  public void release(long record) {}

  /** The columns that hold the state of all aggregates. */
  public Schema stateSchema() {
    return new Schema(List.of());
  }

  /** Writes the state of records into columns from {@code firstColumn} on, dense from a row on. */
  public void save(long records, int count, Block into, int firstColumn, int at) {}

  /**
   * Replaces the state of records by what {@link #save} wrote.
   *
   * @param records address of one record's address per row of fromRow..toRow
   */
  public void load(Block from, int firstColumn, int fromRow, int toRow, long records) {}

  /** Bytes held off-heap, outside the records. */
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void close() {}
}
