package io.millrace.state.offsets;

import java.util.List;

/**
 * What an epoch reads, written before it runs, so that it can run again.
 *
 * @param epoch counted from 0
 * @param arrivalTimeUs the epoch's idea of now, microseconds since 1970, UTC
 * @param ranges one text per source, in the query's order, in a form of the source's own; empty if
 *     the source has nothing in this epoch
 */
public record Plan(long epoch, long arrivalTimeUs, List<String> ranges) {
  public Plan {
    ranges = List.copyOf(ranges);
  }
}
