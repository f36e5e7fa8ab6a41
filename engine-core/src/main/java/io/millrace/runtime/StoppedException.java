package io.millrace.runtime;

/** The query is to end; the epoch at hand is dropped. Never seen outside the runtime. */
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("stopped", null, false, false);
  }
}
