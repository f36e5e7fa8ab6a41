package io.millrace;

import io.millrace.spi.RowPosition;
import io.millrace.types.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes a query's rows as an application does that keeps their positions with their effect; what it
 * took survives a crash.
 */
final class SimulatedOutput {
  private final List<Row> rows = new ArrayList<>();
  private RowPosition last = RowPosition.START;
  private int epochStart;

  /**
   * The sink of one start of the query.
   *
   * @param dead whether its process has ended
   */
  RowFunction sink(BooleanSupplier dead) {
    return new RowFunction() {
      @Override
      public void accept(RowView row) {
        if (!dead.getAsBoolean()) {
          take(row);
        }
      }

      @Override
      public Optional<RowPosition> resumeFrom() {
        return Optional.of(last);
      }
    };
  }

  private void take(RowView row) {
    if (row.epoch() != last.epoch()) {
      epochStart = rows.size();
    }
    last = new RowPosition(row.epoch(), row.rowNumber());
    rows.add(row.toRow());
  }

  /** What must be the same whenever a crash was: with complete results, the last one. */
  List<Row> result(OutputMode mode) {
    return mode == OutputMode.COMPLETE
        ? List.copyOf(rows.subList(epochStart, rows.size()))
        : List.copyOf(rows);
  }
}
