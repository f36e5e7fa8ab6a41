package io.millrace.analysis;

import io.millrace.types.AnalysisException;
import java.util.Map;

/** The errors for what Spark can do and this engine cannot yet, each with a way out. */
final class Unsupported {
  private static final String NESTED =
      "it needs ARRAY, MAP or STRUCT, of which only structs can be made so far; ";
  private static final String FLATTEN =
      NESTED + "give each value a column of its own where the data is written";

  /** Functions of Spark that users are likely to try, and what to do instead. */
  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("from_json", NESTED + "read the input with format json and a schema"),
          Map.entry("from_csv", NESTED + "read the input with format csv and a schema"),
          Map.entry("to_json", NESTED + "write with format json, or build the text with concat"),
          Map.entry("array", FLATTEN),
          Map.entry("map", FLATTEN),
          Map.entry("explode", FLATTEN),
          Map.entry("explode_outer", FLATTEN),
          Map.entry("posexplode", FLATTEN),
          Map.entry("size", FLATTEN),
          Map.entry("element_at", FLATTEN),
          Map.entry("array_contains", FLATTEN),
          Map.entry("split", NESTED + "use regexp_extract(text, pattern, group)"),
          Map.entry("percentile_approx", "use min, max, avg and stddev, or collect the values"),
          Map.entry("percentile", "use min, max, avg and stddev, or collect the values"),
          Map.entry("rand", "results must not depend on chance; use hash(columns) % n"),
          Map.entry("uuid", "results must not depend on chance; use a column of the input"),
          Map.entry("&", "use % and DIV by powers of two"),
          Map.entry("|", "use + on values that share no bit"),
          Map.entry("^", "use <> on BOOLEAN values"),
          Map.entry("~", "use -x - 1"),
          Map.entry("<<", "use * by a power of two"),
          Map.entry(">>", "use DIV by a power of two"),
          Map.entry(">>>", "use DIV by a power of two"));

  private Unsupported() {}

  static boolean isKnown(String function) {
    return FUNCTIONS.containsKey(function);
  }

  static AnalysisException function(String function) {
    return notYet(function, FUNCTIONS.get(function));
  }

  /** A nested value where only flat ones can stand. */
  static AnalysisException nested(String column, io.millrace.types.DataType type) {
    return new AnalysisException(
        "column "
            + column
            + " is "
            + type.sql()
            + ": nested values are not compared, grouped, sorted or converted; take single fields,"
            + " or leave the column out with select or drop");
  }

  /** An operator that would need state on a streaming input. */
  static AnalysisException onStream(String operator, String source) {
    return notYet(
        operator + " on a streaming input (" + source + ")",
        "read the input with session.read() instead, or write the stream to files or a memory"
            + " table and query those");
  }

  static AnalysisException notYet(String what, String wayOut) {
    return new AnalysisException(what + " is not supported yet: " + wayOut);
  }
}
