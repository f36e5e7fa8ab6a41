package io.millrace.spi;

import io.millrace.vector.column.Block;

/** Turns a chunk's bytes into columns, on one pipeline's thread. */
public interface Decoder extends AutoCloseable {
  /**
   * Appends rows from byte {@code from} of the chunk, first its {@link Chunk#start}, until its end
   * or until the block is full.
   *
   * @return the position behind the last record that was taken; the chunk's length when all were
   * @throws io.millrace.types.MillraceException with code DATA naming origin and line, if malformed
   *     input is to fail
   */
  int decode(Chunk chunk, int from, Block into);

  /** Records taken so far: rows and rejected ones. */
  long recordsRead();

  @Override
  void close();
}
