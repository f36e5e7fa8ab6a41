package io.millrace.analysis;

import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import java.util.List;

/**
 * What {@code window(...)} and {@code session_window(...)} stand for in expressions: a struct of
 * start (inclusive) and end (exclusive), and what is computed from it.
 */
final class WindowStruct {
  static final String WINDOW = "window";
  static final String SESSION = "session_window";

  /** The end of a window from its start and size, TIMESTAMP and constant BIGINT microseconds. */
  static final String END = "window_end";

  /** The last microsecond before an end; the function and what it becomes are named alike. */
  static final String TIME = "window_time";

  private static final DataType TYPE =
      new DataType.Struct(
          new Schema(
              List.of(
                  new Field("start", DataType.TIMESTAMP, false),
                  new Field("end", DataType.TIMESTAMP, false))));

  private WindowStruct() {}

  static Apply of(BoundExpression start, BoundExpression end) {
    return new Apply(StructFunctions.NAMED_STRUCT, List.of(start, end), TYPE, false);
  }

  static Apply ofSize(BoundExpression start, long sizeUs) {
    Constant size = new Constant(sizeUs, DataType.BIGINT);
    return of(start, new Apply(END, List.of(start, size), DataType.TIMESTAMP, start.nullable()));
  }

  static boolean isWindow(BoundExpression value) {
    return value.type() instanceof DataType.Struct struct
        && struct.fields().names().equals(List.of("start", "end"))
        && struct.fields().fields().stream().allMatch(f -> f.type() == DataType.TIMESTAMP);
  }

  /** {@code window_time(window)}. */
  static BoundExpression time(CallSite site, BoundExpression window) {
    if (!isWindow(window)) {
      throw site.error(
          CallSite.describe(window)
              + " is "
              + window.type().sql()
              + ", window_time needs a window: a struct of start and end");
    }
    BoundExpression end = bounds(window).getLast();
    return new Apply(TIME, List.of(end), DataType.TIMESTAMP, end.nullable());
  }

  /** The start and the end. */
  static List<BoundExpression> bounds(BoundExpression window) {
    return List.of(
        StructFunctions.fields(window, List.of("start")),
        StructFunctions.fields(window, List.of("end")));
  }
}
