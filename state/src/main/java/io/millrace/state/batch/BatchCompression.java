package io.millrace.state.batch;

/** How the columns of a record batch are compressed, by Arrow's own rules for it. */
public enum BatchCompression {
  NONE,
  LZ4,
  ZSTD
}
