package io.millrace.vector.column;

import java.lang.foreign.MemorySegment;

/** All memory as one segment whose offsets are absolute addresses: the Vector API's door to it. */
public final class Segments {
  @SuppressWarnings("restricted")
  public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Segments() {}
}
