package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.group.RecordCell;
import io.millrace.vector.group.RowList;
import java.util.ArrayList;
import java.util.List;

/**
 * One aggregate: its cells in the records and the loops over them. Unless a subclass says
 * otherwise, the state is the cells, the first of them is the result, and the state's columns are
 * the cells one by one.
 */
abstract class Accumulator {
  private final List<Field> stateFields = new ArrayList<>();
  private final List<RecordCell> cells = new ArrayList<>();

  /** Registers a part of the state. */
  final <C extends RecordCell> C keep(String name, C cell) {
    cells.add(cell);
    addField(name, cell.type(), cell.isNullable());
    return cell;
  }

  final void addField(String name, DataType type, boolean nullable) {
    stateFields.add(new Field(name, type, nullable));
  }

  /** The state's columns, by names that are unique in this aggregate. */
  final List<Field> stateFields() {
    return stateFields;
  }

  /** Whether rows in which that argument is null are left out. */
  boolean skipsNulls(int argument) {
    return argument == 0;
  }

  /**
   * Takes the listed rows.
   *
   * @param records address of a 64-bit cell per row that holds its group's record
   */
  abstract void update(ColumnVector[] arguments, RowList rows, long records);

  /** Takes what a group holds into one whose rows came before. */
  abstract void merge(long into, long from);

  void result(long records, int count, ColumnVector into, int at) {
    cells.getFirst().gather(records, count, into, at);
  }

  /** Empties a group's state and gives back what it holds outside its record. */
  void release(long record) {
    for (RecordCell cell : cells) {
      cell.clear(record);
    }
  }

  void save(long records, int count, Block into, int firstColumn, int at) {
    for (int i = 0; i < cells.size(); i++) {
      cells.get(i).gather(records, count, into.column(firstColumn + i), at);
    }
  }

  void load(Block from, int firstColumn, int fromRow, int toRow, long records) {
    for (int i = 0; i < cells.size(); i++) {
      RecordCell cell = cells.get(i);
      ColumnVector column = from.column(firstColumn + i);
      for (int row = fromRow; row < toRow; row++) {
        cell.put(column, row, Memory.getLong(records + 8L * (row - fromRow)));
      }
    }
  }

  /** Whether all that a group holds lies in its record. */
  boolean isInRecord() {
    return cells.stream().noneMatch(cell -> cell.type().isVariableWidth());
  }

  /** Bytes held off-heap, outside the records and their arena. */
  long memoryBytes() {
    return 0;
  }

  /** Gives back memory of its own. */
  void close() {}
}
