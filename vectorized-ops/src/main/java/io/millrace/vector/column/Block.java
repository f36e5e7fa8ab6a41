package io.millrace.vector.column;

import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.Field;
import io.millrace.types.MillraceException;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.TransferPair;

/**
 * A reusable set of off-heap columns with room for a fixed number of rows: what stands in ring
 * slots, in operators' scratch and at sinks. It has one writer; it is allocated once and filled
 * again and again.
 */
public final class Block implements AutoCloseable {
  /** Room for variable-width data to begin with, bytes per row; it grows when it must. */
  private static final int INITIAL_BYTES_PER_ROW = 16;

  private final Schema schema;
  private final int rowCapacity;
  private final ColumnVector[] columns;
  private final boolean owner;
  private VectorSchemaRoot root;
  private int rowCount;

  private Block(Schema schema, int rowCapacity, ColumnVector[] columns, boolean owner) {
    this.schema = schema;
    this.rowCapacity = rowCapacity;
    this.columns = columns;
    this.owner = owner;
  }

  /**
   * Allocates all columns.
   *
   * @param rowCapacity rounded up to a multiple of 64
   * @throws io.millrace.types.MillraceException if the schema has a column that is always NULL, or
   *     with code RESOURCES if there is not enough memory; then none is kept
   */
  public static Block allocate(BufferAllocator allocator, Schema schema, int rowCapacity) {
    int capacity = (rowCapacity + 63) & ~63;
    List<FieldVector> vectors = new ArrayList<>(schema.size());
    try {
      List<org.apache.arrow.vector.types.pojo.Field> fields = schema.arrowFields();
      ColumnVector[] columns = new ColumnVector[schema.size()];
      for (int i = 0; i < columns.length; i++) {
        requireStorage(schema.field(i).name(), schema.field(i).type());
        FieldVector vector = fields.get(i).createVector(allocator);
        vectors.add(vector);
        long dataBytes = (long) INITIAL_BYTES_PER_ROW * capacity;
        OffHeap.take(allocator, () -> ArrowVectors.allocate(vector, capacity + 1, dataBytes));
        columns[i] = new ColumnVector(schema.field(i).type(), vector, capacity);
      }
      return new Block(schema, capacity, columns, true);
    } catch (RuntimeException | Error e) {
      vectors.forEach(FieldVector::close);
      throw e;
    }
  }

  private static void requireStorage(String column, DataType type) {
    switch (type) {
      case DataType.Simple simple -> {
        if (simple == DataType.Simple.VOID) {
          throw new MillraceException(
              ErrorCode.PLAN, "column " + column + " is NULL without a type; CAST it to one");
        }
      }
      case DataType.Decimal ignored -> {}
      case DataType.Array array -> requireStorage(column, array.element());
      case DataType.Map map -> requireStorage(column, map.entries());
      case DataType.Struct struct -> {
        struct.fields().requireUniqueNames(); // Arrow finds a struct's fields by name
        if (struct.fields().size() == 0) {
          throw new MillraceException(
              ErrorCode.PLAN, "column " + column + " is a STRUCT without fields; give it one");
        }
        struct.fields().fields().forEach(f -> requireStorage(column + "." + f.name(), f.type()));
      }
    }
  }

  /** A block with one column, for an operator's scratch. */
  public static Block ofOne(BufferAllocator allocator, DataType type, int rowCapacity) {
    return allocate(allocator, Schema.of(new Field("scratch", type, true)), rowCapacity);
  }

  /**
   * A block without memory of its own: a window for other blocks' columns, set one by one with
   * {@link #show} for every batch. Closing it closes nothing.
   */
  public static Block view(Schema schema, int rowCapacity) {
    return new Block(schema, rowCapacity, new ColumnVector[schema.size()], false);
  }

  /**
   * Blocks of at most that many rows over the memory of a batch, which may be cleared or closed
   * afterwards: they keep it. Nothing is copied but the offsets of strings behind the first block.
   *
   * @param schema the batch's, in our types, flat ones
   * @param blockRows a multiple of 64
   * @throws io.millrace.types.MillraceException with code RESOURCES if there is not enough memory;
   *     then there are none
   */
  public static List<Block> cut(Schema schema, VectorSchemaRoot batch, int blockRows) {
    List<Block> blocks = new ArrayList<>();
    try {
      for (int from = 0; from < batch.getRowCount(); from += blockRows) {
        blocks.add(cut(schema, batch, from, Math.min(blockRows, batch.getRowCount() - from)));
      }
      return blocks;
    } catch (RuntimeException | Error e) {
      blocks.forEach(Block::close);
      throw e;
    }
  }

  private static Block cut(Schema schema, VectorSchemaRoot batch, int from, int rows) {
    ColumnVector[] columns = new ColumnVector[schema.size()];
    List<FieldVector> vectors = new ArrayList<>(columns.length);
    try {
      for (int i = 0; i < columns.length; i++) {
        FieldVector whole = batch.getVector(i);
        TransferPair part = whole.getTransferPair(whole.getAllocator());
        FieldVector vector = (FieldVector) part.getTo();
        vectors.add(vector);
        OffHeap.take(
            whole.getAllocator(),
            () -> {
              part.splitAndTransfer(from, rows);
              return vector;
            });
        columns[i] = ColumnVector.borrow(schema.field(i).type(), vector, rows);
      }
    } catch (RuntimeException | Error e) {
      vectors.forEach(FieldVector::close);
      throw e;
    }
    Block block = new Block(schema, (rows + 63) & ~63, columns, true);
    block.rowCount = rows;
    return block;
  }

  /**
   * Lends Arrow data to kernels that read it. Bitmaps must be padded to whole 64-bit words, as
   * Arrow allocates them.
   *
   * @param schema the root's, in our types
   */
  public static Block borrow(Schema schema, VectorSchemaRoot root) {
    int rows = root.getRowCount();
    ColumnVector[] columns = new ColumnVector[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      FieldVector vector = root.getVector(i);
      columns[i] = ColumnVector.borrow(schema.field(i).type(), vector, rows);
    }
    Block block = new Block(schema, rows, columns, false);
    block.rowCount = rows;
    return block;
  }

  /** Lets a view show a borrowed column at that index. */
  public void show(int index, ColumnVector column) {
    assert !owner : "only a view shows other blocks' columns";
    if (columns[index] != column) {
      columns[index] = column;
      root = null;
    }
  }

  public Schema schema() {
    return schema;
  }

  /** How many rows fit; a multiple of 64. */
  public int rowCapacity() {
    return rowCapacity;
  }

  public int rowCount() {
    return rowCount;
  }

  public void rowCount(int value) {
    assert value >= 0 && value <= rowCapacity : value + " rows in a block of " + rowCapacity;
    rowCount = value;
  }

  public int columnCount() {
    return columns.length;
  }

  public ColumnVector column(int index) {
    return columns[index];
  }

  /** Empties the block; memory is kept. */
  public void clear() {
    rowCount = 0;
  }

  /**
   * Whether {@link #arrow()} works: no column is put together from others' memory, as {@link
   * StructView} does; copy the rows if one is.
   */
  public boolean isArrow() {
    for (ColumnVector column : columns) {
      if (column.vector() == null) {
        return false;
      }
    }
    return true;
  }

  /** The rows as Arrow vectors over the same memory, good until the block is written again. */
  public VectorSchemaRoot arrow() {
    return arrow(rowCount);
  }

  /** The first rows as Arrow vectors; for a reader of a block that its writer goes on filling. */
  public VectorSchemaRoot arrow(int rows) {
    for (ColumnVector column : columns) {
      column.arrow(rows);
    }
    if (root == null) {
      List<FieldVector> vectors = new ArrayList<>(columns.length);
      for (ColumnVector column : columns) {
        vectors.add(column.vector());
      }
      root = new VectorSchemaRoot(schema.arrowFields(), vectors);
    }
    root.setRowCount(rows);
    return root;
  }

  /** Bytes held off-heap. */
  public long memoryBytes() {
    long bytes = 0;
    for (ColumnVector column : columns) {
      bytes += column.memoryBytes();
    }
    return bytes;
  }

  @Override
  public void close() {
    if (owner) {
      for (ColumnVector column : columns) {
        column.vector().close();
      }
    }
  }
}
