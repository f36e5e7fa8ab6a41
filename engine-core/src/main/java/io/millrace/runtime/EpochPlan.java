package io.millrace.runtime;

import io.millrace.spi.InputRange;
import java.util.ArrayList;
import java.util.List;

/**
 * What an epoch takes in.
 *
 * @param arrivalTimeUs processing time of all its rows, or of its first batch
 * @param ranges per source, in order; grows while the epoch runs if it has several batches
 * @param liveRows per source, how many rows to poll; 0 for replayable sources
 */
record EpochPlan(long epoch, long arrivalTimeUs, List<List<InputRange>> ranges, long[] liveRows) {
  /** An epoch without input so far. */
  static EpochPlan empty(long epoch, long arrivalTimeUs, int sources) {
    List<List<InputRange>> ranges = new ArrayList<>(sources);
    for (int i = 0; i < sources; i++) {
      ranges.add(new ArrayList<>(1));
    }
    return new EpochPlan(epoch, arrivalTimeUs, ranges, new long[sources]);
  }

  void add(SourceDriver source, InputRange range) {
    ranges.get(source.index()).add(range);
  }
}
