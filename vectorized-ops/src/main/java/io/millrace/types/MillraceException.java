package io.millrace.types;

/** Every error that Millrace reports. The message says what, where, and how to mend it. */
public class MillraceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public MillraceException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  public MillraceException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Who must act. */
  public ErrorCode code() {
    return code;
  }
}
