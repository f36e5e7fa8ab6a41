package io.millrace.state.snapshot;

import io.millrace.state.journal.JournalOptions;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.vector.column.Block;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The durable state of a running query, beside its offsets. After a start: {@link #restore}. Per
 * epoch: {@link #upsert} and {@link #remove}, {@link #force}, whose result COMMIT carries; after
 * COMMIT, if {@link #snapshotDue}, a snapshot. Belongs to one thread at a time.
 */
public final class StateStore implements AutoCloseable {
  private StateStore() {}

  /**
   * Opens, or begins, the state in {@code checkpoint/state}, and cuts off changes that were not
   * committed. The caller holds the checkpoint's lock.
   *
   * @param nowNs a monotonic clock, for durations
   * @param committedEpoch of the last commit; -1 if there is none
   * @param stateSequence what that commit says of the state; -1 if there is none
   * @throws io.millrace.types.MillraceException {@code CHECKPOINT} if anything that is needed is
   *     missing, damaged or another query's
   */
  public static StateStore open(
      Path checkpoint,
      Storage storage,
      JournalOptions options,
      SnapshotOptions snapshots,
      CrashPoints points,
      BufferAllocator allocator,
      LongSupplier nowNs,
      List<OperatorState> operators,
      long committedEpoch,
      long stateSequence) {
    throw new UnsupportedOperationException();
  }

  /** Shows all that was committed: the newest proven snapshot, then every later change. */
  public void restore(StateVisitor visitor) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes down rows that are new or changed in an epoch.
   *
   * @param rows dense, with the operator's schema; none is fine
   */
  public void upsert(int operator, long epoch, Block rows) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes down rows that went in an epoch.
   *
   * @param keys dense, the operator's key columns; none is fine
   */
  public void remove(int operator, long epoch, Block keys) {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes the changes so far as safe as the durability says; also to be called for an epoch without
   * any.
   *
   * @return where they end, which the epoch's commit must say
   */
  public long force() {
    throw new UnsupportedOperationException();
  }

  /** Whether a snapshot should begin after the commit that was just made; never while one runs. */
  public boolean snapshotDue() {
    throw new UnsupportedOperationException();
  }

  /**
   * Begins a snapshot of the state as it is now.
   *
   * @param epoch the last one, whose commit is safe; nothing was written since its {@link #force}
   */
  public SnapshotWriter beginSnapshot(long epoch) {
    throw new UnsupportedOperationException();
  }

  public SnapshotReport report() {
    throw new UnsupportedOperationException();
  }

  /** Waits for a snapshot that is being finished; idempotent, writes nothing else. */
  @Override
  public void close() {}
}
