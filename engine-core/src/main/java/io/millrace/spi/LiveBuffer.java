package io.millrace.spi;

/** Where a {@link LiveInput} puts its rows, and says what has become of it; from any thread. */
public interface LiveBuffer {
  /** A writer for one thread at a time; rows of one writer stay in order. */
  LiveWriter newWriter();

  /** No more rows will come; what was appended is still read. */
  void end();

  /** Ends the query with this failure: the input cannot go on. */
  void fail(RuntimeException failure);
}
