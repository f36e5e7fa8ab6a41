package io.millrace.perf.job;

/** Where a query finds the readings. */
public enum Input {
  /** In files of JSON lines, which are in the page cache. */
  JSON,
  /** In memory, in the form that the engine's own users would keep them. */
  MEMORY
}
