package io.millrace.state.batch;

/** Bytes that are no record batch of the rows that were expected; the message says why. */
public final class BadBatchException extends Exception {
  private static final long serialVersionUID = 1L;

  public BadBatchException(String message) {
    super(message);
  }
}
