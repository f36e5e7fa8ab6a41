package io.millrace.state.journal;

/** What a journal's forced records survive. */
public enum Durability {
  /** The end of the process and a power cut. */
  DISK,
  /** The end of the process, kill -9 included, but no power cut. */
  PROCESS
}
