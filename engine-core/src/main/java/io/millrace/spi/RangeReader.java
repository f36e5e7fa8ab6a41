package io.millrace.spi;

/** Reads one range, chunk after chunk, on the sequencer's thread. */
public interface RangeReader extends AutoCloseable {
  /**
   * Fills the chunk with what comes next: its bytes if the source has a decoder, else its block.
   * Bytes that any thread can fetch are better {@linkplain Chunk#defer deferred}, so that the
   * pipelines share the work and find them in their own core's cache.
   *
   * @return false at the end of the range, the chunk left empty
   */
  boolean read(Chunk chunk);

  @Override
  void close();
}
