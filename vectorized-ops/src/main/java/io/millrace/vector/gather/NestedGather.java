package io.millrace.vector.gather;

import io.millrace.types.DataType;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/**
 * {@link Gather} for nested types: a STRUCT's fields row by row, an ARRAY's or MAP's elements as
 * ranges of the child. What lies under a null is copied too.
 */
final class NestedGather {
  private NestedGather() {}

  static void positions(
      ColumnVector source, long positions, int count, ColumnVector target, int at) {
    Gather.validity(source, positions, count, target, at);
    if (source.type() instanceof DataType.Struct) {
      for (int i = 0; i < source.childCount(); i++) {
        Gather.positions(source.child(i), positions, count, target.child(i), at);
      }
      return;
    }
    long size = 0;
    for (int i = 0; i < count; i++) {
      size += source.length(Memory.getInt(positions + 4L * i));
    }
    int end = begin(target, at, size);
    int from = 0; // a run of elements that is not copied yet
    int to = 0;
    for (int i = 0; i < count; i++) {
      int row = Memory.getInt(positions + 4L * i);
      if (source.offset(row) != to) {
        end = append(source, from, to, target, end);
        from = source.offset(row);
      }
      to = source.offset(row + 1);
      target.offset(at + i + 1, end + to - from);
    }
    append(source, from, to, target, end);
  }

  static void range(ColumnVector source, int from, int to, ColumnVector target, int at) {
    Gather.validityRange(source, from, to, target, at);
    if (source.type() instanceof DataType.Struct) {
      for (int i = 0; i < source.childCount(); i++) {
        Gather.range(source.child(i), from, to, target.child(i), at);
      }
      return;
    }
    if (from == to) {
      begin(target, at, 0); // the source may be without memory
      return;
    }
    int start = source.offset(from);
    int end = begin(target, at, source.offset(to) - start);
    for (int row = from; row < to; row++) {
      target.offset(at + row - from + 1, source.offset(row + 1) - start + end);
    }
    append(source, start, source.offset(to), target, end);
  }

  /** Makes room for so many elements behind those of the rows before; says where they begin. */
  private static int begin(ColumnVector target, int at, long size) {
    if (at == 0) {
      target.offset(0, 0);
    }
    int end = target.offset(at);
    target.reserveElements(end + size);
    return end;
  }

  private static int append(ColumnVector source, int from, int to, ColumnVector target, int end) {
    if (from < to) {
      Gather.range(source.child(0), from, to, target.child(0), end);
    }
    return end + to - from;
  }
}
