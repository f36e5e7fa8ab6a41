package io.millrace.state.offsets;

import java.util.List;
import java.util.OptionalLong;

/**
 * What an epoch reads, written before it runs, so that it can run again; or, of a query with an
 * {@link io.millrace.state.ingest.IngestJournal}, written when the epoch has ended, which says
 * where.
 *
 * @param epoch counted from 0
 * @param arrivalTimeUs the epoch's idea of now, microseconds since 1970, UTC; where there is an
 *     ingest journal, that of its first batch
 * @param ranges one text per source, in the query's order, in a form of the source's own; empty if
 *     the source has nothing in this epoch; several ranges stand one a line
 * @param ingestEnd the sequence of the first record of the ingest journal that is behind the epoch;
 *     empty without such a journal
 */
public record Plan(long epoch, long arrivalTimeUs, List<String> ranges, OptionalLong ingestEnd) {
  public Plan {
    ranges = List.copyOf(ranges);
  }

  /** Of a query without ingest journal. */
  public Plan(long epoch, long arrivalTimeUs, List<String> ranges) {
    this(epoch, arrivalTimeUs, ranges, OptionalLong.empty());
  }
}
