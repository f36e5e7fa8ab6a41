package io.millrace.runtime;

/**
 * How large a query's pieces are.
 *
 * @param rows of a block of columns; the batch that kernels work on; rounded up to whole words of a
 *     bitmap, which is what blocks that own memory hold
 * @param chunkBytes of raw input per slot
 * @param ringSlots slots between sequencer and sink, a power of two
 */
public record BlockSizes(int rows, int chunkBytes, int ringSlots) {
  static final int DEFAULT_ROWS = 4096;
  static final int DEFAULT_CHUNK_BYTES = 256 << 10;
  static final int DEFAULT_RING_SLOTS = 32;

  public BlockSizes {
    rows = rows + 63 & ~63;
  }
}
