package io.millrace.runtime;

import io.millrace.spi.Clock;
import io.millrace.state.storage.PausingStorage;
import io.millrace.state.storage.RoomWait;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageFullException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Room on the disks for what a query writes. Where there is none, the write waits for it; where
 * there is little, no epoch begins. Before the query runs and after its end nothing waits: then a
 * full disk is an error.
 */
final class DiskSpace implements RoomWait, AutoCloseable {
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Storage disk;
  private final Storage storage;
  private final Clock clock;
  private final long reserveBytes;
  private final DiskPauses pauses = new DiskPauses();
  private volatile Watch watch;
  private volatile DiskPause beforeEpoch;
  private volatile long nextLookNs;

  /**
   * The query that waits.
   *
   * @param checkpoint where no epoch begins while there is less room than the reserve
   */
  private record Watch(String query, Optional<Path> checkpoint, BooleanSupplier stopped) {}

  /**
   * @param reserveBytes room that ends a wait, and without which no epoch begins
   */
  DiskSpace(Storage disk, Clock clock, long reserveBytes) {
    this.disk = disk;
    this.clock = clock;
    this.reserveBytes = reserveBytes;
    this.storage = new PausingStorage(disk, this);
    this.nextLookNs = clock.nanoTime();
  }

  /** The disk, with writes that wait for room. */
  Storage storage() {
    return storage;
  }

  DiskPauses pauses() {
    return pauses;
  }

  /**
   * The query begins to run.
   *
   * @param stopped whether it is to end, so that a wait ends too
   */
  void watch(String query, Optional<Path> checkpoint, BooleanSupplier stopped) {
    watch = new Watch(query, checkpoint, stopped);
  }

  /**
   * {@inheritDoc}
   *
   * @throws StoppedException if the query is to end, or the caller's thread is interrupted
   */
  @Override
  public <T> T repeat(Path path, StorageFullException full, Supplier<T> operation) {
    Watch query = watch;
    if (query == null) {
      throw full;
    }
    DiskPause pause = new DiskPause(full.getMessage(), disk.usableBytes(path), reserveBytes, true);
    pauses.begin(query.query(), pause);
    try {
      while (true) {
        sleep(query);
        long usableBytes = disk.usableBytes(path);
        pause.usableBytes(usableBytes);
        if (usableBytes >= reserveBytes) {
          try {
            return operation.get();
          } catch (StorageFullException again) {
            // A quota does not show in the usable bytes, and others write as well: wait on.
          }
        }
      }
    } finally {
      pauses.end(query.query(), pause);
    }
  }

  private void sleep(Watch query) {
    stopIfAsked(query);
    LockSupport.parkNanos(this, LOOK_NS);
    stopIfAsked(query);
  }

  private void stopIfAsked(Watch query) {
    if (watch == null || query.stopped().getAsBoolean() || Thread.currentThread().isInterrupted()) {
      throw new StoppedException();
    }
  }

  /** Whether an epoch may begin; on the query's thread. Looks at the disk now and then. */
  boolean hasReserve() {
    Watch query = watch;
    if (reserveBytes > 0 && query.checkpoint().isPresent() && clock.nanoTime() - nextLookNs >= 0) {
      look(query, query.checkpoint().get());
      nextLookNs = clock.nanoTime() + LOOK_NS;
    }
    return beforeEpoch == null;
  }

  private void look(Watch query, Path checkpoint) {
    long usableBytes = disk.usableBytes(checkpoint);
    if (usableBytes >= reserveBytes) {
      endPauseBeforeEpoch(query);
    } else if (beforeEpoch == null) {
      String problem = checkpoint + ": too little room to begin an epoch; free some space";
      beforeEpoch = new DiskPause(problem, usableBytes, reserveBytes, false);
      pauses.begin(query.query(), beforeEpoch);
    } else {
      beforeEpoch.usableBytes(usableBytes);
    }
  }

  private void endPauseBeforeEpoch(Watch query) {
    if (beforeEpoch != null) {
      pauses.end(query.query(), beforeEpoch);
      beforeEpoch = null;
    }
  }

  /** Whether the last look found too little room to begin an epoch; on any thread. */
  boolean lacksReserve() {
    return beforeEpoch != null;
  }

  /** When {@link #hasReserve} looks again, in the clock's nanoseconds. */
  long nextLookNs() {
    return nextLookNs;
  }

  /** The query is at its end: who waits is stopped. */
  @Override
  public void close() {
    Watch query = watch;
    watch = null;
    if (query != null) {
      endPauseBeforeEpoch(query);
    }
  }
}
