package io.millrace.state.snapshot;

import io.millrace.state.batch.BatchRows;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.Block;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A snapshot of rows that the caller's thread copies; the other one compresses and writes the
 * copies, in order.
 */
final class BackgroundSnapshot implements SnapshotWriter {
  private final BufferAllocator allocator;
  private final SnapshotThread thread;
  private final UnfinishedSnapshot snapshot;
  private final Optional<Path> older;
  private boolean handedOver;

  /**
   * @param allocator of the copies
   * @param older the one proven snapshot that stays beside this one
   */
  BackgroundSnapshot(
      BufferAllocator allocator,
      SnapshotThread thread,
      UnfinishedSnapshot snapshot,
      Optional<Path> older) {
    this.allocator = allocator;
    this.thread = thread;
    this.snapshot = snapshot;
    this.older = older;
    thread.run(() -> snapshot.attempt(snapshot::begin));
  }

  @Override
  public void write(int operator, Block rows) {
    if (handedOver) {
      throw new MillraceException(ErrorCode.BUG, snapshot.path() + ": rows come after the end");
    }
    int to;
    for (int from = 0; from < rows.rowCount() && !snapshot.hasFailed(); from = to) {
      to = BatchRows.end(rows, from, StateStore.BATCH_BYTES);
      hand(operator, rows, from, to);
    }
  }

  private void hand(int operator, Block rows, int from, int to) {
    long bytes = BatchRows.sizeBytes(rows, from, to);
    thread.acquire(bytes);
    Block copy;
    try {
      copy = BatchRows.copy(allocator, rows, from, to);
    } catch (MillraceException e) { // there is no memory for it
      thread.release(bytes);
      snapshot.giveUp(e);
      return;
    }
    thread.run(
        () -> {
          try (copy) {
            snapshot.attempt(() -> snapshot.rows(operator, copy));
          } finally {
            thread.release(bytes);
          }
        });
  }

  @Override
  public void finish() {
    handOver(() -> snapshot.publish(older));
  }

  @Override
  public void close() {
    handOver(() -> snapshot.giveUp(new MillraceException(ErrorCode.BUG, "it was not finished")));
  }

  private void handOver(Runnable last) {
    if (!handedOver) {
      handedOver = true;
      thread.run(
          () -> {
            snapshot.attempt(last);
            snapshot.end();
          });
    }
  }
}
