package io.millrace.vector.aggregate;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;

/** What happens when a sum does not fit its type: an error, or null. */
record Overflow(AggregateSpec spec, boolean ansi) {
  /**
   * @throws MillraceException if it is an error
   */
  void happened() {
    if (ansi) {
      throw new MillraceException(
          ErrorCode.DATA,
          spec.name()
              + ": the sum does not fit "
              + spec.type().sql()
              + "; CAST the argument to a wider type");
    }
  }
}
