package io.millrace.vector.cast;

import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;

/** Converts a column to another type. An instance may hold scratch; it serves one thread. */
@FunctionalInterface
public interface CastKernel {
  /**
   * Writes the values of {@code to}. Its validity is the caller's, set before.
   *
   * @param rows those that are not null
   * @param failuresAsNull whether a row that does not convert becomes null
   * @return the first row that does not convert, or -1
   */
  int convert(ColumnVector from, RowSelection rows, ColumnVector to, boolean failuresAsNull);
}
