package io.millrace.state.snapshot;

import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.util.Optional;

/**
 * What a stateful operator saves.
 *
 * @param name for messages, such as {@code Aggregate [deviceId]}; part of what must not change
 *     between two starts
 * @param schema of its rows: flat types, no name twice
 * @param keyColumns how many leading columns tell rows apart; 0 for an operator with one row
 * @param closing when a watermark has passed a row, which no removal says then; empty if it never
 *     does
 */
public record OperatorState(String name, Schema schema, int keyColumns, Optional<Closing> closing) {

  /**
   * When a row is over.
   *
   * @param column index of a TIMESTAMP column; a row in which it is null is never over
   * @param lengthUs a row is over when the watermark has reached that time plus this
   */
  public record Closing(int column, long lengthUs) {
    /**
     * Whether a watermark has passed a time and what comes that long after it.
     *
     * @param watermarkUs {@link Long#MIN_VALUE} for none
     */
    public static boolean isOver(long timeUs, long lengthUs, long watermarkUs) {
      return watermarkUs != Long.MIN_VALUE && timeUs <= lastOver(lengthUs, watermarkUs);
    }

    /** The latest time that a watermark has passed with what comes that long after it. */
    public static long lastOver(long lengthUs, long watermarkUs) {
      return watermarkUs < Long.MIN_VALUE + lengthUs ? Long.MIN_VALUE : watermarkUs - lengthUs;
    }
  }

  public OperatorState {
    schema.requireUniqueNames();
    for (Field field : schema.fields()) {
      if (!field.type().isFlat() || field.type() == DataType.VOID) {
        throw new AnalysisException(
            name
                + ": column "
                + field.name()
                + " of type "
                + field.type().sql()
                + " cannot be kept as state; use a flat type");
      }
    }
    if (keyColumns < 0 || keyColumns > schema.size()) {
      throw new AnalysisException(
          name + ": " + keyColumns + " key columns of " + schema.size() + " columns");
    }
    closing.ifPresent(c -> requireTime(name, schema, c));
  }

  /** Of an operator whose rows stay until it removes them. */
  public OperatorState(String name, Schema schema, int keyColumns) {
    this(name, schema, keyColumns, Optional.empty());
  }

  private static void requireTime(String name, Schema schema, Closing closing) {
    boolean isTime =
        closing.column() >= 0
            && closing.column() < schema.size()
            && schema.field(closing.column()).type() == DataType.TIMESTAMP;
    if (!isTime || closing.lengthUs() < 0) {
      throw new AnalysisException(
          name
              + ": rows cannot be over by column "
              + closing.column()
              + " and "
              + closing.lengthUs()
              + " microseconds");
    }
  }

  /** Whether a watermark has passed a row. */
  public boolean isOver(Block rows, int row, long watermarkUs) {
    if (closing.isEmpty()) {
      return false;
    }
    ColumnVector times = rows.column(closing.get().column());
    return !times.isNull(row)
        && Closing.isOver(
            Memory.getLong(times.data() + 8L * row), closing.get().lengthUs(), watermarkUs);
  }

  /** The leading columns. */
  public Schema keySchema() {
    return new Schema(schema.fields().subList(0, keyColumns));
  }
}
