package io.millrace.state.snapshot;

import io.millrace.state.journal.Journal;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A snapshot made of the one before it and the changes since, as they are on the disk: the state
 * itself goes on meanwhile. All of it happens on the snapshots' thread.
 */
final class FoldedSnapshot {
  private final SnapshotPlace place;
  private final Journal journal;
  private final UnfinishedSnapshot snapshot;
  private final long watermarkUs;

  private FoldedSnapshot(
      SnapshotPlace place, Journal journal, UnfinishedSnapshot snapshot, long watermarkUs) {
    this.place = place;
    this.journal = journal;
    this.snapshot = snapshot;
    this.watermarkUs = watermarkUs;
  }

  /**
   * Begins it.
   *
   * @param journal which keeps what came after the proven snapshots until this one has ended
   * @param watermarkUs at which rows are over that are left out
   */
  static void begin(
      SnapshotPlace place,
      SnapshotThread thread,
      Journal journal,
      UnfinishedSnapshot snapshot,
      long watermarkUs) {
    FoldedSnapshot fold = new FoldedSnapshot(place, journal, snapshot, watermarkUs);
    thread.run(
        () -> {
          snapshot.attempt(fold::write);
          snapshot.end();
        });
  }

  private void write() {
    snapshot.begin();
    SnapshotHeader header = snapshot.header();
    StartingPoint base =
        StartingPoint.find(
            place.files(),
            place.storage(),
            header.operators(),
            journal.firstSequence(),
            header.epoch(),
            header.stateSequence());
    // The query needs memory more than the snapshot does.
    long limitBytes = place.allocator().getHeadroom() / 2;
    try (BufferAllocator memory =
            place.allocator().newChildAllocator("fold of " + snapshot.path(), 0, limitBytes);
        SnapshotFold fold =
            new SnapshotFold(memory, header.operators(), watermarkUs, snapshot::rows);
        DeltaRecords deltas =
            new DeltaRecords(place.files(), memory, header.operators(), header.epoch())) {
      journal.replayBackwards(
          header.stateSequence() - 1,
          base.sequence(),
          record -> deltas.visit(record, fold.newer()));
      Optional<Path> older = base.snapshot().map(StateFiles.Snapshot::path);
      older.ifPresent(
          path ->
              SnapshotFileReader.read(place.files(), path, place.storage(), memory, fold.older()));
      fold.finish();
      snapshot.publish(older);
    }
  }
}
