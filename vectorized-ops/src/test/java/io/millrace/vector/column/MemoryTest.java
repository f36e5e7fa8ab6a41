package io.millrace.vector.column;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class MemoryTest {
  @Test
  void shortCopiesTakeAllBytesAndNoOthers() {
    int most = 100;
    try (BufferAllocator allocator = new RootAllocator();
        ByteBlock from = new ByteBlock(allocator, most);
        ByteBlock into = new ByteBlock(allocator, most + 2)) {
      for (int i = 0; i < most; i++) {
        Memory.putByte(from.address() + i, (byte) (i + 1));
      }
      for (int size = 0; size <= most; size++) {
        Memory.fill(into.address(), most + 2, (byte) -1);
        Memory.copyShort(from.address(), into.address() + 1, size);
        for (int i = -1; i <= most; i++) {
          byte expected = (byte) (i >= 0 && i < size ? i + 1 : -1);
          assertThat(Memory.getByte(into.address() + 1 + i))
              .as("byte %d of %d", i, size)
              .isEqualTo(expected);
        }
      }
    }
  }
}
