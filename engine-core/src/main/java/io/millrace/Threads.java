package io.millrace;

/** Who drives a query. */
public enum Threads {
  /** Threads of the engine's own. */
  ENGINE,
  /** The application's: nothing happens but inside {@link StreamingQuery#poll}. */
  CALLER
}
