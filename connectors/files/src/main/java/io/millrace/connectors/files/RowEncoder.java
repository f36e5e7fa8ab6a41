package io.millrace.connectors.files;

import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;

/** Turns rows into a file format's bytes. */
public interface RowEncoder {
  /** Appends rows {@code from} (inclusive) to {@code to} (exclusive) to the bytes. */
  void encode(Block rows, int from, int to, ByteBlock into);
}
