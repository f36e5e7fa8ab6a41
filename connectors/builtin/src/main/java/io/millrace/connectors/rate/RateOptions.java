package io.millrace.connectors.rate;

import io.millrace.spi.Options;
import io.millrace.spi.SourceContext;
import io.millrace.types.AnalysisException;

/** Checks that both rate sources make. */
final class RateOptions {
  private RateOptions() {}

  static long positive(Options options, String key, long otherwise, long max) {
    long value = options.getLong(key, otherwise);
    if (value < 1 || value > max) {
      throw new AnalysisException(
          options.owner() + ": option " + key + " is " + value + ", it must be 1 to " + max);
    }
    return value;
  }

  static void requireStreaming(SourceContext context) {
    if (!context.streaming()) {
      throw new AnalysisException(
          context.options().owner() + ": it has no end; use readStream() instead of read()");
    }
  }
}
