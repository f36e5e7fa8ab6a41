package io.millrace.types;

/** A query, schema or option that is wrong; thrown before anything starts. */
public final class AnalysisException extends MillraceException {
  private static final long serialVersionUID = 1L;

  public AnalysisException(String message) {
    super(ErrorCode.PLAN, message);
  }

  public AnalysisException(String message, Throwable cause) {
    super(ErrorCode.PLAN, message, cause);
  }

  /** Something else than the text of the query keeps it from starting. */
  public AnalysisException(ErrorCode code, String message, Throwable cause) {
    super(code, message, cause);
  }
}
