package io.millrace.vector.text;

import io.millrace.vector.column.BytesWriter;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;

/** New texts from old ones: replace, reverse, repeat, pad. Lengths are INT and count characters. */
public final class Rewriting {
  private Rewriting() {}

  /** Replaces every occurrence, left to right; nothing when the text searched for is empty. */
  public static void replace(
      ColumnVector text,
      ColumnVector search,
      ColumnVector replacement,
      RowSelection rows,
      ColumnVector out) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        long address = text.data() + text.offset(row);
        int length = text.length(row);
        long needle = search.data() + search.offset(row);
        int needleLength = search.length(row);
        int copied = 0;
        int at = needleLength == 0 ? -1 : Bytes.indexOf(address, length, needle, needleLength, 0);
        while (at >= 0) {
          writer.append(address + copied, at - copied);
          writer.append(replacement.data() + replacement.offset(row), replacement.length(row));
          copied = at + needleLength;
          at = Bytes.indexOf(address, length, needle, needleLength, copied);
        }
        writer.append(address + copied, length - copied);
      }
      writer.endRow(row);
    }
  }

  public static void reverse(ColumnVector text, RowSelection rows, ColumnVector out) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        long address = text.data() + text.offset(row);
        int end = text.length(row);
        while (end > 0) {
          int start = Utf8.previous(address, end);
          writer.append(address + start, end - start);
          end = start;
        }
      }
      writer.endRow(row);
    }
  }

  public static void repeat(
      ColumnVector text, ColumnVector times, RowSelection rows, ColumnVector out) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        long address = text.data() + text.offset(row);
        int length = text.length(row);
        int count = length == 0 ? 0 : Math.max(0, Memory.getInt(times.data() + 4L * row));
        writer.reserve((long) length * count);
        for (int i = 0; i < count; i++) {
          writer.append(address, length);
        }
      }
      writer.endRow(row);
    }
  }

  /**
   * Brings texts to a length: longer ones lose their end, shorter ones are filled up.
   *
   * @param fill repeated from its beginning; with an empty one short texts stay as they are
   * @param left whether to fill up in front
   */
  public static void pad(
      ColumnVector text,
      ColumnVector length,
      ColumnVector fill,
      boolean left,
      RowSelection rows,
      ColumnVector out) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        long address = text.data() + text.offset(row);
        int size = text.length(row);
        int wanted = Math.max(0, Memory.getInt(length.data() + 4L * row));
        int missing = wanted - Utf8.characterCount(address, size);
        long fillAddress = fill.data() + fill.offset(row);
        int fillSize = fill.length(row);
        if (missing <= 0 || fillSize == 0) {
          writer.append(address, Utf8.skip(address, 0, size, wanted));
        } else if (left) {
          fill(writer, fillAddress, fillSize, missing);
          writer.append(address, size);
        } else {
          writer.append(address, size);
          fill(writer, fillAddress, fillSize, missing);
        }
      }
      writer.endRow(row);
    }
  }

  private static void fill(BytesWriter writer, long fill, int fillSize, int characters) {
    int perFill = Math.max(1, Utf8.characterCount(fill, fillSize));
    int left = characters;
    writer.reserve((long) fillSize * (characters / perFill + 1));
    for (; left >= perFill; left -= perFill) {
      writer.append(fill, fillSize);
    }
    writer.append(fill, Utf8.skip(fill, 0, fillSize, left));
  }
}
