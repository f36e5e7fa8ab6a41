package io.millrace.vector.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.vector.column.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class BytesArenaTest {
  private record Taken(long address, int bytes, byte mark) {}

  @Test
  void stretchesDoNotOverlapAndMemoryIsUsedAgain() {
    Random random = new Random(5);
    try (BufferAllocator allocator = new RootAllocator();
        BytesArena arena = new BytesArena(allocator)) {
      List<Taken> taken = new ArrayList<>();
      long most = 0;
      for (int i = 0; i < 20_000; i++) {
        if (taken.size() > 300 || (random.nextInt(3) == 0 && !taken.isEmpty())) {
          give(arena, taken.remove(random.nextInt(taken.size())));
        } else {
          int bytes = random.nextInt(20) == 0 ? random.nextInt(60_000) : random.nextInt(200);
          Taken stretch = new Taken(arena.take(bytes), bytes, (byte) i);
          Memory.fill(stretch.address(), BytesArena.capacity(bytes), stretch.mark());
          taken.add(stretch);
        }
        most = i == 10_000 ? arena.memoryBytes() : most;
      }
      assertThat(arena.memoryBytes()).isLessThan(2 * most);
      taken.forEach(stretch -> give(arena, stretch));
      assertThat(arena.memoryBytes()).isEqualTo(64 * 1024);
    }
  }

  private static void give(BytesArena arena, Taken stretch) {
    for (int i = 0; i < BytesArena.capacity(stretch.bytes()); i++) {
      assertThat(Memory.getByte(stretch.address() + i)).isEqualTo(stretch.mark());
    }
    arena.give(stretch.address(), stretch.bytes());
  }
}
