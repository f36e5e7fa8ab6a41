package io.millrace.vector.bitmap;

import io.millrace.vector.column.Memory;
import io.millrace.vector.column.Segments;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The vector loop of {@link Positions}: compresses row numbers by the bits of each word. */
final class PositionsVector {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
  private static final IntVector IOTA = IntVector.zero(SPECIES).addIndex(1);
  private static final long LANES = -1L >>> 64 - SPECIES.length();

  private PositionsVector() {}

  static int of(long bitmap, int from, int to, long positions) {
    int first = from + 63 & ~63;
    int end = to & ~63;
    if (first >= end) {
      return Positions.ofLoop(bitmap, from, to, positions);
    }
    int count = Positions.ofLoop(bitmap, from, first, positions);
    for (int row = first; row < end; row += 64) {
      long bits = Memory.getLong(bitmap + (row >> 3));
      for (int lane = 0; lane < 64; lane += SPECIES.length()) {
        long chosen = bits >>> lane & LANES;
        IOTA.add(row + lane)
            .compress(VectorMask.fromLong(SPECIES, chosen))
            .intoMemorySegment(Segments.ALL, positions + 4L * count, ByteOrder.LITTLE_ENDIAN);
        count += Long.bitCount(chosen);
      }
    }
    return count + Positions.ofLoop(bitmap, end, to, positions + 4L * count);
  }
}
