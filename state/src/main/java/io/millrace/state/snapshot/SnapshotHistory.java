package io.millrace.state.snapshot;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;

/** The proven snapshots, at most two, and how much was written since the last one began. */
final class SnapshotHistory {
  private static final int KEPT = 2;

  private record Kept(Path path, long sequence) {}

  private final SnapshotOptions options;
  private final long fallbacks;
  private final ArrayDeque<Kept> kept = new ArrayDeque<>();
  private long written;
  private long failed;
  private long lastBytes;
  private long lastDurationNs;
  private long deltas;
  private long deltaBytes;

  SnapshotHistory(SnapshotOptions options, StartingPoint start) {
    this.options = options;
    this.fallbacks = start.fallbacks();
    start
        .snapshot()
        .ifPresent(
            snapshot -> {
              kept.add(new Kept(snapshot.path(), start.sequence()));
              lastBytes = snapshot.sizeBytes();
            });
  }

  /** Changes were written. */
  void changed(long bytes) {
    deltaBytes += bytes;
  }

  /** An epoch with changes ended. */
  void epochChanged() {
    deltas++;
  }

  boolean isDue() {
    return deltaBytes >= Math.max(options.minBytes(), lastBytes) || deltas >= options.deltas();
  }

  /** One begins; another one is due when as much was written again, however it ends. */
  void begun() {
    deltas = 0;
    deltaBytes = 0;
  }

  /** One has ended; what it was not made beside is gone. */
  void ended(UnfinishedSnapshot snapshot, UnfinishedSnapshot.Done how) {
    if (!how.published()) {
      failed++;
      return;
    }
    written++;
    lastBytes = how.sizeBytes();
    lastDurationNs = how.durationNs();
    kept.removeIf(
        other ->
            other.path().equals(snapshot.path()) || !how.older().equals(Optional.of(other.path())));
    kept.add(new Kept(snapshot.path(), snapshot.header().stateSequence()));
  }

  Optional<Path> newest() {
    return Optional.ofNullable(kept.peekLast()).map(Kept::path);
  }

  /** The first delta that one of the kept ones needs; 0 as long as there are not two. */
  long neededFrom() {
    return kept.size() < KEPT ? 0 : kept.getFirst().sequence();
  }

  SnapshotReport report() {
    return new SnapshotReport(written, failed, fallbacks, lastBytes, lastDurationNs);
  }
}
