package io.millrace.state.snapshot;

import io.millrace.state.batch.BatchCompression;
import io.millrace.types.AnalysisException;

/**
 * When and how snapshots are written; any of it may change from one start to the next.
 *
 * @param deltas after so many epochs with changes a snapshot is due, however few bytes they have
 * @param minBytes a snapshot is due after so many bytes of changes, or as many as the last snapshot
 *     had if that is more: writing snapshots costs no more than writing changes
 * @param memoryBytes how much rows that wait for being compressed and written may take off-heap;
 *     whoever hands over more waits
 */
public record SnapshotOptions(
    int deltas, long minBytes, long memoryBytes, BatchCompression compression) {
  public static final SnapshotOptions DEFAULTS =
      new SnapshotOptions(100_000, 64L << 20, 64L << 20, BatchCompression.ZSTD);

  public SnapshotOptions {
    if (deltas < 1 || minBytes < 1 || memoryBytes < 1) {
      throw new AnalysisException(
          "snapshots after "
              + deltas
              + " deltas or "
              + minBytes
              + " bytes, within "
              + memoryBytes
              + " bytes of memory: each must be at least 1");
    }
  }
}
