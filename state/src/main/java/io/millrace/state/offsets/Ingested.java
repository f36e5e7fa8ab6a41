package io.millrace.state.offsets;

import java.util.Map;

/**
 * How far a query has come in its {@link io.millrace.state.ingest.IngestJournal}.
 *
 * @param sequence of the first record behind it
 * @param producers per input and name of a sender, as {@code 0/name}, the number of its last row
 */
public record Ingested(long sequence, Map<String, Long> producers) {
  /** Nothing yet. */
  public static final Ingested NOTHING = new Ingested(0, Map.of());

  public Ingested {
    producers = Map.copyOf(producers);
  }
}
