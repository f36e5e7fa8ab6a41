package io.millrace.spi;

import java.util.Set;

/** A format that can be written; found through {@link java.util.ServiceLoader}. */
public interface SinkProvider {
  /** The name users write: {@code console}. */
  String format();

  /** The options it knows; a query that gives another one is refused. */
  Set<String> options();

  /**
   * Checks everything that can be checked and opens the sink for one query; nothing is written
   * before {@link Sink#begin}.
   *
   * @throws io.millrace.types.AnalysisException if an option or the schema is wrong
   */
  Sink open(SinkContext context);
}
