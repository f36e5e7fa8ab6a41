package io.millrace;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.sessionWindow;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.window;

/** Queries that several stories tell. */
final class EventTimeQueries {
  private EventTimeQueries() {}

  /** Rows per window of 5 seconds, 10 seconds of delay: start in seconds, count. */
  static DataFrame countsOf5Seconds(DataFrame input) {
    return counts(input.withWatermark("ts", "10 seconds"));
  }

  /** Rows per window of 5 seconds: start in seconds, count. */
  static DataFrame counts(DataFrame input) {
    return input
        .groupBy(window(col("ts"), "5 seconds"))
        .agg(count("*").as("n"))
        .selectExpr("CAST(window.start AS BIGINT)", "n");
  }

  /** Sessions of each key: key, start, end, rows, sum. */
  static DataFrame sessions(DataFrame input, String delay, Column gap) {
    return input
        .withWatermark("ts", delay)
        .groupBy(sessionWindow(col("ts"), gap), col("k"))
        .agg(count("*").as("n"), sum("v").as("total"))
        .selectExpr(
            "k",
            "CAST(session_window.start AS BIGINT)",
            "CAST(session_window.end AS BIGINT)",
            "n",
            "total");
  }
}
