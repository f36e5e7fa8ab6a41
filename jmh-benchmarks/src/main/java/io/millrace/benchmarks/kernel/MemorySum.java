package io.millrace.benchmarks.kernel;

import io.millrace.vector.column.Memory;
import io.millrace.vector.column.Segments;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Adds up memory as 64-bit integers: the least that can be done with every byte. */
public final class MemorySum {
  /** Sizes are multiples of this many bytes. */
  public static final int STEP = 256;

  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;

  private MemorySum() {}

  /** Four sums side by side, so that the additions do not wait for each other. */
  public static long plain(long address, long sizeBytes) {
    long a = 0;
    long b = 0;
    long c = 0;
    long d = 0;
    for (long at = address, end = address + sizeBytes; at < end; at += 32) {
      a += Memory.getLong(at);
      b += Memory.getLong(at + 8);
      c += Memory.getLong(at + 16);
      d += Memory.getLong(at + 24);
    }
    return a + b + c + d;
  }

  /** The same with vectors. */
  public static long vector(long address, long sizeBytes) {
    int width = SPECIES.vectorByteSize();
    LongVector a = LongVector.zero(SPECIES);
    LongVector b = LongVector.zero(SPECIES);
    LongVector c = LongVector.zero(SPECIES);
    LongVector d = LongVector.zero(SPECIES);
    for (long at = address, end = address + sizeBytes; at < end; at += 4L * width) {
      a = a.add(load(at));
      b = b.add(load(at + width));
      c = c.add(load(at + 2L * width));
      d = d.add(load(at + 3L * width));
    }
    return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
  }

  private static LongVector load(long address) {
    return LongVector.fromMemorySegment(SPECIES, Segments.ALL, address, ByteOrder.LITTLE_ENDIAN);
  }
}
