package io.millrace.runtime;

import io.millrace.physical.OperatorCounters;
import io.millrace.physical.StatefulStage;
import io.millrace.spi.Clock;
import io.millrace.state.offsets.Commit;
import io.millrace.state.snapshot.OperatorState;
import io.millrace.state.snapshot.SnapshotReport;
import io.millrace.state.snapshot.SnapshotWriter;
import io.millrace.state.snapshot.StateDelta;
import io.millrace.state.snapshot.StateStore;
import io.millrace.state.table.KeyedState;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The stateful operators of a query, each in as many parts as there are threads that own keys, and
 * where their state is written down, if it is. Called between batches only, while no part works;
 * {@link #writeMarked} and {@link #committedMarked} at any time.
 */
final class OperatorStates implements AutoCloseable {
  private final List<List<StatefulStage>> operators;
  private final List<OperatorCounters> lateCounters;
  private final Clock clock;
  private StateStore store;
  private StateDelta marked;
  private long markedEpoch;
  private int gatheredOperators;
  private int gatheredParts;
  private volatile long savedNs;
  private volatile SnapshotReport snapshots;

  /**
   * @param operators per operator its parts
   * @param lateCounters of rows that were late for the first operator and never reached its parts
   */
  OperatorStates(
      List<List<StatefulStage>> operators, List<OperatorCounters> lateCounters, Clock clock) {
    this.operators = List.copyOf(operators);
    this.lateCounters = List.copyOf(lateCounters);
    this.clock = clock;
  }

  boolean isEmpty() {
    return operators.isEmpty();
  }

  /** What must be known of the operators to save them. */
  List<OperatorState> descriptions() {
    List<OperatorState> descriptions = new ArrayList<>();
    for (List<StatefulStage> parts : operators) {
      StatefulStage any = parts.getFirst();
      descriptions.add(
          new OperatorState(
              any.operatorName() + " " + descriptions.size(),
              any.state().stateSchema(),
              any.state().stateKeys(),
              any.state().stateClosing()));
    }
    return descriptions;
  }

  /**
   * Takes back what was committed, and writes down from now on.
   *
   * @param opened owned from now on
   */
  void restore(StateStore opened, long watermarkUs, BufferAllocator allocator) {
    store = opened;
    marked = new StateDelta(allocator);
    snapshots = opened.report();
    try (StateRouter router = new StateRouter(states(), allocator)) {
      store.restore(router);
    }
    long nextRow = 0;
    for (List<StatefulStage> parts : operators) {
      for (StatefulStage part : parts) {
        part.state().loaded(watermarkUs);
        nextRow = Math.max(nextRow, part.state().nextRow());
      }
    }
    for (List<StatefulStage> parts : operators) {
      for (StatefulStage part : parts) {
        part.startRowsAt(nextRow);
      }
    }
  }

  private List<List<KeyedState>> states() {
    return operators.stream()
        .map(parts -> parts.stream().map(StatefulStage::state).toList())
        .toList();
  }

  /**
   * Writes down what an epoch changed; when this returns it is safe.
   *
   * @return where the changes end, for the commit
   */
  long save(long epoch) {
    if (store == null) {
      operators.forEach(parts -> parts.forEach(stage -> stage.state().forgetChanges()));
      return Commit.NO_STATE;
    }
    long startNs = clock.nanoTime();
    for (int i = 0; i < operators.size(); i++) {
      int operator = i;
      for (StatefulStage part : operators.get(i)) {
        part.state()
            .changes(
                rows -> store.upsert(operator, epoch, rows),
                keys -> store.remove(operator, epoch, keys));
      }
    }
    long sequence = store.force();
    savedNs = clock.nanoTime() - startNs;
    return sequence;
  }

  /**
   * Sets aside what an epoch changed, for {@link #gather} and {@link #writeMarked}; what changes
   * from now on belongs to the next one.
   */
  void mark(long epoch) {
    gatheredOperators = 0;
    gatheredParts = 0;
    if (store == null) {
      operators.forEach(parts -> parts.forEach(stage -> stage.state().forgetChanges()));
      return;
    }
    markedEpoch = epoch;
    for (int i = 0; i < operators.size(); i++) {
      int operator = i;
      for (StatefulStage part : operators.get(i)) {
        part.state()
            .setAside(rows -> marked.upsert(operator, rows), keys -> marked.remove(operator, keys));
      }
    }
  }

  /**
   * Copies some of what was set aside, as it was then.
   *
   * @param maxRows about so many at most
   * @return whether all of it is copied
   */
  boolean gather(int maxRows) {
    if (store == null || gatheredOperators == operators.size()) {
      return true;
    }
    List<StatefulStage> parts = operators.get(gatheredOperators);
    if (parts.get(gatheredParts).state().gather(maxRows) && ++gatheredParts == parts.size()) {
      gatheredParts = 0;
      gatheredOperators++;
    }
    return gatheredOperators == operators.size();
  }

  /**
   * Writes down what was set aside, all of which is gathered; when this returns it is safe. On any
   * thread, one at a time, and before the next {@link #mark}.
   *
   * @return where the changes end, for the commit
   */
  long writeMarked() {
    if (store == null) {
      return Commit.NO_STATE;
    }
    long startNs = clock.nanoTime();
    store.append(marked, markedEpoch);
    marked.clear();
    long sequence = store.force();
    savedNs = clock.nanoTime() - startNs;
    snapshots = store.report();
    return sequence;
  }

  /** After a commit: begins a snapshot if one is due, of the operators as they are. */
  void committed(long epoch) {
    if (isSnapshotDue()) {
      try (SnapshotWriter writer = store.beginSnapshot(epoch)) {
        for (int i = 0; i < operators.size(); i++) {
          int operator = i;
          operators
              .get(i)
              .forEach(part -> part.state().snapshot(rows -> writer.write(operator, rows)));
        }
        writer.finish();
      }
    }
  }

  /**
   * After the commit of what {@link #writeMarked} wrote: begins a snapshot if one is due, of what
   * is written down, since the operators have gone on. On the same thread.
   */
  void committedMarked(long epoch, long watermarkUs) {
    if (isSnapshotDue()) {
      store.foldSnapshot(epoch, watermarkUs);
    }
  }

  private boolean isSnapshotDue() {
    if (store == null) {
      return false;
    }
    snapshots = store.report();
    return store.snapshotDue();
  }

  /** The watermark at which something is over next; {@link Long#MAX_VALUE} if nothing will be. */
  long nextClosingUs() {
    long next = Long.MAX_VALUE;
    for (List<StatefulStage> parts : operators) {
      for (StatefulStage part : parts) {
        next = Math.min(next, part.state().nextClosingUs());
      }
    }
    return next;
  }

  /** What each operator did since the last call. */
  List<OperatorReport> report() {
    List<OperatorReport> reports = new ArrayList<>(operators.size());
    long lateBefore = 0;
    for (OperatorCounters counters : lateCounters) {
      lateBefore += counters.late();
      counters.reset();
    }
    for (List<StatefulStage> parts : operators) {
      long rows = 0;
      long bytes = 0;
      long updated = 0;
      long removed = 0;
      long late = reports.isEmpty() ? lateBefore : 0;
      for (StatefulStage part : parts) {
        rows += part.state().size();
        bytes += part.state().memoryBytes();
        updated += part.counters().updated();
        removed += part.counters().removed();
        late += part.counters().late();
        part.counters().reset();
      }
      reports.add(
          new OperatorReport(
              parts.getFirst().operatorName(),
              rows,
              updated,
              removed,
              late,
              bytes,
              savedNs,
              parts.size()));
    }
    return reports;
  }

  /** How snapshots fare; null if nothing is written down. */
  SnapshotReport snapshots() {
    return snapshots;
  }

  @Override
  public void close() {
    if (marked != null) {
      marked.close();
    }
    if (store != null) {
      store.close();
    }
  }
}
