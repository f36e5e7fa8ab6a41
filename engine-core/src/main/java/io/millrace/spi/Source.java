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

  /** From now on the source hands out what is there at this moment and nothing that comes later. */
  void fixEnd();

  /** Whether the input has ended: all that is there now is all there will be. */
  default boolean ended() {
    return false;
  }

  @Override
  void close();
}
