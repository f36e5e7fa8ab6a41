package io.millrace.vector.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class NewlinesTest {
  private static final byte[] BYTES = {'\n', 'a', (byte) 0x8A, 0x0B, 0x09, 0, (byte) 0xFF, '\r'};

  @Test
  void firstAndLastAreThoseOfThePlainLoop() {
    Random random = new Random(20251010);
    try (BufferAllocator allocator = new RootAllocator();
        ByteBlock bytes = new ByteBlock(allocator, 100)) {
      for (int round = 0; round < 20_000; round++) {
        int length = random.nextInt(60);
        int from = random.nextInt(length + 1);
        int rare = 1 + random.nextInt(40);
        for (int i = 0; i < 100; i++) {
          int kind = random.nextInt(rare) == 0 ? 0 : 1 + random.nextInt(BYTES.length - 1);
          Memory.putByte(bytes.address() + i, BYTES[kind]);
        }
        int first = length;
        int last = from - 1;
        for (int i = from; i < length; i++) {
          if (Memory.getByte(bytes.address() + i) == '\n') {
            first = Math.min(first, i);
            last = i;
          }
        }
        assertThat(Newlines.first(bytes.address(), from, length)).isEqualTo(first);
        assertThat(Newlines.last(bytes.address(), from, length)).isEqualTo(last);
      }
    }
  }
}
