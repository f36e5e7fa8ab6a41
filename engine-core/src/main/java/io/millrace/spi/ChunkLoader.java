package io.millrace.spi;

/**
 * Fetches the bytes of chunks that a reader only names, on the thread that decodes them. It may
 * serve several chunks at a time and outlives its reader.
 */
public interface ChunkLoader {
  /**
   * Fills an empty chunk with the records that begin in a part of the origin: says where they are
   * from and, by {@link Chunk#start}, where the first one begins; leaves the chunk empty if none
   * does. It may take only the first of them and {@linkplain Chunk#defer defer} the others.
   *
   * @param from first byte of the part
   * @param to end of the part, exclusive
   */
  void load(Chunk chunk, long from, long to);

  /** One chunk needs nothing more: called once for every call of {@link Chunk#defer}. */
  void release();
}
