package io.millrace.spi;

import io.millrace.types.Schema;
import java.util.Optional;
import java.util.Set;

/** A format that can be read; found through {@link java.util.ServiceLoader}. */
public interface SourceProvider {
  /** The name users write: {@code json}. */
  String format();

  /** The options it knows; a query that gives another one is refused. */
  Set<String> options();

  /**
   * The columns of the source, checked before anything starts.
   *
   * @param requested what the user gave
   * @throws io.millrace.types.AnalysisException if the schema or an option is wrong or missing, or
   *     the input is not there
   */
  Schema schema(Optional<Schema> requested, Options options);

  /**
   * The same for callers that know whether the query goes on after what is there now: a format that
   * looks at the data to find the columns does so only when it does not.
   */
  default Schema schema(Optional<Schema> requested, Options options, boolean streaming) {
    return schema(requested, options);
  }

  /** Opens the source for one query. */
  Source open(SourceContext context);
}
