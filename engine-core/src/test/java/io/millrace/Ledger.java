package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.RowPosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an application keeps of a query's output, each row with its epoch and number, in a store
 * that outlives the process. Rows that come again must be those that came before.
 */
final class Ledger {
  private final boolean resumes;
  private final TreeMap<RowPosition, List<Object>> rows =
      new TreeMap<>(
          Comparator.comparingLong(RowPosition::epoch).thenComparing(RowPosition::rowNumber));

  /**
   * @param resumes whether it tells the query the last row that it has; otherwise rows come again
   */
  Ledger(boolean resumes) {
    this.resumes = resumes;
  }

  /** The sink of one process. */
  RowFunction of(DyingProcess process) {
    return new RowFunction() {
      private RowPosition last = RowPosition.START;

      @Override
      public void accept(RowView row) {
        process.requireAlive();
        RowPosition position = new RowPosition(row.epoch(), row.rowNumber());
        requireOrder(position);
        last = position;
        take(position, row.toRow().values());
      }

      private void requireOrder(RowPosition position) {
        RowPosition before = last;
        if (before.equals(RowPosition.START) && resumes && !rows.isEmpty()) {
          before = rows.lastKey();
        }
        boolean follows =
            position.epoch() == before.epoch()
                ? position.rowNumber() == before.rowNumber() + 1
                : position.epoch() > before.epoch() && position.rowNumber() == 0;
        assertThat(follows).as("%s behind %s", position, before).isTrue();
      }

      @Override
      public Optional<RowPosition> resumeFrom() {
        if (!resumes) {
          return Optional.empty();
        }
        return Optional.of(rows.isEmpty() ? RowPosition.START : rows.lastKey());
      }
    };
  }

  private void take(RowPosition position, List<Object> row) {
    List<Object> earlier = rows.putIfAbsent(position, row);
    if (earlier != null) {
      assertThat(resumes).as("%s comes again: %s", position, row).isFalse();
      assertThat(row).as("%s, when it comes again", position).isEqualTo(earlier);
    }
  }

  /** All rows in the order of epochs and numbers. */
  List<List<Object>> rows() {
    return List.copyOf(rows.values());
  }

  /** The rows of the last epoch that had any. */
  List<List<Object>> lastEpoch() {
    long epoch = rows.lastKey().epoch();
    List<List<Object>> last = new ArrayList<>();
    for (Map.Entry<RowPosition, List<Object>> entry : rows.entrySet()) {
      if (entry.getKey().epoch() == epoch) {
        last.add(entry.getValue());
      }
    }
    return last;
  }
}
