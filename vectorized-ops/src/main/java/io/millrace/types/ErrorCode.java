package io.millrace.types;

/** Who must act on a {@link MillraceException}. */
public enum ErrorCode {
  /** The query, the schema, an option or a command line is wrong. */
  PLAN,
  /** A value in the input cannot be processed as the query asks. */
  DATA,
  /** Memory, disk space, threads or permissions are missing. */
  RESOURCES,
  /** Something outside the engine failed: a broker, a file system, a callback. */
  CONNECTOR,
  /** A checkpoint or journal cannot be used: damaged, locked, or written by a different query. */
  CHECKPOINT,
  /** The engine itself is wrong. */
  BUG
}
