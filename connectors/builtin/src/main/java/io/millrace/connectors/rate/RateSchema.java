package io.millrace.connectors.rate;

import io.millrace.types.AnalysisException;
import io.millrace.types.Schema;
import java.util.Optional;

/** The columns of every rate source. */
final class RateSchema {
  static final int TIMESTAMP = 0;

  private static final Schema COLUMNS = Schema.parse("timestamp TIMESTAMP, value BIGINT");

  private RateSchema() {}

  /**
   * @throws AnalysisException if the user wants other columns
   */
  static Schema check(Optional<Schema> requested, String owner) {
    if (requested.isPresent() && !requested.get().equals(COLUMNS)) {
      throw new AnalysisException(
          owner + ": its columns are " + COLUMNS + "; leave schema(...) out");
    }
    return COLUMNS;
  }
}
