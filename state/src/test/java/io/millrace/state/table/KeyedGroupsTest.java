package io.millrace.state.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.vector.aggregate.AggregateFunction;
import io.millrace.vector.aggregate.AggregateSpec;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.hash.KeyHash;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyedGroupsTest {
  private static final Schema KEYS = Schema.parse("t TIMESTAMP, k BIGINT");
  private static final List<AggregateSpec> COUNT =
      List.of(
          new AggregateSpec(
              "n",
              AggregateFunction.COUNT_ROWS,
              List.of(),
              AggregateSpec.NO_FILTER,
              false,
              List.of(),
              DataType.BIGINT));

  private final BufferAllocator allocator = new RootAllocator();
  private final Block input = Block.allocate(allocator, KEYS, 64);
  private final Block gathered = Block.ofOne(allocator, DataType.BIGINT, 64);
  private final ByteBlock hashes = new ByteBlock(allocator, 8 * 64);
  private long rows;

  @AfterEach
  void everyByteIsGivenBack() {
    hashes.close();
    gathered.close();
    input.close();
    allocator.close();
  }

  private KeyedGroups groups(boolean ordersTouched) {
    List<Field> keys = KEYS.fields();
    KeyedGroups.Closing closing = new KeyedGroups.Closing(0, 10);
    return new KeyedGroups(allocator, keys, COUNT, closing, ordersTouched, true, 64);
  }

  /** Takes rows of time and key, one after the other. */
  private void take(KeyedGroups groups, long... timesAndKeys) {
    takeFrom(rows, groups, timesAndKeys);
    rows += timesAndKeys.length / 2;
  }

  private void takeFrom(long firstRow, KeyedGroups groups, long... timesAndKeys) {
    int count = timesAndKeys.length / 2;
    for (int column = 0; column < 2; column++) {
      ColumnVector values = input.column(column);
      values.setAllValid(count);
      for (int row = 0; row < count; row++) {
        Memory.putLong(values.data() + 8L * row, timesAndKeys[2 * row + column]);
      }
    }
    KeyHash.start(hashes.address(), 0, count);
    KeyHash.add(input.column(0), 0, count, hashes.address());
    KeyHash.add(input.column(1), 0, count, hashes.address());
    RowSelection all = new RowSelection().set(0, count, RowSelection.ALL);
    groups.update(input, new int[] {0, 1}, all, hashes.address(), firstRow, 0);
  }

  private List<Long> keys(KeyedGroups groups, OrderedRecords records) {
    List<Long> keys = new ArrayList<>();
    groups.show(records, (addresses, count) -> keys(groups, addresses, count, keys));
    return keys;
  }

  private void keys(KeyedGroups groups, long addresses, int count, List<Long> into) {
    ColumnVector column = gathered.column(0);
    groups.key(1, addresses, count, column);
    for (int i = 0; i < count; i++) {
      into.add(Memory.getLong(column.data() + 8L * i));
    }
  }

  private static List<Long> savedKeys(Block saved) {
    List<Long> keys = new ArrayList<>();
    for (int i = 0; i < saved.rowCount(); i++) {
      keys.add(Memory.getLong(saved.column(1).data() + 8L * i));
    }
    return keys;
  }

  private static List<Long> changes(KeyedGroups groups) {
    List<Long> keys = new ArrayList<>();
    groups.changes(saved -> keys.addAll(savedKeys(saved)), removed -> fail("removed"));
    return keys;
  }

  private static List<Long> snapshot(KeyedGroups groups) {
    List<Long> keys = new ArrayList<>();
    groups.snapshot(saved -> keys.addAll(savedKeys(saved)));
    return keys;
  }

  @Test
  void closedGroupsComeByTimeThenByFirstRow() {
    try (KeyedGroups groups = groups(false)) {
      take(groups, 7, 1, 5, 2, 7, 3, 5, 4, 7, 1, 30, 5);

      assertThat(keys(groups, groups.close(17))).containsExactly(2L, 4L, 1L, 3L);
      groups.endBatch();
      assertThat(keys(groups, groups.close(17))).isEmpty();
      assertThat(keys(groups, groups.close(40))).containsExactly(5L);
      groups.endBatch();
      assertThat(groups.size()).isZero();
    }
  }

  @Test
  void whatIsClosedIsNeitherCountedNorSavedBeforeItsMemoryGoes() {
    try (KeyedGroups groups = groups(false)) {
      take(groups, 5, 1, 30, 2);
      groups.endBatch();
      assertThat(changes(groups)).containsExactly(1L, 2L);

      take(groups, 5, 1, 5, 3, 30, 2, 30, 4);
      OrderedRecords closed = groups.close(15);
      assertThat(groups.size()).isEqualTo(2);
      assertThat(snapshot(groups)).containsExactlyInAnyOrder(2L, 4L);
      assertThat(changes(groups)).containsExactlyInAnyOrder(2L, 4L);
      assertThat(keys(groups, closed)).containsExactly(1L, 3L);
      groups.endBatch();

      assertThat(groups.size()).isEqualTo(2);
      assertThat(changes(groups)).isEmpty();
      take(groups, 30, 2, 30, 6);
      assertThat(groups.changedCount()).isEqualTo(2);
      assertThat(changes(groups)).containsExactlyInAnyOrder(2L, 6L);
    }
  }

  @Test
  void savedGroupsThatComeBackHaveNotChanged() {
    try (KeyedGroups before = groups(false);
        KeyedGroups after = groups(false)) {
      take(before, 5, 1, 30, 2, 31, 3);
      before.changes(after::load, after::unload);
      after.loaded(15);

      assertThat(changes(after)).isEmpty();
      assertThat(snapshot(after)).containsExactlyInAnyOrder(2L, 3L);
      assertThat(keys(after, after.close(41))).containsExactly(2L, 3L);
    }
  }

  @Test
  void aGroupIsWrittenDownInEachEpochThatChangesIt() {
    try (KeyedGroups groups = groups(false)) {
      take(groups, 5, 1, 6, 2);
      take(groups, 5, 1, 6, 3);
      assertThat(groups.changedCount()).isEqualTo(3);
      groups.endBatch();
      assertThat(changes(groups)).containsExactlyInAnyOrder(1L, 2L, 3L);

      take(groups, 6, 2, 6, 2, 6, 4);
      assertThat(groups.changedCount()).isEqualTo(2);
      groups.endBatch();
      groups.forgetChanges();

      take(groups, 6, 4, 6, 4, 5, 5);
      assertThat(groups.changedCount()).isEqualTo(2);
      groups.endBatch();
      assertThat(changes(groups)).containsExactlyInAnyOrder(4L, 5L);
      assertThat(changes(groups)).isEmpty();
    }
  }

  @Test
  void blocksThatComeOncePerWindowAreWrittenDownLikeOthers() {
    try (KeyedGroups groups = groups(false)) {
      takeFrom(7, groups, 5, 1, 6, 2);
      takeFrom(3, groups, 25, 3, 26, 4); // earlier rows in a later window
      groups.endBatch();
      assertThat(changes(groups)).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
      assertThat(groups.nextRow()).isEqualTo(9);

      takeFrom(9, groups, 5, 1, 6, 2, 25, 3, 26, 4);
      assertThat(groups.changedCount()).isEqualTo(4);
      assertThat(changes(groups)).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }
  }

  @Test
  void theOneGroupWithoutKeysIsWrittenDownAgainWhenItChanges() {
    KeyedGroups.Closing never = new KeyedGroups.Closing(-1, KeyedGroups.Closing.ENDLESS);
    try (KeyedGroups groups = new KeyedGroups(allocator, List.of(), COUNT, never, true, true, 64)) {
      groups.addGlobal();
      assertThat(groups.changedCount()).isEqualTo(1);
      groups.endBatch();
      assertThat(savedRows(groups)).isEqualTo(1);

      KeyHash.start(hashes.address(), 0, 1);
      RowSelection one = new RowSelection().set(0, 1, RowSelection.ALL);
      groups.update(input, new int[0], one, hashes.address(), rows, 0);
      groups.endBatch();
      assertThat(savedRows(groups)).isEqualTo(1);
      assertThat(savedRows(groups)).isZero();
    }
  }

  private static int savedRows(KeyedGroups groups) {
    List<Integer> counts = new ArrayList<>();
    groups.changes(saved -> counts.add(saved.rowCount()), removed -> fail("removed"));
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  @Test
  void touchedGroupsAreSeenAlsoWhenTheyAreClosed() {
    try (KeyedGroups groups = groups(true)) {
      take(groups, 5, 1, 30, 2);
      groups.close(15);
      assertThat(keys(groups, groups.touched())).containsExactly(1L, 2L);
      groups.endBatch();

      take(groups, 30, 2);
      assertThat(keys(groups, groups.touched())).containsExactly(2L);
    }
  }

  @Test
  void groupsOfSeveralOwnersComeInOneOrder() {
    try (KeyedGroups even = groups(false);
        KeyedGroups odd = groups(false);
        KeyedGroups none = groups(false);
        RecordMerge merge = new RecordMerge(allocator, 3, 2)) {
      for (int key = 0; key < 9; key++) {
        take(key % 2 == 0 ? even : odd, key / 6, key);
      }
      OrderedRecords[] closed = {even.close(20), odd.close(20), none.close(20)};

      List<Long> keys = new ArrayList<>();
      merge.show(closed, (addresses, count) -> keys(even, addresses, count, keys));

      assertThat(keys).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }
  }
}
