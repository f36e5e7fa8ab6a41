package io.millrace.runtime;

import io.millrace.spi.LiveSource;
import io.millrace.spi.RowBatch;
import io.millrace.vector.column.Block;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** An inlet as one query sees it: all lanes in turn, rows of a lane in order. */
final class InletSource implements LiveSource {
  private final InletQueue inlet;
  private final int[] columns;

  private final InletReader reader;

  /** The columns that are read, if they are not all. */
  private final Block view;

  private InletCursor[] cursors = {};
  private int knownLanes;
  private final SeededChoices choices;
  private int next;
  private boolean endFixed;
  private Runnable wakeUp;
  private Throwable failure;

  /**
   * @param columns indexes of the inlet's columns that are read
   * @param checkpoint the query's; empty if it has none
   * @param choices decides which lane comes first; null for each in turn
   */
  InletSource(
      InletQueue inlet,
      int[] columns,
      Optional<QueryCheckpoint> checkpoint,
      SeededChoices choices) {
    this.choices = choices;
    this.inlet = inlet;
    this.columns = columns;
    boolean all = Arrays.equals(columns, IntStream.range(0, inlet.schema().size()).toArray());
    this.view = all ? null : Block.view(inlet.schema().select(columns), inlet.maxBlockRows());
    this.reader = inlet.attach(checkpoint);
    findNewLanes();
  }

  /** Lanes that were added since the last look, by a new writer. */
  private void findNewLanes() {
    if (inlet.laneChanges() != knownLanes && !endFixed) {
      knownLanes = inlet.laneChanges();
      cursors = inlet.cursorsFor(reader);
      next = 0;
    }
  }

  @Override
  public boolean poll(RowBatch into, long maxRows) {
    findNewLanes();
    InletCursor[] all = cursors;
    if (choices != null && all.length > 0) {
      next = choices.firstLane(all.length, next);
    }
    for (int i = 0; i < all.length; i++) {
      InletCursor cursor = all[next];
      next = next + 1 == all.length ? 0 : next + 1;
      if (cursor.poll(into, maxRows)) {
        if (view != null) {
          show(into);
        }
        return true;
      }
    }
    return false;
  }

  private void show(RowBatch batch) {
    for (int i = 0; i < columns.length; i++) {
      view.show(i, batch.block().column(columns[i]));
    }
    view.rowCount(batch.to());
    batch.set(view, batch.from(), batch.to());
  }

  @Override
  public long waiting() {
    findNewLanes();
    long rows = 0;
    for (InletCursor cursor : cursors) {
      rows += cursor.waiting();
    }
    return rows;
  }

  /** How full it is, and what it had no room for. */
  @Override
  public Map<String, Long> metrics() {
    long waiting = waiting(); // finds new lanes
    return Map.of(
        "numWaitingRows",
        waiting,
        "maxWaitingRows",
        Arrays.stream(cursors).mapToLong(InletCursor::capacityRows).sum(),
        "numDroppedRows",
        inlet.droppedRows());
  }

  @Override
  public boolean isFull() {
    findNewLanes();
    for (InletCursor cursor : cursors) {
      if (cursor.isFull()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean hasArrived() {
    findNewLanes();
    for (InletCursor cursor : cursors) {
      if (cursor.hasArrived()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void fixEnd() {
    findNewLanes();
    endFixed = true;
    for (InletCursor cursor : cursors) {
      cursor.fixEnd();
    }
  }

  @Override
  public boolean ended() {
    return endFixed || inlet.isClosed() && allLanesEnded();
  }

  /** A row that an append was writing when the inlet was closed is still to come. */
  private boolean allLanesEnded() {
    findNewLanes();
    for (InletCursor cursor : cursors) {
      if (!cursor.isEnded()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void restore(String producer, long safeSequence) {
    inlet.restore(reader, producer, safeSequence);
  }

  @Override
  public void safe() {
    for (InletCursor cursor : cursors) {
      cursor.safe();
    }
  }

  @Override
  public void failed(Throwable cause) {
    failure = cause;
  }

  @Override
  public void onArrival(Runnable action) {
    wakeUp = action;
    inlet.addWakeUp(action);
  }

  @Override
  public String description() {
    return "Inlet[" + inlet.name() + "]";
  }

  @Override
  public void close() {
    cursors = new InletCursor[0];
    inlet.detach(reader, wakeUp, failure);
  }
}
