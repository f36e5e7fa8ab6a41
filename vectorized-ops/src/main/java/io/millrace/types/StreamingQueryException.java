package io.millrace.types;

import java.util.UUID;

/** The failure that ended a running query. */
public final class StreamingQueryException extends MillraceException {
  private static final long serialVersionUID = 1L;

  private final UUID queryId;
  private final long epoch;
  private final String offsets;
  private final String operator;

  /**
   * @param epoch the epoch that was being processed, or -1 before the first
   * @param offsets the input ranges of that epoch as text
   * @param operator the operator or stage that failed
   */
  public StreamingQueryException(
      ErrorCode code,
      String message,
      UUID queryId,
      long epoch,
      String offsets,
      String operator,
      Throwable cause) {
    super(code, message, cause);
    this.queryId = queryId;
    this.epoch = epoch;
    this.offsets = offsets;
    this.operator = operator;
  }

  public UUID queryId() {
    return queryId;
  }

  public long epoch() {
    return epoch;
  }

  public String offsets() {
    return offsets;
  }

  public String operator() {
    return operator;
  }
}
