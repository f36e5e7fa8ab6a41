package io.millrace.vector.aggregate;

import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.group.BytesArena;
import io.millrace.vector.group.GroupRecord;
import io.millrace.vector.group.RowList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;

/**
 * All aggregates of an operator, each with its place in the state of a group's record. Records are
 * those of a {@link io.millrace.vector.group.GroupTable} with {@link #stateBytes} of state at the
 * offset given here.
 *
 * <p>A failure leaves behind rows that some aggregates have taken and others have not; what is held
 * can still be released and closed.
 */
public final class Accumulators implements AutoCloseable {
  private final List<AggregateSpec> specs;
  private final Accumulator[] accumulators;
  private final ColumnVector[][] arguments;
  private final int stateOffset;
  private final int stateBytes;
  private final boolean hasDistinct;
  private final boolean areInRecords;
  private final Schema stateSchema;
  private final BytesArena arena;
  private final Workspace workspace;

  private Accumulators(
      List<AggregateSpec> specs,
      Accumulator[] accumulators,
      StateLayout layout,
      Workspace workspace) {
    this.specs = List.copyOf(specs);
    this.accumulators = accumulators;
    this.stateOffset = layout.start();
    this.stateBytes = layout.stateBytes();
    this.arena = layout.arena();
    this.workspace = workspace;
    this.stateSchema = stateSchema(this.specs, accumulators);
    boolean distinct = false;
    for (Accumulator accumulator : accumulators) {
      distinct |= accumulator instanceof Distinct;
    }
    hasDistinct = distinct;
    areInRecords = Arrays.stream(accumulators).allMatch(Accumulator::isInRecord);
    arguments = new ColumnVector[accumulators.length][];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = new ColumnVector[specs.get(i).arguments().size()];
    }
  }

  /**
   * @param stateOffset {@link io.millrace.vector.group.GroupTable#stateOffset} of the keys
   * @param ansi whether a sum that does not fit its type is an error rather than null
   * @param allocator for values of varying size, which lie outside the records, and scratch
   * @throws io.millrace.types.MillraceException with code RESOURCES, nothing kept, if there is not
   *     enough memory
   */
  public static Accumulators of(
      List<AggregateSpec> specs, int stateOffset, boolean ansi, BufferAllocator allocator) {
    Workspace workspace = new Workspace(allocator);
    StateLayout layout = new StateLayout(stateOffset, new BytesArena(allocator));
    AccumulatorFactory factory = new AccumulatorFactory(layout, workspace, ansi, allocator);
    Accumulator[] accumulators = new Accumulator[specs.size()];
    int made = 0;
    try {
      for (; made < accumulators.length; made++) {
        accumulators[made] = factory.make(specs.get(made));
      }
      return new Accumulators(specs, accumulators, layout, workspace);
    } catch (RuntimeException | Error e) {
      for (int i = 0; i < made; i++) {
        accumulators[i].close();
      }
      workspace.close();
      throw e;
    }
  }

  /** Names that an aggregate's own ones are put behind; a name that stands twice gets a number. */
  private static Schema stateSchema(List<AggregateSpec> specs, Accumulator[] accumulators) {
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < accumulators.length; i++) {
      String name = specs.get(i).name();
      for (int number = 2; !names.add(name); number++) {
        name = specs.get(i).name() + " " + number;
      }
      for (Field field : accumulators[i].stateFields()) {
        fields.add(new Field(name + "." + field.name(), field.type(), field.nullable()));
      }
    }
    return new Schema(fields);
  }

  /** Bytes of state per record, a multiple of 8. */
  public int stateBytes() {
    return stateBytes;
  }

  /**
   * Takes rows into their groups, in the order of rows.
   *
   * @param records address of a 64-bit cell per row that holds its group's record
   * @throws io.millrace.types.MillraceException with code DATA if a sum does not fit, or RESOURCES
   *     if there is not enough memory
   */
  public void update(Block input, RowSelection rows, long records) {
    for (int from = rows.from(); from < rows.to(); ) {
      int to = RowList.end(from, rows.to());
      for (int i = 0; i < accumulators.length; i++) {
        RowList listed = choose(i, input, from, to, rows.mask());
        accumulators[i].update(arguments[i], listed, records);
      }
      from = to;
    }
  }

  private RowList choose(int aggregate, Block input, int from, int to, long mask) {
    AggregateSpec spec = specs.get(aggregate);
    ColumnVector[] columns = arguments[aggregate];
    workspace.begin(mask);
    for (int i = 0; i < columns.length; i++) {
      columns[i] = input.column(spec.arguments().get(i));
      if (accumulators[aggregate].skipsNulls(i)) {
        workspace.skipNulls(columns[i], from, to);
      }
    }
    if (spec.filter() != AggregateSpec.NO_FILTER) {
      workspace.keepTrue(input.column(spec.filter()), from, to);
    }
    return workspace.list(from, to);
  }

  /**
   * Takes what a group holds into one whose rows came before; the other keeps its own until it is
   * released.
   */
  public void merge(long into, long from) {
    for (Accumulator accumulator : accumulators) {
      accumulator.merge(into, from);
    }
  }

  /** As {@link #merge}, into a group that holds nothing. */
  public void begin(long into, long from) {
    if (areInRecords) {
      GroupRecord.copyStateBits(from, into);
      Memory.copyShort(from + stateOffset, into + stateOffset, stateBytes);
    } else {
      merge(into, from);
    }
  }

  /**
   * Writes an aggregate's results for {@code count} records, whose addresses stand at {@code
   * records}, into rows of a column, dense from {@code at} on; to row 0 it starts it afresh.
   *
   * @throws io.millrace.types.MillraceException with code DATA if a result does not fit its type
   */
  public void result(int aggregate, long records, int count, ColumnVector into, int at) {
    accumulators[aggregate].result(records, count, into, at);
  }

  /** Whether any group may hold something outside its record. */
  public boolean holdMemory() {
    return hasDistinct || arena.memoryBytes() > 0;
  }

  /** Empties a group's state and gives back what it holds outside its record. */
  public void release(long record) {
    for (Accumulator accumulator : accumulators) {
      accumulator.release(record);
    }
  }

  /** The columns that hold the state of all aggregates. */
  public Schema stateSchema() {
    return stateSchema;
  }

  /**
   * Writes the state of {@code count} records into columns of {@link #stateSchema}, the first of
   * which stands at {@code firstColumn}, dense from row {@code at} on.
   */
  public void save(long records, int count, Block into, int firstColumn, int at) {
    int column = firstColumn;
    for (Accumulator accumulator : accumulators) {
      accumulator.save(records, count, into, column, at);
      column += accumulator.stateFields().size();
    }
  }

  /**
   * Replaces the state of records by what {@link #save} wrote.
   *
   * @param records where the address of one record per row of fromRow..toRow stands
   */
  public void load(Block from, int firstColumn, int fromRow, int toRow, long records) {
    int column = firstColumn;
    for (Accumulator accumulator : accumulators) {
      accumulator.load(from, column, fromRow, toRow, records);
      column += accumulator.stateFields().size();
    }
  }

  /** Bytes held off-heap, outside the records. */
  public long memoryBytes() {
    long bytes = workspace.memoryBytes() + arena.memoryBytes();
    for (Accumulator accumulator : accumulators) {
      bytes += accumulator.memoryBytes();
    }
    return bytes;
  }

  @Override
  public void close() {
    for (Accumulator accumulator : accumulators) {
      accumulator.close();
    }
    arena.close();
    workspace.close();
  }
}
