package io.millrace;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.sessionWindow;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.window;
import static io.millrace.Functions.windowTime;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Queries over rows (k, v, ts) with a watermark, whose result does not depend on how their input is
 * cut.
 */
enum LiveShape {
  FILTER("append", 0, input -> input.filter("v % 3 <> 1").selectExpr("k", "v * 2 AS v")),
  APPEND("append", 0, LiveShape::perWindow),
  UPDATE("update", 2, LiveShape::perWindow),
  COMPLETE(
      "complete",
      1,
      input -> input.groupBy("k").agg(count("*").as("n"), sum("v").as("total")).orderBy("k")),
  SESSIONS(
      "append",
      0,
      input ->
          input
              .groupBy(sessionWindow(col("ts"), "2 seconds"), col("k"))
              .agg(count("*").as("n"), sum("v").as("total"))
              .selectExpr("k", "CAST(session_window.end AS BIGINT)", "n", "total")),
  WINDOWS_OF_WINDOWS(
      "append",
      0,
      input ->
          input
              .groupBy(window(col("ts"), "5 seconds"), col("k"))
              .agg(count("*").as("n"))
              .groupBy(window(windowTime(col("window")), "10 seconds"))
              .agg(count("*").as("groups"), sum("n").as("n"))
              .selectExpr("CAST(window.start AS BIGINT)", "groups", "n"));

  private final String mode;
  private final int keys;
  private final Function<DataFrame, DataFrame> plan;

  /**
   * @param keys how many columns say which group a row is of, where later rows replace earlier ones
   */
  LiveShape(String mode, int keys, Function<DataFrame, DataFrame> plan) {
    this.mode = mode;
    this.keys = keys;
    this.plan = plan;
  }

  private static DataFrame perWindow(DataFrame input) {
    return input
        .groupBy(window(col("ts"), "5 seconds"), col("k"))
        .agg(count("*").as("n"), sum("v").as("total"))
        .selectExpr("CAST(window.start AS BIGINT)", "k", "n", "total");
  }

  String mode() {
    return mode;
  }

  DataFrame of(DataFrame input) {
    return plan.apply(input);
  }

  /** Whether every row stands for itself, and none replaces another. */
  boolean isAppend() {
    return keys == 0;
  }

  /** What rows that replace each other say in the end, in some order. */
  List<List<Object>> last(List<List<Object>> output) {
    Map<List<Object>, List<Object>> last = new TreeMap<>(Comparator.comparing(List::toString));
    output.forEach(row -> last.put(row.subList(0, keys), row));
    return List.copyOf(last.values());
  }
}
