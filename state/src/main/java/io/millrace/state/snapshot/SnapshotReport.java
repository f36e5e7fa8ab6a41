package io.millrace.state.snapshot;

/**
 * How a query's snapshots fare since its start.
 *
 * @param written that were proven and published
 * @param failed that were given up; a later one is tried
 * @param fallbacks bad snapshots that the start had to pass over
 * @param lastBytes size of the newest proven one's file; 0 if there is none
 * @param lastDurationNs from its beginning until it was published; 0 if none was written
 */
public record SnapshotReport(
    long written, long failed, long fallbacks, long lastBytes, long lastDurationNs) {}
