package io.millrace.gateway.pipeline;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.util.List;

/** A pipeline file that cannot be run; nothing was started. */
public final class InvalidPipelineException extends MillraceException {
  private static final long serialVersionUID = 1L;

  /**
   * @param problems each as {@code file:line: message}, in the order of the lines
   */
  InvalidPipelineException(List<String> problems) {
    super(ErrorCode.PLAN, String.join(System.lineSeparator(), problems));
  }

  InvalidPipelineException(String problem, Throwable cause) {
    super(ErrorCode.PLAN, problem, cause);
  }
}
