package io.millrace.state.snapshot;

import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;

/**
 * What a stateful operator saves.
 *
 * @param name for messages, such as {@code Aggregate [deviceId]}; part of what must not change
 *     between two starts
 * @param schema of its rows: flat types, no name twice
 * @param keyColumns how many leading columns tell rows apart; 0 for an operator with one row
 */
public record OperatorState(String name, Schema schema, int keyColumns) {
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
  }

  /** The leading columns. */
  public Schema keySchema() {
    return new Schema(schema.fields().subList(0, keyColumns));
  }
}
