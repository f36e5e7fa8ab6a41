package io.millrace.vector.project;

import io.millrace.vector.column.Segments;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector loops of {@link DoubleArithmetic}: whole vectors; the rest is left to the plain ones.
 */
final class DoubleArithmeticVector {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  private DoubleArithmeticVector() {}

  static void add(long left, long right, long result, int from, int to) {
    int end = from + SPECIES.loopBound(to - from);
    for (int i = from; i < end; i += SPECIES.length()) {
      load(left, i)
          .add(load(right, i))
          .intoMemorySegment(Segments.ALL, result + 8L * i, ByteOrder.LITTLE_ENDIAN);
    }
    DoubleArithmetic.addLoop(left, right, result, end, to);
  }

  static void subtract(long left, long right, long result, int from, int to) {
    int end = from + SPECIES.loopBound(to - from);
    for (int i = from; i < end; i += SPECIES.length()) {
      load(left, i)
          .sub(load(right, i))
          .intoMemorySegment(Segments.ALL, result + 8L * i, ByteOrder.LITTLE_ENDIAN);
    }
    DoubleArithmetic.subtractLoop(left, right, result, end, to);
  }

  static void multiply(long left, long right, long result, int from, int to) {
    int end = from + SPECIES.loopBound(to - from);
    for (int i = from; i < end; i += SPECIES.length()) {
      load(left, i)
          .mul(load(right, i))
          .intoMemorySegment(Segments.ALL, result + 8L * i, ByteOrder.LITTLE_ENDIAN);
    }
    DoubleArithmetic.multiplyLoop(left, right, result, end, to);
  }

  private static DoubleVector load(long values, int row) {
    return DoubleVector.fromMemorySegment(
        SPECIES, Segments.ALL, values + 8L * row, ByteOrder.LITTLE_ENDIAN);
  }
}
