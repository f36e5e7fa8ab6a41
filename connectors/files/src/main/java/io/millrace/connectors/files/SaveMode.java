package io.millrace.connectors.files;

import io.millrace.spi.Options;
import io.millrace.types.AnalysisException;
import java.util.Locale;
import java.util.Optional;

/** What happens to what is in the output directory already. */
enum SaveMode {
  /** It stays. */
  APPEND,
  /** It goes as soon as the first epoch is written completely. */
  OVERWRITE,
  /** The query is refused. */
  ERROR_IF_EXISTS,
  /** Nothing is written. */
  IGNORE;

  /** Option {@code mode}; empty if the user says nothing. */
  static Optional<SaveMode> parse(Options options) {
    return options.get("mode").map(text -> parse(options.owner(), text));
  }

  private static SaveMode parse(String owner, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "append" -> APPEND;
      case "overwrite" -> OVERWRITE;
      case "error", "errorifexists", "default" -> ERROR_IF_EXISTS;
      case "ignore" -> IGNORE;
      default ->
          throw new AnalysisException(
              owner
                  + ": option mode is "
                  + text
                  + ", it must be append, overwrite, errorifexists or ignore");
    };
  }
}
