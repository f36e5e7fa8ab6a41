package io.millrace;

import io.millrace.types.AnalysisException;

/** What a batch write does when something is there already. */
public enum SaveMode {
  APPEND,
  OVERWRITE,
  /** Fails; the default. */
  ERROR_IF_EXISTS,
  /** Writes nothing. */
  IGNORE;

  /** As sinks read it from their option {@code mode}. */
  String optionText() {
    return name().replace("_", "").toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * Reads Spark's names: append, overwrite, error, errorifexists, default, ignore; in any case.
   *
   * @throws AnalysisException if there is no such mode
   */
  public static SaveMode parse(String name) {
    return switch (name.strip().toLowerCase(java.util.Locale.ROOT)) {
      case "append" -> APPEND;
      case "overwrite" -> OVERWRITE;
      case "error", "errorifexists", "default" -> ERROR_IF_EXISTS;
      case "ignore" -> IGNORE;
      default ->
          throw new AnalysisException(
              "save mode " + name + " does not exist; use append, overwrite, ignore or error");
    };
  }
}
