package io.millrace.vector.text;

import io.millrace.vector.column.BytesWriter;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import java.util.Locale;

/**
 * Upper and lower case, independent of any locale: ASCII eight letters at a time, other rows by the
 * JDK's Unicode rules (which may change a text's length).
 */
public final class LetterCase {
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private LetterCase() {}

  public static void upper(ColumnVector text, RowSelection rows, ColumnVector out) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        int length = text.length(row);
        long address = text.data() + text.offset(row);
        if (Utf8.isAscii(address, length)) {
          flip(address, length, writer.reserve(length), 'a');
          writer.advance(length);
        } else {
          writer.append(Utf8.decode(address, length).toUpperCase(Locale.ROOT));
        }
      }
      writer.endRow(row);
    }
  }

  public static void lower(ColumnVector text, RowSelection rows, ColumnVector out) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        int length = text.length(row);
        long address = text.data() + text.offset(row);
        if (Utf8.isAscii(address, length)) {
          flip(address, length, writer.reserve(length), 'A');
          writer.advance(length);
        } else {
          writer.append(Utf8.decode(address, length).toLowerCase(Locale.ROOT));
        }
      }
      writer.endRow(row);
    }
  }

  /** Lower case, but title case for the first letter and for those behind a space. */
  public static void initialCapitals(ColumnVector text, RowSelection rows, ColumnVector out) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        int length = text.length(row);
        long address = text.data() + text.offset(row);
        if (Utf8.isAscii(address, length)) {
          long target = writer.reserve(length);
          flip(address, length, target, 'A');
          capitalize(target, length);
          writer.advance(length);
        } else {
          writer.append(titleCase(Utf8.decode(address, length)));
        }
      }
      writer.endRow(row);
    }
  }

  /** Copies ASCII text with the 26 letters from {@code first} on in the other case. */
  private static void flip(long from, int length, long to, char first) {
    if (length < 8) {
      for (int i = 0; i < length; i++) {
        int letter = Memory.getByte(from + i);
        Memory.putByte(
            to + i, (byte) (letter >= first && letter <= first + 25 ? letter ^ 0x20 : letter));
      }
      return;
    }
    long atLeast = (0x80 - first) * LOW_BITS;
    long above = (0x7F - first - 25) * LOW_BITS;
    int lastWord = length - 8;
    long last = flip(Memory.getLong(from + lastWord), atLeast, above);
    for (int i = 0; i < lastWord; i += 8) {
      Memory.putLong(to + i, flip(Memory.getLong(from + i), atLeast, above));
    }
    Memory.putLong(to + lastWord, last);
  }

  /** Bit 7 of a byte becomes 1 where its letter is in the range; moved to bit 5 it flips case. */
  private static long flip(long word, long atLeast, long above) {
    long inRange = (word + atLeast) & ~(word + above) & HIGH_BITS;
    return word ^ inRange >>> 2;
  }

  private static void capitalize(long address, int length) {
    boolean begins = true;
    for (int i = 0; i < length; i++) {
      byte letter = Memory.getByte(address + i);
      if (begins && letter >= 'a' && letter <= 'z') {
        Memory.putByte(address + i, (byte) (letter - 0x20));
      }
      begins = letter == ' ';
    }
  }

  private static String titleCase(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    StringBuilder title = new StringBuilder(lower.length());
    boolean begins = true;
    for (int i = 0; i < lower.length(); ) {
      int codePoint = lower.codePointAt(i);
      title.appendCodePoint(begins ? Character.toTitleCase(codePoint) : codePoint);
      begins = codePoint == ' ';
      i += Character.charCount(codePoint);
    }
    return title.toString();
  }
}
