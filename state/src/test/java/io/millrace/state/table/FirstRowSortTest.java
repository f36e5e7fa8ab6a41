package io.millrace.state.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.group.GroupRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FirstRowSortTest {
  private static final int RECORD_BYTES = 24;

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void everyByteIsGivenBack() {
    allocator.close();
  }

  /** The first rows of records behind one that is not to be sorted, in their order. */
  private List<Long> sorted(long... firstRows) {
    try (RecordList list = new RecordList(allocator);
        ByteBlock memory = new ByteBlock(allocator, RECORD_BYTES * firstRows.length)) {
      list.add(-1);
      for (int i = 0; i < firstRows.length; i++) {
        long record = memory.address() + (long) RECORD_BYTES * i;
        GroupRecord.firstRow(record, firstRows[i]);
        list.add(record);
      }
      new FirstRowSort().sort(list, 1);
      assertThat(list.get(0)).isEqualTo(-1);
      List<Long> sorted = new ArrayList<>();
      for (int i = 1; i < list.size(); i++) {
        sorted.add(GroupRecord.firstRow(list.get(i)));
      }
      return sorted;
    }
  }

  @Test
  void sortsRecordsByTheirFirstRows() {
    assertThat(sorted()).isEmpty();
    assertThat(sorted(5)).containsExactly(5L);
    assertThat(sorted(1L << 40, (1L << 40) - 1, (1L << 40) + 1))
        .containsExactly((1L << 40) - 1, 1L << 40, (1L << 40) + 1);
    Random random = new Random(3);
    long[] rows = LongStream.range(0, 5000).map(i -> (i << 5) + random.nextInt(1 << 5)).toArray();
    for (int i = rows.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      long row = rows[i];
      rows[i] = rows[other];
      rows[other] = row;
    }
    assertThat(sorted(rows)).hasSize(5000).isSorted();
  }

  @Test
  void rowsMayLieFarApart() {
    assertThat(sorted(1L << 33, 3, Long.MAX_VALUE, 0, 1L << 32))
        .containsExactly(0L, 3L, 1L << 32, 1L << 33, Long.MAX_VALUE);
    assertThat(sorted(Long.MAX_VALUE, Long.MIN_VALUE))
        .containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
  }
}
