package io.millrace.vector.filter;

import io.millrace.vector.column.Memory;
import io.millrace.vector.column.Segments;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The vector loops of {@link LongComparison}: whole words; the rest is left to the plain ones. */
final class LongComparisonVector {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;

  private LongComparisonVector() {}

  static void constant(
      Comparison comparison, long values, long constant, int from, int to, long result) {
    long invert = comparison.invert();
    int first = from & ~63;
    int end = Math.max(first, to & ~63);
    switch (comparison.loop()) {
      case EQUAL -> equal(values, constant, invert, first, end, result);
      case LESS -> less(values, constant, invert, first, end, result);
      default -> greater(values, constant, invert, first, end, result);
    }
    LongComparison.constantLoop(comparison, values, constant, end, to, result);
  }

  private static void equal(
      long values, long constant, long invert, int from, int to, long result) {
    for (int row = from; row < to; row += 64) {
      long word = 0;
      for (int lane = 0; lane < 64; lane += SPECIES.length()) {
        word |= load(values, row + lane).compare(VectorOperators.EQ, constant).toLong() << lane;
      }
      Memory.putLong(result + (row >> 3), word ^ invert);
    }
  }

  private static void less(long values, long constant, long invert, int from, int to, long result) {
    for (int row = from; row < to; row += 64) {
      long word = 0;
      for (int lane = 0; lane < 64; lane += SPECIES.length()) {
        word |= load(values, row + lane).compare(VectorOperators.LT, constant).toLong() << lane;
      }
      Memory.putLong(result + (row >> 3), word ^ invert);
    }
  }

  private static void greater(
      long values, long constant, long invert, int from, int to, long result) {
    for (int row = from; row < to; row += 64) {
      long word = 0;
      for (int lane = 0; lane < 64; lane += SPECIES.length()) {
        word |= load(values, row + lane).compare(VectorOperators.GT, constant).toLong() << lane;
      }
      Memory.putLong(result + (row >> 3), word ^ invert);
    }
  }

  private static LongVector load(long values, int row) {
    return LongVector.fromMemorySegment(
        SPECIES, Segments.ALL, values + 8L * row, ByteOrder.LITTLE_ENDIAN);
  }
}
