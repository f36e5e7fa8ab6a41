package io.millrace.vector.cast;

import io.millrace.types.DataType;
import io.millrace.vector.column.Memory;
import io.millrace.vector.text.NumberFormatter;
import io.millrace.vector.text.NumberParser;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Converts numbers by way of their text, which is exact and allocates nothing; the few bytes are
 * freed with this object.
 */
final class NumberScratch {
  private final MemorySegment text = Arena.ofAuto().allocate(NumberFormatter.MAX_BYTES);
  private final NumberParser parser = new NumberParser();

  /** Where the text goes. */
  long address() {
    return text.address();
  }

  /** Reads that many bytes as a decimal and stores it; false if it does not fit. */
  boolean toDecimal(int length, DataType.Decimal type, long target) {
    if (!parser.parseDecimal(text.address(), length, type.precision(), type.scale())) {
      return false;
    }
    Memory.putLong(target, parser.decimalLow());
    Memory.putLong(target + 8, parser.decimalHigh());
    return true;
  }

  double toDouble(int length) {
    boolean parsed = parser.parseDouble(text.address(), length);
    assert parsed : "a formatted number parses";
    return parser.doubleValue();
  }

  float toFloat(int length) {
    boolean parsed = parser.parseFloat(text.address(), length);
    assert parsed : "a formatted number parses";
    return parser.floatValue();
  }
}
