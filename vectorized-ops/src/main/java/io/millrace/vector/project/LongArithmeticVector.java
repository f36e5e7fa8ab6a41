package io.millrace.vector.project;

import io.millrace.vector.column.Segments;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector loops of {@link LongArithmetic}: whole vectors; the rest is left to the plain ones.
 */
final class LongArithmeticVector {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;

  private LongArithmeticVector() {}

  static boolean add(long left, long right, long result, int from, int to) {
    int end = from + SPECIES.loopBound(to - from);
    LongVector overflow = LongVector.zero(SPECIES);
    for (int i = from; i < end; i += SPECIES.length()) {
      LongVector x = load(left, i);
      LongVector y = load(right, i);
      LongVector sum = x.add(y);
      overflow =
          overflow.lanewise(
              VectorOperators.OR,
              x.lanewise(VectorOperators.XOR, sum).and(y.lanewise(VectorOperators.XOR, sum)));
      sum.intoMemorySegment(Segments.ALL, result + 8L * i, ByteOrder.LITTLE_ENDIAN);
    }
    return overflow.compare(VectorOperators.LT, 0).anyTrue()
        | LongArithmetic.addLoop(left, right, result, end, to);
  }

  static boolean subtract(long left, long right, long result, int from, int to) {
    int end = from + SPECIES.loopBound(to - from);
    LongVector overflow = LongVector.zero(SPECIES);
    for (int i = from; i < end; i += SPECIES.length()) {
      LongVector x = load(left, i);
      LongVector y = load(right, i);
      LongVector difference = x.sub(y);
      overflow =
          overflow.lanewise(
              VectorOperators.OR,
              x.lanewise(VectorOperators.XOR, y).and(x.lanewise(VectorOperators.XOR, difference)));
      difference.intoMemorySegment(Segments.ALL, result + 8L * i, ByteOrder.LITTLE_ENDIAN);
    }
    return overflow.compare(VectorOperators.LT, 0).anyTrue()
        | LongArithmetic.subtractLoop(left, right, result, end, to);
  }

  private static LongVector load(long values, int row) {
    return LongVector.fromMemorySegment(
        SPECIES, Segments.ALL, values + 8L * row, ByteOrder.LITTLE_ENDIAN);
  }
}
