package io.millrace.vector.json;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A piece of off-heap memory for the rare value that must be rewritten before it can be read; freed
 * with its owner by the garbage collector.
 */
final class Scratch {
  private static final long MIN_BYTES = 256;

  private MemorySegment memory = MemorySegment.NULL;

  /** The address of at least that many bytes, good until the next call. */
  long reserve(long bytes) {
    if (bytes > memory.byteSize()) {
      memory = Arena.ofAuto().allocate(Math.max(MIN_BYTES, 2 * bytes), Long.BYTES);
    }
    return memory.address();
  }
}
