package io.millrace.connectors.files;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;

/** A range's number as progress shows it. */
final class LogOffset {
  private static final String BEFORE = "{\"logOffset\":";
  private static final String BEHIND = "}";

  private LogOffset() {}

  static String text(long number) {
    return BEFORE + number + BEHIND;
  }

  static long parse(String text) {
    try {
      if (text.startsWith(BEFORE) && text.endsWith(BEHIND)) {
        return Long.parseLong(text, BEFORE.length(), text.length() - BEHIND.length(), 10);
      }
    } catch (NumberFormatException e) {
      throw wrong(text, e);
    }
    throw wrong(text, null);
  }

  private static MillraceException wrong(String text, NumberFormatException cause) {
    return new MillraceException(
        ErrorCode.CHECKPOINT,
        "offset " + text + " of a file source must look like " + BEFORE + "12" + BEHIND,
        cause);
  }
}
