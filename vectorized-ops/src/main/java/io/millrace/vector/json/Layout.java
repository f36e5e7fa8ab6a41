package io.millrace.vector.json;

import io.millrace.vector.column.Memory;
import io.millrace.vector.time.TimestampParser;
import java.util.List;

/**
 * What a line looked like: the exact bytes between its values, and which value goes where. Lines of
 * the same look are decoded by comparing those bytes and reading the values between them; whatever
 * is not exactly so is left to {@link LineDecoder}.
 */
final class Layout {
  private final ValueDecoder values;
  private final JsonStrings strings;
  private final JsonNumbers numbers;
  private final TimestampParser timestamps;

  /** Null while there is no layout. */
  private LayoutSlot first;

  private JsonColumn[] absent = {};

  Layout(ValueDecoder values) {
    this.values = values;
    strings = values.strings();
    numbers = values.numbers();
    timestamps = values.timestamps();
  }

  /** Takes these steps and the columns that they leave null; or, with no steps, matches nothing. */
  void set(LayoutSlot firstSlot, List<JsonColumn> absentColumns) {
    first = firstSlot;
    absent = absentColumns.toArray(JsonColumn[]::new);
  }

  /**
   * Decodes a line into a row; returns where the next line begins, or 0 if this one looks different
   * or has a value that needs more care; the row is then undefined.
   */
  long decode(long from, long to, int row) {
    LayoutSlot slot = first;
    if (slot == null) {
      return 0;
    }
    long at = from;
    while (true) {
      at = slot.behindLiteral(at, to);
      if (at == 0 || slot.kind == LayoutSlot.END) {
        break;
      }
      at = value(slot, at, to, row);
      if (at == 0) {
        return 0;
      }
      slot = slot.next;
    }
    if (at != 0 && absent.length > 0) {
      for (JsonColumn column : absent) {
        column.setNull(row);
      }
    }
    return at;
  }

  private long value(LayoutSlot slot, long at, long to, int row) {
    return switch (slot.kind) {
      case LayoutSlot.TEXT -> slot.column.copyText(row, at, to);
      case LayoutSlot.TIMESTAMP -> timestamp(slot, at, to, row);
      case LayoutSlot.DOUBLE -> floating(slot.column, row, at, to);
      default -> otherValue(slot, at, to, row);
    };
  }

  private long otherValue(LayoutSlot slot, long at, long to, int row) {
    return switch (slot.kind) {
      case LayoutSlot.INTEGER -> integer(slot.column, row, at, to);
      case LayoutSlot.SKIPPED_TEXT -> skippedText(at, to);
      case LayoutSlot.SKIPPED_SCALAR -> isScalar(at) ? values.skipper().scalar(at, to) : 0;
      case LayoutSlot.OTHER_TEXT -> {
        long after = decode(slot.column, row, at - 1, to);
        yield after == 0 ? 0 : after - 1;
      }
      default -> scalar(slot.column, row, at, to);
    };
  }

  private long skippedText(long at, long to) {
    long closing = strings.closing(at, to);
    return closing != 0 && Utf8.isValid(at, closing) ? closing : 0;
  }

  private long timestamp(LayoutSlot slot, long at, long to, int row) {
    int length = slot.textLength;
    if (at + length > to || !timestamps.parse(at, length)) {
      length = otherTimestamp(at, to);
      if (length == 0) {
        return 0;
      }
      slot.textLength = length;
    }
    slot.column.putLong(row, timestamps.valueUs());
    return at + length;
  }

  private int otherTimestamp(long at, long to) {
    long closing = strings.closing(at, to);
    int length = (int) (closing - at);
    boolean good = closing != 0 && !strings.escaped() && timestamps.parse(at, length);
    return good ? length : 0;
  }

  private long integer(JsonColumn column, int row, long at, long to) {
    long after = numbers.shortLong(at);
    return after != 0 && ValueDecoder.integer(column, row, numbers.longValue())
        ? after
        : scalar(column, row, at, to);
  }

  private long floating(JsonColumn column, int row, long at, long to) {
    long after = numbers.shortDouble(at);
    if (after == 0 || (Memory.getByte(after) | 0x20) == 'e') {
      return scalar(column, row, at, to);
    }
    column.putDouble(row, numbers.doubleValue());
    return after;
  }

  private long scalar(JsonColumn column, int row, long at, long to) {
    return isScalar(at) ? decode(column, row, at, to) : 0;
  }

  private long decode(JsonColumn column, int row, long at, long to) {
    long after = values.decode(column, row, at, to);
    return values.bad() || !column.nullable() && column.isNull(row) ? 0 : after;
  }

  /** Nested values may reach over the line's end, and text has not been checked to be UTF-8. */
  private static boolean isScalar(long at) {
    byte c = Memory.getByte(at);
    return c != '{' && c != '[' && c != '"';
  }
}
