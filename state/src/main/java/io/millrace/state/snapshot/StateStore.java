package io.millrace.state.snapshot;

import io.millrace.state.batch.BatchCompression;
import io.millrace.state.batch.BatchRows;
import io.millrace.state.journal.Durability;
import io.millrace.state.journal.Journal;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The durable state of a running query, beside its offsets. After a start: {@link #restore}. Per
 * epoch: {@link #upsert} and {@link #remove}, {@link #force}, whose result COMMIT carries; after
 * COMMIT, if {@link #snapshotDue}, a snapshot: of rows that the caller shows, or folded from what
 * is on the disk. Belongs to one thread at a time.
 *
 * <p>Two proven snapshots are kept and all changes since the older one, so that the newer one may
 * be lost. A change is at most a batch of {@value #BATCH_BYTES} bytes, or one row if that is more.
 */
public final class StateStore implements AutoCloseable {
  static final long BATCH_BYTES = 1 << 20;

  private final StateFiles files;
  private final Storage storage;
  private final CrashPoints points;
  private final BufferAllocator allocator;
  private final List<OperatorState> operators;
  private final Journal journal;
  private final long segmentBytes;
  private final long committedEpoch;
  private final StartingPoint start;
  private final SnapshotHistory history;
  private final SnapshotPlace place;
  private final SnapshotThread thread;
  private final StateRecords.Writer records;

  /** Ends of segments, roughly, so that the journal can drop one at a time. */
  private final ArrayDeque<Long> marks = new ArrayDeque<>();

  private long sinceMarkBytes;
  private long forcedSequence;
  private UnfinishedSnapshot running;
  private BackgroundSnapshot copying;
  private boolean closed;

  /**
   * Opens, or begins, the state in {@code checkpoint/state}, and cuts off changes that were not
   * committed. The caller holds the checkpoint's lock.
   *
   * @param storage snapshots do not wait for room, they are given up
   * @param nowNs a monotonic clock, for durations
   * @param committedEpoch of the last commit; -1 if there is none
   * @param stateSequence what that commit says of the state; -1 if there is none
   * @throws MillraceException {@code CHECKPOINT} if anything that is needed is missing, damaged or
   *     another query's
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
    SnapshotThread thread =
        SnapshotThread.named("snapshots-" + checkpoint.getFileName(), snapshots.memoryBytes());
    return open(
        checkpoint,
        storage,
        options,
        snapshots,
        points,
        allocator,
        nowNs,
        operators,
        committedEpoch,
        stateSequence,
        thread);
  }

  /**
   * The same.
   *
   * @param thread does the work on snapshots; closed with the store, also when it does not open
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
      long stateSequence,
      SnapshotThread thread) {
    StateFiles files = new StateFiles(checkpoint);
    OpenedState opened = null;
    try {
      opened =
          OpenedState.open(
              files,
              storage,
              options,
              points,
              List.copyOf(operators),
              committedEpoch,
              stateSequence);
      boolean forced = options.durability() == Durability.DISK;
      SnapshotPlace place =
          new SnapshotPlace(
              files,
              storage.withoutWaiting(),
              points,
              allocator,
              snapshots.compression(),
              forced,
              nowNs);
      return new StateStore(
          opened, place, storage, snapshots, options.segmentBytes(), committedEpoch, thread);
    } catch (RuntimeException | Error e) {
      try (thread) {
        if (opened != null) {
          opened.journal().close();
        }
      }
      throw e;
    }
  }

  private StateStore(
      OpenedState opened,
      SnapshotPlace place,
      Storage storage,
      SnapshotOptions snapshots,
      long segmentBytes,
      long committedEpoch,
      SnapshotThread thread) {
    this.files = place.files();
    this.storage = storage;
    this.points = place.points();
    this.allocator = place.allocator();
    this.operators = opened.operators();
    this.journal = opened.journal();
    this.segmentBytes = segmentBytes;
    this.committedEpoch = committedEpoch;
    this.start = opened.start();
    this.history = new SnapshotHistory(snapshots, start);
    this.place = place;
    this.thread = thread;
    this.records = new StateRecords.Writer(allocator, BatchCompression.NONE);
    this.forcedSequence = journal.nextSequence();
    marks.add(start.sequence());
  }

  /**
   * Shows all that was committed: the newest proven snapshot, then every later change. To be called
   * once, before anything is written.
   */
  public void restore(StateVisitor visitor) {
    start
        .snapshot()
        .ifPresent(
            snapshot ->
                SnapshotFileReader.read(files, snapshot.path(), storage, allocator, visitor));
    try (DeltaRecords deltas = new DeltaRecords(files, allocator, operators, committedEpoch)) {
      journal.replay(
          start.sequence(),
          record -> {
            changed(record.sequence(), record.payload().remaining());
            deltas.visit(record, visitor);
          });
    }
  }

  /**
   * Writes down rows that are new or changed in an epoch.
   *
   * @param rows dense, with the operator's schema; none is fine
   */
  public void upsert(int operator, long epoch, Block rows) {
    append(DeltaRecords.UPSERT, operator, epoch, rows);
  }

  /**
   * Writes down rows that went in an epoch.
   *
   * @param keys dense, the operator's key columns; none is fine
   */
  public void remove(int operator, long epoch, Block keys) {
    append(DeltaRecords.REMOVE, operator, epoch, keys);
  }

  /** Writes down an epoch's changes that were gathered before. */
  public void append(StateDelta delta, long epoch) {
    delta.forEach(
        (type, bytes, from, length) ->
            changed(journal.append(type, epoch, bytes.window(from, length)), length));
  }

  private void append(int type, int operator, long epoch, Block rows) {
    int to;
    for (int from = 0; from < rows.rowCount(); from = to) {
      to = BatchRows.end(rows, from, BATCH_BYTES);
      ByteBlock record = records.write(0, operator, rows, from, to);
      int length = record.length();
      changed(journal.append(type, epoch, record.window(0, length)), length);
    }
  }

  private void changed(long sequence, long bytes) {
    history.changed(bytes);
    sinceMarkBytes += bytes;
    if (sinceMarkBytes >= segmentBytes) {
      marks.add(sequence + 1);
      sinceMarkBytes = 0;
    }
  }

  /**
   * Makes the changes so far as safe as the durability says; also to be called for an epoch without
   * any.
   *
   * @return where they end, which the epoch's commit must say
   */
  public long force() {
    points.reached(CrashPoint.BEFORE_STATE);
    journal.force();
    points.reached(CrashPoint.AFTER_STATE);
    if (forcedSequence < journal.nextSequence()) {
      history.epochChanged();
    }
    forcedSequence = journal.nextSequence();
    return forcedSequence;
  }

  /**
   * Whether a snapshot should begin after the commit that was just made; never while one runs. Also
   * lets go of changes that no snapshot needs, a little at a time.
   */
  public boolean snapshotDue() {
    collect();
    dropOne();
    return running == null && history.isDue();
  }

  /** Takes notice of a snapshot that has ended. */
  private void collect() {
    if (running != null && running.done().isPresent()) {
      history.ended(running, running.done().get());
      running = null;
    }
  }

  /** Two at most, so that the journal gets shorter although it grows. */
  private void dropOne() {
    for (int i = 0; i < 2 && !marks.isEmpty() && marks.peekFirst() <= history.neededFrom(); i++) {
      journal.dropBefore(marks.removeFirst());
    }
  }

  /**
   * Begins a snapshot of the state as it is now, which the caller shows.
   *
   * @param epoch the last one, whose commit is safe; nothing was written since its {@link #force}
   */
  public SnapshotWriter beginSnapshot(long epoch) {
    begin(epoch);
    copying = new BackgroundSnapshot(place.allocator(), thread, running, history.newest());
    return copying;
  }

  /**
   * Makes a snapshot of the one before it and of what was written since, in the background; the
   * caller may go on writing. It takes at most half of the memory that is left, or is given up.
   *
   * @param epoch the last one, whose commit is safe; nothing was written since its {@link #force}
   * @param watermarkUs of that commit
   */
  public void foldSnapshot(long epoch, long watermarkUs) {
    begin(epoch);
    FoldedSnapshot.begin(place, thread, journal, running, watermarkUs);
  }

  private void begin(long epoch) {
    collect();
    if (running != null || journal.nextSequence() != forcedSequence) {
      throw new MillraceException(
          ErrorCode.BUG,
          files.directory()
              + ": a snapshot of epoch "
              + epoch
              + " begins "
              + (running != null ? "while another one runs" : "with changes that are not forced"));
    }
    history.begun();
    running = new UnfinishedSnapshot(place, new SnapshotHeader(epoch, forcedSequence, operators));
  }

  public SnapshotReport report() {
    collect();
    return history.report();
  }

  /** Waits for a snapshot that was finished or is folded, gives up one that was not; idempotent. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (copying != null) {
        copying.close();
      }
      try (journal;
          records) {
        thread.close();
      }
    }
  }
}
