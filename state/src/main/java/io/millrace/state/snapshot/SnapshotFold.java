package io.millrace.state.snapshot;

import io.millrace.state.batch.BatchRows;
import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.Field;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.gather.Gather;
import io.millrace.vector.group.GroupTable;
import io.millrace.vector.hash.KeyHash;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Makes one row per key of changes and the rows before them, by looking at the newest first: the
 * first word on a key is the last one that was said. So a row is written when it comes, and only
 * the keys that changed are kept.
 */
final class SnapshotFold implements AutoCloseable {
  /** Rows that are looked at in one go. */
  private static final int ROWS = 4096;

  private final List<Rows> operators = new ArrayList<>();
  private final long watermarkUs;
  private final Output output;
  private ByteBlock hashes;
  private ByteBlock records;
  private ByteBlock positions;
  private final RowSelection range = new RowSelection();

  /** Takes rows that stay, dense; borrowed for the time of the call. */
  interface Output {
    void rows(int operator, Block rows);
  }

  /**
   * @param watermarkUs at which rows are over that are left out
   */
  SnapshotFold(
      BufferAllocator allocator, List<OperatorState> operators, long watermarkUs, Output output) {
    this.watermarkUs = watermarkUs;
    this.output = output;
    try {
      hashes = new ByteBlock(allocator, 8 * ROWS);
      records = new ByteBlock(allocator, 8 * ROWS);
      positions = new ByteBlock(allocator, 4 * ROWS);
      for (OperatorState operator : operators) {
        this.operators.add(new Rows(allocator, operator, this.operators.size()));
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Takes changes, the newest first; a key stands in each at most once. */
  StateVisitor newer() {
    return new StateVisitor() {
      @Override
      public void upsert(int operator, Block rows) {
        operators.get(operator).newer(rows, true);
      }

      @Override
      public void remove(int operator, Block keys) {
        operators.get(operator).newer(keys, false);
      }
    };
  }

  /** Takes the rows before all changes, of which each has a key of its own. */
  StateVisitor older() {
    return new StateVisitor() {
      @Override
      public void upsert(int operator, Block rows) {
        operators.get(operator).older(rows);
      }

      @Override
      public void remove(int operator, Block keys) {
        throw new MillraceException(ErrorCode.BUG, "a snapshot removes nothing");
      }
    };
  }

  /** All rows were there. */
  void finish() {
    operators.forEach(Rows::flush);
  }

  /** Those of one operator. */
  private final class Rows implements AutoCloseable {
    private final OperatorState operator;
    private final int number;
    private final ColumnVector[] keys;
    private final GroupTable seen;
    private final Block kept;

    Rows(BufferAllocator allocator, OperatorState operator, int number) {
      this.operator = operator;
      this.number = number;
      this.keys = new ColumnVector[operator.keyColumns()];
      List<DataType> types = operator.keySchema().fields().stream().map(Field::type).toList();
      this.seen = new GroupTable(allocator, types, 0);
      try {
        this.kept = Block.allocate(allocator, operator.schema(), ROWS);
      } catch (RuntimeException | Error e) {
        seen.close();
        throw e;
      }
    }

    void newer(Block rows, boolean stay) {
      for (int from = 0; from < rows.rowCount(); from += ROWS) {
        int to = Math.min(rows.rowCount(), from + ROWS);
        hash(rows, from, to);
        range.set(from, to, RowSelection.ALL);
        seen.find(keys, range, hashes.address() - 8L * from, records.address() - 8L * from);
        int count = 0;
        for (int i = 0; stay && i < seen.added(); i++) {
          count += choose(rows, seen.addedRow(i), count);
        }
        keep(rows, count);
      }
    }

    void older(Block rows) {
      for (int from = 0; from < rows.rowCount(); from += ROWS) {
        int to = Math.min(rows.rowCount(), from + ROWS);
        hash(rows, from, to);
        int count = 0;
        for (int row = from; row < to; row++) {
          long hash = Memory.getLong(hashes.address() + 8L * (row - from));
          if (seen.lookup(keys, row, hash) == 0) {
            count += choose(rows, row, count);
          }
        }
        keep(rows, count);
      }
    }

    private void hash(Block rows, int from, int to) {
      long hashesByRow = hashes.address() - 8L * from;
      KeyHash.start(hashesByRow, from, to);
      for (int i = 0; i < keys.length; i++) {
        keys[i] = rows.column(i);
        KeyHash.add(keys[i], from, to, hashesByRow);
      }
    }

    /** Adds a row to the positions, unless it is over; returns how many that makes. */
    private int choose(Block rows, int row, int count) {
      if (operator.isOver(rows, row, watermarkUs)) {
        return 0;
      }
      Memory.putInt(positions.address() + 4L * count, row);
      return 1;
    }

    private void keep(Block rows, int count) {
      if (kept.rowCount() + count > kept.rowCapacity()) {
        flush();
      }
      int at = kept.rowCount();
      for (int i = 0; count > 0 && i < kept.columnCount(); i++) {
        Gather.positions(rows.column(i), positions.address(), count, kept.column(i), at);
      }
      kept.rowCount(at + count);
      if (BatchRows.sizeBytes(kept, 0, kept.rowCount()) >= StateStore.BATCH_BYTES) {
        flush();
      }
    }

    void flush() {
      if (kept.rowCount() > 0) {
        output.rows(number, kept);
        kept.clear();
      }
    }

    @Override
    public void close() {
      kept.close();
      seen.close();
    }
  }

  @Override
  public void close() {
    operators.forEach(Rows::close);
    for (ByteBlock block : new ByteBlock[] {positions, records, hashes}) {
      if (block != null) {
        block.close();
      }
    }
  }
}
