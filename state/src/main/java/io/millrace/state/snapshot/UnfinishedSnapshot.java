package io.millrace.state.snapshot;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.DurableSteps;
import io.millrace.state.storage.WholeFile;
import io.millrace.vector.column.Block;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A snapshot on its way to the disk: written, forced, read back, and given its name. What fails
 * ends the snapshot and nothing else. Of the snapshots' thread alone, but for what has no thread
 * named.
 */
final class UnfinishedSnapshot {
  private static final Logger LOG = LoggerFactory.getLogger(UnfinishedSnapshot.class);

  private final SnapshotPlace place;
  private final SnapshotHeader header;
  private final Path path;
  private final Path unfinished;
  private final long startNs;
  private SnapshotFileWriter file;
  private volatile boolean failed;
  private volatile Done done;

  /**
   * How it ended.
   *
   * @param sizeBytes 0 if it was given up
   * @param older the one proven snapshot that stays beside it
   */
  record Done(boolean published, long sizeBytes, long durationNs, Optional<Path> older) {
    private static final Done GIVEN_UP = new Done(false, 0, 0, Optional.empty());
  }

  UnfinishedSnapshot(SnapshotPlace place, SnapshotHeader header) {
    this.place = place;
    this.header = header;
    path = place.files().snapshot(header.epoch());
    unfinished = StateFiles.unfinished(path);
    startNs = place.nowNs().getAsLong();
  }

  /** On any thread, as is {@link #path}. */
  SnapshotHeader header() {
    return header;
  }

  Path path() {
    return path;
  }

  /** How it ended; empty while it goes on. On any thread, as is {@link #hasFailed}. */
  Optional<Done> done() {
    return Optional.ofNullable(done);
  }

  boolean hasFailed() {
    return failed;
  }

  void begin() {
    DurableSteps.delete(place.storage(), place.points(), unfinished);
    file =
        new SnapshotFileWriter(
            unfinished, place.storage(), place.points(), place.allocator(), place.compression());
    file.header(header);
  }

  void rows(int operator, Block rows) {
    file.rows(operator, rows);
  }

  /**
   * All rows are written.
   *
   * @param older a proven snapshot that stays; every other one goes
   */
  void publish(Optional<Path> older) {
    file.trailer();
    if (place.forced()) {
      file.force();
    }
    SnapshotFileReader.prove(place.files(), unfinished, place.storage());
    place.points().reached(CrashPoint.BEFORE_SNAPSHOT);
    WholeFile.rename(place.storage(), place.points(), unfinished, path, place.forced());
    done = new Done(true, file.sizeBytes(), place.nowNs().getAsLong() - startNs, older);
    deleteAllBut(older);
    place.points().reached(CrashPoint.AFTER_SNAPSHOT);
  }

  /** What the newest two do not need is gone, or goes after the next snapshot. */
  private void deleteAllBut(Optional<Path> older) {
    for (StateFiles.Snapshot other : place.files().snapshots(place.storage())) {
      if (!other.path().equals(path) && !older.equals(Optional.of(other.path()))) {
        DurableSteps.delete(place.storage(), place.points(), other.path());
      }
    }
  }

  /** Does a step, unless one has failed. */
  void attempt(Runnable step) {
    if (!failed) {
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        giveUp(e);
      }
    }
  }

  /** On any thread. */
  void giveUp(Throwable cause) {
    failed = true;
    LOG.warn(
        "{}: {}; the older snapshots stay, another one is tried later",
        path,
        done == null ? "the snapshot is given up" : "an older snapshot could not be deleted",
        cause);
  }

  /** Nothing follows. */
  void end() {
    try {
      if (file != null) {
        file.close();
      }
      if (done == null) {
        DurableSteps.delete(place.storage(), place.points(), unfinished);
      }
    } catch (RuntimeException | Error e) {
      LOG.warn("{}: could not be deleted; the next start does it", unfinished, e);
    } finally {
      if (done == null) {
        done = Done.GIVEN_UP;
      }
    }
  }
}
