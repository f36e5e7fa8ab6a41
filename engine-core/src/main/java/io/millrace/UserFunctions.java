package io.millrace;

import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.Row;
import java.util.function.Function;

/** Functions of the application's own for SQL and expressions. */
public final class UserFunctions {
  UserFunctions() {}

  /**
   * Registers a function of a row of arguments.
   *
   * @throws AnalysisException always, so far: the engine has no kernel that calls back per row
   */
  public void register(String name, DataType result, Function<Row, Object> function) {
    throw new AnalysisException(
        "udf "
            + name
            + ": user-defined functions are not supported yet; compute the column in foreachBatch"
            + " or before the rows are appended to an inlet");
  }
}
