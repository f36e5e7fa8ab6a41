package io.millrace.state.snapshot;

import io.millrace.state.batch.BatchRows;
import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.DurableSteps;
import io.millrace.state.storage.WholeFile;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.Block;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One snapshot: the caller's thread copies rows, the other one compresses and writes the copies, in
 * order, then forces the file, reads it back, and gives it its name.
 */
final class BackgroundSnapshot implements SnapshotWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundSnapshot.class);

  private final SnapshotPlace place;
  private final SnapshotThread thread;
  private final SnapshotHeader header;
  private final Optional<Path> older;
  private final Path path;
  private final Path unfinished;
  private final long startNs;
  private boolean handedOver;

  /** Of the other thread alone. */
  private SnapshotFileWriter file;

  private volatile boolean failed;
  private volatile Done done;

  /**
   * How it ended.
   *
   * @param sizeBytes 0 if it was given up
   */
  record Done(boolean published, long sizeBytes, long durationNs) {}

  /**
   * @param older the one proven snapshot that stays beside this one
   */
  BackgroundSnapshot(
      SnapshotPlace place, SnapshotThread thread, SnapshotHeader header, Optional<Path> older) {
    this.place = place;
    this.thread = thread;
    this.header = header;
    this.older = older;
    path = place.files().snapshot(header.epoch());
    unfinished = StateFiles.unfinished(path);
    startNs = place.nowNs().getAsLong();
    thread.run(() -> orGiveUp(this::begin));
  }

  SnapshotHeader header() {
    return header;
  }

  Path path() {
    return path;
  }

  /** How it ended; empty while it runs. */
  Optional<Done> done() {
    return Optional.ofNullable(done);
  }

  @Override
  public void write(int operator, Block rows) {
    if (handedOver) {
      throw new MillraceException(ErrorCode.BUG, path + ": rows come after the end");
    }
    int to;
    for (int from = 0; from < rows.rowCount() && !failed; from = to) {
      to = BatchRows.end(rows, from, StateStore.BATCH_BYTES);
      hand(operator, rows, from, to);
    }
  }

  private void hand(int operator, Block rows, int from, int to) {
    long bytes = BatchRows.sizeBytes(rows, from, to);
    thread.acquire(bytes);
    Block copy;
    try {
      copy = BatchRows.copy(place.allocator(), rows, from, to);
    } catch (MillraceException e) { // there is no memory for it
      thread.release(bytes);
      giveUp(e);
      return;
    }
    thread.run(
        () -> {
          try (copy) {
            orGiveUp(() -> file.rows(operator, copy));
          } finally {
            thread.release(bytes);
          }
        });
  }

  @Override
  public void finish() {
    handOver(this::publish);
  }

  @Override
  public void close() {
    handOver(() -> giveUp(new MillraceException(ErrorCode.BUG, "it was not finished")));
  }

  private void handOver(Runnable last) {
    if (!handedOver) {
      handedOver = true;
      thread.run(
          () -> {
            orGiveUp(last);
            end();
          });
    }
  }

  private void begin() {
    DurableSteps.delete(place.storage(), place.points(), unfinished);
    file =
        new SnapshotFileWriter(
            unfinished, place.storage(), place.points(), place.allocator(), place.compression());
    file.header(header);
  }

  private void publish() {
    file.trailer();
    if (place.forced()) {
      file.force();
    }
    SnapshotFileReader.prove(place.files(), unfinished, place.storage());
    place.points().reached(CrashPoint.BEFORE_SNAPSHOT);
    WholeFile.rename(place.storage(), place.points(), unfinished, path, place.forced());
    done = new Done(true, file.sizeBytes(), place.nowNs().getAsLong() - startNs);
    deleteOthers();
    place.points().reached(CrashPoint.AFTER_SNAPSHOT);
  }

  /** What the newest two do not need is gone, or goes after the next snapshot. */
  private void deleteOthers() {
    for (StateFiles.Snapshot other : place.files().snapshots(place.storage())) {
      if (!other.path().equals(path) && !older.equals(Optional.of(other.path()))) {
        DurableSteps.delete(place.storage(), place.points(), other.path());
      }
    }
  }

  private void orGiveUp(Runnable step) {
    if (!failed) {
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        giveUp(e);
      }
    }
  }

  private void giveUp(Throwable cause) {
    failed = true;
    LOG.warn(
        "{}: {}; the older snapshots stay, another one is tried later",
        path,
        done == null ? "the snapshot is given up" : "an older snapshot could not be deleted",
        cause);
  }

  private void end() {
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
        done = new Done(false, 0, 0);
      }
    }
  }
}
