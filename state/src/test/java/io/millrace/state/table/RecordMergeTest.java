package io.millrace.state.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.vector.column.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordMergeTest {
  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void everyByteIsGivenBack() {
    allocator.close();
  }

  /** Numbers in place of records, by their tens and then by their ones. */
  private static OrderedRecords ordered(RecordList list) {
    return new OrderedRecords(list, number -> number / 10, number -> number % 10);
  }

  private void merge(int parts, int size, int atATime, Random random) {
    OrderedRecords[] ordered = new OrderedRecords[parts];
    List<RecordList> lists = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      lists.add(new RecordList(allocator));
      ordered[i] = ordered(lists.get(i));
    }
    for (long number = 0; number < size; number++) {
      lists.get(random.nextInt(parts)).add(number);
    }
    try (RecordMerge merge = new RecordMerge(allocator, parts, atATime)) {
      for (int round = 0; round < 2; round++) {
        List<Long> merged = new ArrayList<>();
        merge.show(
            ordered,
            (numbers, count) -> {
              assertThat(count).isBetween(1, atATime);
              for (int i = 0; i < count; i++) {
                merged.add(Memory.getLong(numbers + 8L * i));
              }
            });
        assertThat(merged).isEqualTo(LongStream.range(0, size).boxed().toList());
      }
    }
    lists.forEach(RecordList::close);
  }

  @Test
  void recordsOfAllListsComeInOneOrder() {
    Random random = new Random(5);
    for (int size : new int[] {0, 1, 2, 255, 256, 257, 512, 3000}) {
      for (int parts : new int[] {1, 2, 5}) {
        merge(parts, size, 64, random);
      }
    }
  }
}
