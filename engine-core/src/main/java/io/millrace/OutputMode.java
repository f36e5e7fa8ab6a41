package io.millrace;

import io.millrace.types.AnalysisException;
import java.util.Locale;

/** Which rows of a result a sink is given each epoch. */
public enum OutputMode {
  /** New rows that will not change any more. */
  APPEND,
  /** Rows that changed. */
  UPDATE,
  /** All rows. */
  COMPLETE;

  /**
   * @param name in any case
   * @throws AnalysisException if there is no such mode
   */
  public static OutputMode parse(String name) {
    for (OutputMode mode : values()) {
      if (mode.name().equalsIgnoreCase(name.strip())) {
        return mode;
      }
    }
    throw new AnalysisException(
        "output mode " + name + " does not exist; use append, update or complete");
  }

  /** In lower case, as users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
