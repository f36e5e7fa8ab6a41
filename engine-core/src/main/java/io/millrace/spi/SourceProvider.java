package io.millrace.spi;

import io.millrace.types.Schema;
import java.util.Optional;
import java.util.Set;

/** A format that can be read; found through {@link java.util.ServiceLoader}. */
public interface SourceProvider {
  /** The name users write: {@code json}. */
  String format();

  /** The options it knows. */
  Set<String> options();

  /**
   * The columns of the source, checked before anything starts.
   *
   * @param requested what the user gave
   * @throws io.millrace.types.AnalysisException if the schema or an option is wrong or missing, or
   *     the input is not there
   */
  Schema schema(Optional<Schema> requested, Options options);

  /** Opens the source for one query. */
  Source open(SourceContext context);
}
