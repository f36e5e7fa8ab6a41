package io.millrace.connectors.files;

import io.millrace.spi.Chunk;
import io.millrace.vector.column.ByteBlock;

/** One file's lines, chunk after chunk. */
interface FileChunks extends AutoCloseable {
  /**
   * Fills an empty chunk with what comes next, or {@linkplain Chunk#defer defers} it.
   *
   * @return false at the end of the file, the chunk left empty
   */
  boolean next(Chunk chunk);

  @Override
  void close();

  /** Gives back most of the memory of an empty block that has grown far beyond what is usual. */
  static void keepSmall(ByteBlock bytes, int usualBytes) {
    if (bytes.capacity() / 4 > usualBytes) {
      bytes.shrink(usualBytes);
    }
  }
}
