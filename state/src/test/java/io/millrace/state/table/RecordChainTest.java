package io.millrace.state.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.vector.column.Memory;
import io.millrace.vector.group.BytesArena;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordChainTest {
  private final BufferAllocator allocator = new RootAllocator();
  private final BytesArena arena = new BytesArena(allocator);

  @AfterEach
  void everyByteIsGivenBack() {
    arena.close();
    allocator.close();
  }

  private static List<Long> shown(RecordChain chain, int from) {
    List<Long> records = new ArrayList<>();
    chain.show(
        from,
        (addresses, count) -> {
          assertThat(count).isPositive();
          for (int i = 0; i < count; i++) {
            records.add(Memory.getLong(addresses + 8L * i));
          }
        });
    return records;
  }

  private static void add(RecordChain chain, int from, int to) {
    for (int i = from; i < to; i++) {
      chain.add(i);
    }
  }

  private static List<Long> numbers(int from, int to) {
    return LongStream.range(from, to).boxed().toList();
  }

  @Test
  void showsWhatWasAddedFromAnyIndexOn() {
    RecordChain chain = new RecordChain(arena);
    assertThat(shown(chain, 0)).isEmpty();
    int size = 0;
    for (int next : new int[] {1, 3, 4, 10, 11, 2000}) {
      add(chain, size, next);
      size = next;
      assertThat(chain.size()).isEqualTo(size);
      for (int from : new int[] {0, 1, size / 2, size - 1, size}) {
        assertThat(shown(chain, from)).isEqualTo(numbers(Math.min(from, size), size));
      }
    }
  }

  @Test
  void aClearedOneBeginsAgainInTheSameMemory() {
    RecordChain kept = new RecordChain(arena);
    kept.add(7);
    RecordChain chain = new RecordChain(arena);
    add(chain, 0, 10_000);
    long held = arena.memoryBytes();
    for (int round = 0; round < 3; round++) {
      chain.clear();
      assertThat(shown(chain, 0)).isEmpty();
      add(chain, round, 10_000 + round);
      assertThat(shown(chain, 0)).isEqualTo(numbers(round, 10_000 + round));
    }
    assertThat(arena.memoryBytes()).isEqualTo(held);
    assertThat(shown(kept, 0)).containsExactly(7L);
  }
}
