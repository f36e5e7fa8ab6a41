package io.millrace.physical.expression;

import org.apache.arrow.memory.BufferAllocator;

/**
 * What the evaluators of one pipeline share.
 *
 * <p>Processing time is the journaled arrival time of the batch at hand, never a clock's.
 */
public final class EvaluationContext {
  private final BufferAllocator allocator;
  private final int rowCapacity;
  private final boolean ansi;
  private long arrivalTimeUs;

  /**
   * @param rowCapacity of the blocks that will be evaluated
   * @param ansi whether overflow, division by zero and failing casts are errors rather than null
   */
  public EvaluationContext(BufferAllocator allocator, int rowCapacity, boolean ansi) {
    this.allocator = allocator;
    this.rowCapacity = rowCapacity;
    this.ansi = ansi;
  }

  public BufferAllocator allocator() {
    return allocator;
  }

  public int rowCapacity() {
    return rowCapacity;
  }

  public boolean ansi() {
    return ansi;
  }

  /** What {@code current_timestamp()} means, microseconds UTC. */
  public long arrivalTimeUs() {
    return arrivalTimeUs;
  }

  public void arrivalTimeUs(long value) {
    arrivalTimeUs = value;
  }
}
