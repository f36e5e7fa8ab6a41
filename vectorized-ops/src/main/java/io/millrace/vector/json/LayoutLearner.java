package io.millrace.vector.json;

import io.millrace.types.DataType;
import io.millrace.vector.column.Memory;
import java.util.ArrayList;
import java.util.List;

/** Takes the layout of a line that is known to be good. */
final class LayoutLearner {
  private static final int MAX_DEPTH = 63;
  private static final int MAX_VALUES = 64;

  private final List<JsonColumn> allColumns;
  private final FieldTable table;
  private final JsonStrings strings = new JsonStrings();
  private final JsonNumbers numbers = new JsonNumbers();
  private final ValueSkipper skipper = new ValueSkipper(strings, numbers);

  private LayoutSlot first;
  private LayoutSlot last;
  private long literal;
  private int count;
  private JsonColumn column;
  private final List<JsonColumn> absent = new ArrayList<>();

  /**
   * @param allColumns those that a field can fill, and those that stay null
   */
  LayoutLearner(List<JsonColumn> allColumns, FieldTable table) {
    this.allColumns = allColumns;
    this.table = table;
  }

  /**
   * Puts the look of a line into the layout, which then matches nothing if the line is no good
   * model: too long or deep, with a field twice, with an escaped name, with a nested value or a
   * null where text is needed.
   *
   * @param end behind the newline
   */
  void learn(long from, long end, Layout into) {
    into.set(null, List.of());
    first = null;
    literal = from;
    count = 0;
    column = null;
    absent.clear();
    absent.addAll(allColumns);
    long objects = 0;
    int depth = 0;
    boolean key = false;
    long at = from;
    while (at < end) {
      byte c = Memory.getByte(at);
      if (c == '{' || c == '[') {
        if (column != null || depth == MAX_DEPTH) {
          return;
        }
        depth++;
        key = c == '{';
        objects = key ? objects | 1L << depth : objects & ~(1L << depth);
        at++;
      } else if (c == '}' || c == ']') {
        depth--;
        at++;
      } else if (c == ',') {
        key = (objects >>> depth & 1) != 0;
        column = depth == 1 ? null : column;
        at++;
      } else if (c == '"') {
        at = key ? name(at, end, depth) : text(at, end);
        key = false;
      } else if (c == ':' || ValueSkipper.isSpace(c)) {
        at++;
      } else {
        at = scalar(at, end);
      }
      if (at == 0) {
        return;
      }
    }
    for (JsonColumn missing : absent) {
      if (!missing.nullable()) {
        return;
      }
    }
    add(end, LayoutSlot.END, null, 0);
    into.set(first, absent);
  }

  private long name(long at, long end, int depth) {
    long closing = strings.closing(at + 1, end);
    if (strings.escaped()) {
      return 0;
    }
    if (depth == 1) {
      column = table.find(at + 1, (int) (closing - at - 1));
      if (column != null && !absent.remove(column)) {
        return 0;
      }
    }
    return closing + 1;
  }

  private long text(long at, long end) {
    long closing = strings.closing(at + 1, end);
    int slot = LayoutSlot.SKIPPED_TEXT;
    if (column != null) {
      slot =
          column.type() == DataType.STRING
              ? LayoutSlot.TEXT
              : column.type() == DataType.TIMESTAMP ? LayoutSlot.TIMESTAMP : LayoutSlot.OTHER_TEXT;
    }
    if (!add(at + 1, slot, column, (int) (closing - at - 1))) {
      return 0;
    }
    literal = closing;
    return closing + 1;
  }

  private long scalar(long at, long end) {
    int slot = LayoutSlot.SKIPPED_SCALAR;
    if (column != null) {
      if (ValueSkipper.isNull(at, end) && isText(column.type())) {
        return 0;
      }
      slot =
          column.type() == DataType.DOUBLE
              ? LayoutSlot.DOUBLE
              : column.type().isIntegral() ? LayoutSlot.INTEGER : LayoutSlot.OTHER_SCALAR;
    }
    if (!add(at, slot, column, 0)) {
      return 0;
    }
    literal = skipper.scalar(at, end);
    return literal;
  }

  /** Adds the literal up to {@code to} and what stands behind it; false if there are too many. */
  private boolean add(long to, int kind, JsonColumn filled, int textLength) {
    LayoutSlot slot = new LayoutSlot(literal, to, kind, filled, textLength);
    if (first == null) {
      first = slot;
    } else {
      last.next = slot;
    }
    last = slot;
    return ++count <= MAX_VALUES || kind == LayoutSlot.END;
  }

  private static boolean isText(DataType type) {
    return type.isVariableWidth() || type == DataType.TIMESTAMP || type == DataType.DATE;
  }
}
