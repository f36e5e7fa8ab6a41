package io.millrace.physical;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.gather.Gather;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges groups that several threads gave out, each in order, into the order in which one thread
 * would have: ascending by two columns behind the result's.
 */
public final class OrderedGroups implements AutoCloseable {
  private final Block merged;
  private final Pipeline target;
  private final RowSelection all = new RowSelection();

  /** One thread's groups, block by block. */
  public interface Part {
    int blocks();

    Block block(int index);
  }

  private static final class Cursor {
    private Part part;
    private int index;
    private int row;

    void begin(Part newPart) {
      part = newPart;
      index = 0;
      row = 0;
    }

    boolean atEnd() {
      return index == part.blocks();
    }

    Block block() {
      return part.block(index);
    }

    void advance(int to) {
      row = to;
      if (row == block().rowCount()) {
        row = 0;
        index++;
      }
    }

    boolean isBefore(Cursor other) {
      return compare(block(), row, other) < 0;
    }

    static int compare(Block block, int row, Cursor other) {
      int columns = block.columnCount();
      for (int i = columns - 2; i < columns; i++) {
        long left = value(block.column(i), row);
        long right = value(other.block().column(i), other.row);
        if (left != right) {
          return left < right ? -1 : 1;
        }
      }
      return 0;
    }

    private static long value(ColumnVector column, int row) {
      return Memory.getLong(column.data() + 8L * row);
    }
  }

  private final Cursor[] cursors;

  /**
   * @param merged a block of the result's columns, owned from now on
   * @param target takes the rows as those of its only input
   */
  public OrderedGroups(Block merged, int parts, Pipeline target) {
    this.merged = merged;
    this.target = target;
    this.cursors = new Cursor[parts];
    for (int i = 0; i < parts; i++) {
      cursors[i] = new Cursor();
    }
  }

  static Schema schema(Schema result) {
    List<Field> fields = new ArrayList<>(result.fields());
    fields.add(new Field("$first", DataType.BIGINT, false));
    fields.add(new Field("$second", DataType.BIGINT, false));
    return new Schema(fields);
  }

  /** Hands the parts' groups on, merged. */
  public void merge(Part[] parts) {
    for (int i = 0; i < parts.length; i++) {
      cursors[i].begin(parts[i]);
    }
    for (Cursor first = first(); first != null; first = first()) {
      Cursor second = first(first);
      int to = second == null ? first.block().rowCount() : end(first, second);
      append(first.block(), first.row, to);
      first.advance(to);
    }
    flush();
  }

  private Cursor first() {
    return first(null);
  }

  private Cursor first(Cursor without) {
    Cursor first = null;
    for (Cursor cursor : cursors) {
      if (cursor != without && !cursor.atEnd() && (first == null || cursor.isBefore(first))) {
        first = cursor;
      }
    }
    return first;
  }

  /** The end of the run of a block's rows that come before another part's. */
  private static int end(Cursor first, Cursor second) {
    Block block = first.block();
    int row = first.row + 1;
    while (row < block.rowCount() && Cursor.compare(block, row, second) < 0) {
      row++;
    }
    return row;
  }

  private void append(Block block, int from, int to) {
    int next = from;
    while (next < to) {
      if (merged.rowCount() == merged.rowCapacity()) {
        flush();
      }
      int at = merged.rowCount();
      int count = Math.min(to - next, merged.rowCapacity() - at);
      for (int i = 0; i < merged.columnCount(); i++) {
        Gather.range(block.column(i), next, next + count, merged.column(i), at);
      }
      merged.rowCount(at + count);
      next += count;
    }
  }

  private void flush() {
    int count = merged.rowCount();
    if (count > 0) {
      target.process(0, merged, all.set(0, count, RowSelection.ALL));
      merged.clear();
    }
  }

  @Override
  public void close() {
    merged.close();
  }
}
