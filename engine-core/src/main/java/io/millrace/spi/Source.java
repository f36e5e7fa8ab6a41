package io.millrace.spi;

import java.util.Map;

/**
 * An input of a running query. All calls but {@link Decoder}'s come from the sequencer's thread.
 *
 * <p>A {@link ReplayableSource} hands out the same rows for the same range again; a {@link
 * LiveSource} hands out what arrives, once.
 */
public sealed interface Source extends AutoCloseable permits ReplayableSource, LiveSource {
  /** For progress and explain, without secrets. */
  String description();

  /** Counters for progress reports, by name; called on any thread. */
  default Map<String, Long> metrics() {
    return Map.of();
  }

  @Override
  void close();
}
