package io.millrace.runtime;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.StreamingQueryException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import org.apache.arrow.memory.OutOfMemoryException;

/** Turns what ended a query into the exception that its users see. */
final class QueryFailure {
  private QueryFailure() {}

  /** Whether something failed because its thread was interrupted. */
  static boolean isInterrupt(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException
          || cause instanceof InterruptedIOException
          || cause instanceof ClosedByInterruptException) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param offsets the ranges that were planned last
   */
  static StreamingQueryException of(
      Throwable error, QueryIdentity query, long epoch, String offsets, String sink) {
    ErrorCode code =
        switch (error) {
          case MillraceException known -> known.code();
          case OutOfMemoryError ignored -> ErrorCode.RESOURCES;
          case OutOfMemoryException ignored -> ErrorCode.RESOURCES;
          default -> ErrorCode.BUG;
        };
    String reason = error.getMessage() == null ? error.toString() : error.getMessage();
    return new StreamingQueryException(
        code,
        "query " + query.label() + " failed in epoch " + epoch + ": " + reason,
        query.id(),
        epoch,
        offsets,
        code == ErrorCode.CONNECTOR ? sink : "pipeline",
        error);
  }
}
