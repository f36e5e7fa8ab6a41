package io.millrace.vector.json;

import io.millrace.types.AnalysisException;
import java.util.Locale;

/** What becomes of a corrupt line. */
public enum JsonMode {
  /** A row with the fields that could be read, the others null; the raw line beside it if asked. */
  PERMISSIVE,
  /** No row. */
  DROPMALFORMED,
  /** The query fails. */
  FAILFAST;

  /** The mode of that name in any case. */
  public static JsonMode of(String name) {
    for (JsonMode mode : values()) {
      if (mode.name().equals(name.toUpperCase(Locale.ROOT))) {
        return mode;
      }
    }
    throw new AnalysisException(
        "option mode: " + name + " is unknown; use PERMISSIVE, DROPMALFORMED or FAILFAST");
  }
}
