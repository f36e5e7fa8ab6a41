package io.millrace.vector.column;

/**
 * Which rows of a {@link Block} a kernel is asked about: those from {@link #from} (inclusive) to
 * {@link #to} (exclusive) whose bit is set in a mask, or all of them without one. Reused from batch
 * to batch; kernels may compute values outside the mask as long as they cannot fail there.
 */
public final class RowSelection {
  /** A mask address that stands for "every row". */
  public static final long ALL = 0;

  private int from;
  private int to;
  private long mask = ALL;

  public RowSelection set(int fromInclusive, int toExclusive, long maskAddress) {
    from = fromInclusive;
    to = toExclusive;
    mask = maskAddress;
    return this;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  /** Address of a bitmap over the block's rows, or {@link #ALL}. */
  public long mask() {
    return mask;
  }

  public boolean isEmpty() {
    return from >= to;
  }

  /** Whether a row between from and to is asked for. */
  public boolean includes(int row) {
    return mask == ALL || (Memory.getByte(mask + (row >> 3)) >> (row & 7) & 1) != 0;
  }

  /**
   * The rows that are asked for among the 64 from {@code base}, a multiple of 64, as bits, least
   * significant first.
   */
  public long word(int base) {
    long word = mask == ALL ? -1L : Memory.getLong(mask + (base >> 3));
    if (base < from) {
      word &= -1L << (from - base);
    }
    if (base + 64L > to) {
      word &= -1L >>> (base + 64L - to);
    }
    return word;
  }
}
