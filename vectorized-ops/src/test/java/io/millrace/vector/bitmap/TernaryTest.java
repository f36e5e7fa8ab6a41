package io.millrace.vector.bitmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** All nine pairs of true, false and null, each null with either bit under it. */
class TernaryTest {
  @Test
  void truthTablesAreSqls() {
    try (BufferAllocator allocator = new RootAllocator();
        ByteBlock memory = new ByteBlock(allocator, 64)) {
      long a = memory.address();
      long valid = a + 8;
      long b = a + 16;
      long otherValid = a + 24;
      long result = a + 32;
      long resultValid = a + 40;
      Memory.putLong(a, 0b0101010101010101);
      Memory.putLong(valid, 0b0011001100110011);
      Memory.putLong(b, 0b0000111100001111);
      Memory.putLong(otherValid, 0b0000000011111111);
      for (int from = 0; from < 16; from += 5) {
        Ternary.and(a, valid, b, otherValid, result, resultValid, from, 16);
        for (int row = from; row < 16; row++) {
          assertThat(value(result, resultValid, row))
              .isEqualTo(and(value(a, valid, row), value(b, otherValid, row)));
        }
        Ternary.or(a, valid, b, otherValid, result, resultValid, from, 16);
        for (int row = from; row < 16; row++) {
          assertThat(value(result, resultValid, row))
              .isEqualTo(or(value(a, valid, row), value(b, otherValid, row)));
        }
      }
    }
  }

  private static Boolean value(long bits, long validity, int row) {
    return Bitmap.get(validity, row) ? (Boolean) Bitmap.get(bits, row) : null;
  }

  private static Boolean and(Boolean x, Boolean y) {
    if (Boolean.FALSE.equals(x) || Boolean.FALSE.equals(y)) {
      return false;
    }
    return x == null || y == null ? null : (Boolean) true;
  }

  private static Boolean or(Boolean x, Boolean y) {
    if (Boolean.TRUE.equals(x) || Boolean.TRUE.equals(y)) {
      return true;
    }
    return x == null || y == null ? null : (Boolean) false;
  }
}
