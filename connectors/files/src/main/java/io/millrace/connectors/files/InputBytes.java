package io.millrace.connectors.files;

import java.nio.ByteBuffer;

/** A file's bytes, decompressed, from its start to its end. */
interface InputBytes extends AutoCloseable {
  /**
   * Reads into the buffer's remaining space.
   *
   * @return the bytes read, fewer than remain only when the file ends
   * @throws io.millrace.types.MillraceException naming the file, if it is shorter than planned or
   *     damaged
   */
  int read(ByteBuffer into);

  @Override
  void close();
}
