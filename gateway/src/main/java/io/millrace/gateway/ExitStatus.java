package io.millrace.gateway;

/** What the process ends with. */
final class ExitStatus {
  /** What was asked for is done; also when it was ended by Ctrl-C or SIGTERM. */
  static final int DONE = 0;

  /** A query failed while it ran, or a checkpoint is damaged. */
  static final int FAILED = 1;

  /** The command line, the file or a query is wrong; nothing was started or written. */
  static final int WRONG = 2;

  private ExitStatus() {}
}
