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
public final class WindowStruct {
  static final String WINDOW = "window";
  static final String SESSION = "session_window";

  /** The end of a window from its start and size, TIMESTAMP and constant BIGINT microseconds. */
  static final String END = "window_end";

  /** The last microsecond before an end; the function and what it becomes are named alike. */
  static final String TIME = "window_time";

  private static final String STRUCT = "named_struct";

  private static final DataType TYPE =
      new DataType.Struct(
          new Schema(
              List.of(
                  new Field("start", DataType.TIMESTAMP, false),
                  new Field("end", DataType.TIMESTAMP, false))));

  private WindowStruct() {}

  static Apply of(BoundExpression start, BoundExpression end) {
    return new Apply(STRUCT, List.of(start, end), TYPE, false);
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

  /**
   * What a name means whose first part is this value: itself, or a field of it.
   *
   * @throws io.millrace.types.AnalysisException if it has no such field
   */
  static BoundExpression field(BoundExpression value, List<String> parts) {
    if (parts.size() == 1) {
      return value;
    }
    if (parts.size() == 2 && value.type() instanceof DataType.Struct struct) {
      List<Field> fields = struct.fields().fields();
      for (int i = 0; i < fields.size(); i++) {
        if (fields.get(i).name().equalsIgnoreCase(parts.getLast())) {
          return field(value, i, fields.get(i));
        }
      }
    }
    throw Unsupported.field(parts, value);
  }

  private static BoundExpression field(BoundExpression struct, int index, Field field) {
    boolean nullable = struct.nullable() || field.nullable();
    return made(new BoundExpression.Field(struct, index, field.name(), field.type(), nullable));
  }

  /** A field of a struct that is made from values is that value. */
  public static BoundExpression made(BoundExpression.Field field) {
    return field.struct() instanceof Apply apply && apply.function().equals(STRUCT)
        ? apply.arguments().get(field.index())
        : field;
  }

  /** The start and the end. */
  static List<BoundExpression> bounds(BoundExpression window) {
    return List.of(field(window, List.of(WINDOW, "start")), field(window, List.of(WINDOW, "end")));
  }

  /** Whether a value is nothing but columns, constants and bounds of windows. */
  public static boolean isCheap(BoundExpression value) {
    return switch (value) {
      case BoundExpression.Input ignored -> true;
      case Constant ignored -> true;
      case BoundExpression.Field field -> isCheap(field.struct());
      case Apply apply ->
          (apply.function().equals(STRUCT)
                  || apply.function().equals(END)
                  || apply.function().equals(TIME))
              && apply.arguments().stream().allMatch(WindowStruct::isCheap);
      case BoundExpression.Convert ignored -> false;
      case BoundExpression.Case ignored -> false;
      case BoundExpression.InList ignored -> false;
    };
  }
}
