package io.millrace.state.storage;

/** The places around every durable step at which a process may die; see {@link CrashPoints}. */
public enum CrashPoint {
  /** One frame goes to the end of a journal. */
  BEFORE_APPEND,
  AFTER_APPEND,
  /** A file or a directory is made safe against a power cut. */
  BEFORE_FORCE,
  AFTER_FORCE,
  /** A finished file gets the name under which readers find it. */
  BEFORE_RENAME,
  AFTER_RENAME,
  /** A file or a folder that is no longer needed goes away. */
  BEFORE_DELETE,
  AFTER_DELETE,
  /** An epoch's input is written down. */
  BEFORE_PLAN,
  AFTER_PLAN,
  /** Bytes go into a file that nobody reads yet under the name that it has. */
  BEFORE_FILE_WRITE,
  AFTER_FILE_WRITE,
  /** A sink notes which of its files belong to an epoch. */
  BEFORE_MANIFEST_WRITE,
  AFTER_MANIFEST_WRITE,
  /** A sink makes an epoch's output visible. */
  BEFORE_SINK_COMMIT,
  AFTER_SINK_COMMIT,
  /** An epoch's end is written down. */
  BEFORE_COMMIT,
  AFTER_COMMIT,
  /** An epoch's changes of the state are made safe. */
  BEFORE_STATE,
  AFTER_STATE,
  /** A proven snapshot of the state takes its place, and an older one goes. */
  BEFORE_SNAPSHOT,
  AFTER_SNAPSHOT,
  /** Sources learn that they may forget an epoch's input. */
  BEFORE_SOURCE_ACKNOWLEDGEMENT,
  AFTER_SOURCE_ACKNOWLEDGEMENT
}
