package io.millrace.vector.column;

import io.millrace.types.DataType;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.DensityAwareVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Gives Arrow vectors of all types their memory and takes nested ones apart. */
final class ArrowVectors {
  private static final ColumnVector[] NO_CHILDREN = {};

  private ArrowVectors() {}

  /** Gives a vector its first memory; what was taken before a failure stays in the vector. */
  static FieldVector allocate(FieldVector vector, int rowCapacity, long dataBytes) {
    switch (vector) {
      case BaseFixedWidthVector fixed -> fixed.allocateNew(rowCapacity);
      case BaseVariableWidthVector variable -> variable.allocateNew(dataBytes, rowCapacity);
      case DensityAwareVector nested -> {
        nested.setInitialCapacity(rowCapacity, 1); // one element per row, to begin with
        vector.reAlloc(); // allocateNew would print a failure
      }
      default ->
          throw new IllegalArgumentException("assertion: " + vector.getClass() + " has no memory");
    }
    return vector;
  }

  /** Lets a vector grow until so many rows fit, keeping those that are there. */
  static FieldVector grow(FieldVector vector, int rows) {
    while (wholeWords(vector) < rows) {
      vector.reAlloc();
    }
    return vector;
  }

  /** The columns over a vector's children. */
  static ColumnVector[] children(DataType type, FieldVector vector, int rowCapacity) {
    return switch (type) {
      case DataType.Simple ignored -> NO_CHILDREN;
      case DataType.Decimal ignored -> NO_CHILDREN;
      case DataType.Array array -> new ColumnVector[] {elements(array.element(), vector)};
      case DataType.Map map -> new ColumnVector[] {elements(map.entries(), vector)};
      case DataType.Struct struct -> {
        ColumnVector[] fields = new ColumnVector[struct.fields().size()];
        for (int i = 0; i < fields.length; i++) {
          FieldVector field = (FieldVector) ((StructVector) vector).getChildByOrdinal(i);
          fields[i] = new ColumnVector(struct.fields().field(i).type(), field, rowCapacity);
        }
        yield fields;
      }
    };
  }

  private static ColumnVector elements(DataType type, FieldVector list) {
    FieldVector elements = ((ListVector) list).getDataVector();
    return new ColumnVector(type, elements, wholeWords(elements));
  }

  /** How many rows fit whose bitmaps end with a word. */
  static int wholeWords(FieldVector vector) {
    return vector.getValueCapacity() & ~63;
  }

  /** How many children a column of the type has. */
  static int childCount(DataType type) {
    return switch (type) {
      case DataType.Simple ignored -> 0;
      case DataType.Decimal ignored -> 0;
      case DataType.Array ignored -> 1;
      case DataType.Map ignored -> 1;
      case DataType.Struct struct -> struct.fields().size();
    };
  }
}
