package io.millrace.runtime;

import io.millrace.types.AnalysisException;
import java.util.Locale;

/** When a row is late for a group that is over. */
public enum Lateness {
  /** By the watermark as the previous batch left it. */
  BATCH,
  /** By the watermark before the row, so that it does not depend on how input was cut. */
  ROW;

  static Lateness parse(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "batch" -> BATCH;
      case "row" -> ROW;
      default ->
          throw new AnalysisException("lateness " + text + " does not exist; use batch or row");
    };
  }
}
