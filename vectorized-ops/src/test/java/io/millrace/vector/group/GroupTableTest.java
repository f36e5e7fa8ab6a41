package io.millrace.vector.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.MillraceException;
import io.millrace.types.Schema;
import io.millrace.vector.RandomBatches;
import io.millrace.vector.RandomBatches.Nulls;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.FailingMemory;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.hash.KeyHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupTableTest {
  private static final int ROWS = 1500;
  private static final int STATE_BYTES = 16;

  /** How the keys' hashes come about. */
  enum Hashing {
    KEYS,
    /** All keys collide. */
    ONE,
    /** A few places, at the end of the index, so that probing goes round. */
    LAST_FEW
  }

  private final BufferAllocator allocator = new RootAllocator();
  private final ByteBlock hashes = new ByteBlock(allocator, 8 * 2048);
  private final ByteBlock records = new ByteBlock(allocator, 8 * 2048);
  private final RowSelection rows = new RowSelection();

  @AfterEach
  void everyByteIsGivenBack() {
    hashes.close();
    records.close();
    allocator.close();
  }

  private static ColumnVector[] columns(Block block) {
    ColumnVector[] columns = new ColumnVector[block.columnCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = block.column(i);
    }
    return columns;
  }

  private static List<DataType> types(Schema schema) {
    return schema.fields().stream().map(Field::type).toList();
  }

  private void hash(Block block, Hashing hashing) {
    int count = block.rowCount();
    KeyHash.start(hashes.address(), 0, count);
    for (int i = 0; i < block.columnCount(); i++) {
      KeyHash.add(block.column(i), 0, count, hashes.address());
    }
    for (int row = 0; row < count && hashing != Hashing.KEYS; row++) {
      long address = hashes.address() + 8L * row;
      long hash = hashing == Hashing.ONE ? 7 : 0xFFFF_FFFFL - (Memory.getLong(address) & 3);
      Memory.putLong(address, hash);
    }
  }

  /** The key of a row as the model knows it: values that are equal as keys are equal. */
  private static List<Object> key(Block block, int row) {
    List<Object> key = new ArrayList<>();
    for (int i = 0; i < block.columnCount(); i++) {
      key.add(normal(Cell.get(block.column(i), row)));
    }
    return key;
  }

  private static Object normal(Object value) {
    return switch (value) {
      case Double number -> number + 0.0;
      case Float number -> number + 0.0f;
      case byte[] bytes -> java.nio.ByteBuffer.wrap(bytes);
      case null -> null;
      default -> value;
    };
  }

  @ParameterizedTest
  @EnumSource(Hashing.class)
  void findsWhatAMapFindsThroughAdditionsAndRemovals(Hashing hashing) {
    List<Schema> schemas = new ArrayList<>();
    for (String type :
        "BOOLEAN TINYINT SMALLINT INT BIGINT FLOAT DOUBLE STRING BINARY DATE TIMESTAMP"
            .split(" ", -1)) {
      schemas.add(Schema.parse("a " + type));
    }
    schemas.add(Schema.parse("a DECIMAL(20,3)"));
    schemas.add(Schema.parse("a STRING, b BIGINT, c DOUBLE, d DECIMAL(38,0), e BINARY, f BOOLEAN"));
    schemas.add(
        Schema.parse(
            "a BOOLEAN, b BOOLEAN, c BOOLEAN, d BOOLEAN, e BOOLEAN, f BOOLEAN, g BOOLEAN,"
                + " h BOOLEAN, i BOOLEAN, j BOOLEAN, k TINYINT"));
    for (Schema schema : schemas) {
      differential(schema, hashing, hashing == Hashing.KEYS ? 4 : 2);
    }
  }

  private void differential(Schema schema, Hashing hashing, int batches) {
    RandomBatches data = new RandomBatches(21);
    Random random = data.random();
    int rowCount = hashing == Hashing.KEYS ? ROWS : 300;
    Map<List<Object>, Long> model = new HashMap<>();
    try (GroupTable table = new GroupTable(allocator, types(schema), STATE_BYTES);
        ByteBlock mask = new ByteBlock(allocator, 2048 / 8)) {
      for (int batch = 0; batch < batches; batch++) {
        Nulls nulls = Nulls.values()[batch % 2];
        try (Block block = data.block(allocator, schema, rowCount, nulls)) {
          for (int i = 0; i < 2048 / 8; i++) {
            Memory.putByte(mask.address() + i, (byte) random.nextInt());
          }
          hash(block, hashing);
          int from = random.nextInt(100);
          rows.set(from, rowCount, batch % 2 == 0 ? RowSelection.ALL : mask.address());
          table.find(columns(block), rows, hashes.address(), records.address());
          check(schema + ", " + data, block, table, model);
        }
        removeSome(table, schema, model, random);
      }
      assertThat(table.size()).isEqualTo(model.size());
      assertThat(keysOf(table, schema)).isEqualTo(model);
      table.forEach(table::remove);
      assertThat(table.size()).isZero();
      assertThat(keysOf(table, schema)).isEmpty();
    }
  }

  /** Another table takes over keys from records, all of them or all but the first. */
  @ParameterizedTest
  @EnumSource(Hashing.class)
  void findsTheKeysOfAnotherTablesRecords(Hashing hashing) {
    Schema schema =
        Schema.parse("a TINYINT, b STRING, c BOOLEAN, d DOUBLE, e DECIMAL(38,0), f BINARY");
    RandomBatches data = new RandomBatches(22);
    try (GroupTable table = new GroupTable(allocator, types(schema), STATE_BYTES);
        GroupTable other = new GroupTable(allocator, types(schema), STATE_BYTES)) {
      try (Block block = data.block(allocator, schema, 300, Nulls.SOME)) {
        hash(block, hashing);
        rows.set(0, 300, RowSelection.ALL);
        table.find(columns(block), rows, hashes.address(), records.address());
      }
      Set<List<Object>> keys = keysOf(table, schema).keySet();
      assertThat(alike(table, other, GroupTable.NO_KEY, schema)).isEqualTo(keys);
      other.removeAll();
      assertThat(keysOf(other, schema)).isEmpty();

      other.hideAll();
      table.forEach(record -> other.findLike(record, GroupTable.NO_KEY, 11));
      other.hideAll();
      Set<List<Object>> others = new HashSet<>();
      for (List<Object> key : keys) {
        List<Object> without = new ArrayList<>(key);
        without.set(0, null);
        others.add(without);
      }
      if (hashing == Hashing.ONE) { // elsewhere the hash depends on the first key too
        other.removeAll();
        assertThat(alike(table, other, 0, schema)).isEqualTo(others);
      } else {
        assertThat(alike(table, other, GroupTable.NO_KEY, schema)).isEqualTo(keys);
      }
      other.removeAll();
      assertThat(other.size()).isZero();
    }
  }

  private Set<List<Object>> alike(GroupTable table, GroupTable other, int except, Schema schema) {
    Map<Long, Long> found = new HashMap<>();
    table.forEach(
        record -> {
          int before = other.size();
          found.put(record, other.findLike(record, except, 11));
          assertThat(other.added()).isEqualTo(other.size() - before);
        });
    table.forEach(
        record -> {
          assertThat(other.findLike(record, except, 11)).isEqualTo(found.get(record));
          assertThat(other.added()).isZero();
        });
    assertThat(new HashSet<>(found.values())).hasSize(other.size());
    return keysOf(other, schema).keySet();
  }

  private void check(String about, Block block, GroupTable table, Map<List<Object>, Long> model) {
    int added = 0;
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        long record = Memory.getLong(records.address() + 8L * row);
        List<Object> key = key(block, row);
        Long before = model.putIfAbsent(key, record);
        if (before == null) {
          assertThat(table.addedRow(added)).as(about).isEqualTo(row);
          assertThat(table.addedRecord(added++)).as(about).isEqualTo(record);
          assertThat(GroupRecord.firstRow(record)).isZero();
          assertThat(Memory.getLong(record + stateOffset(block.schema()))).isZero();
          GroupRecord.firstRow(record, 1L << 40);
          Memory.putLong(record + stateOffset(block.schema()) + 8, -1);
        } else {
          assertThat(record).as(about).isEqualTo(before);
        }
        long hash = Memory.getLong(hashes.address() + 8L * row);
        assertThat(table.lookup(columns(block), row, hash)).as(about).isEqualTo(record);
      }
    }
    assertThat(table.added()).as(about).isEqualTo(added);
    assertThat(table.size()).as(about).isEqualTo(model.size());
  }

  private static int stateOffset(Schema schema) {
    return GroupTable.stateOffset(types(schema));
  }

  private static void removeSome(
      GroupTable table, Schema schema, Map<List<Object>, Long> model, Random random) {
    Set<Long> removed = new HashSet<>();
    table.forEach(
        record -> {
          if (random.nextInt(3) == 0) {
            removed.add(record);
            Memory.putLong(record + stateOffset(schema), -1);
            table.remove(record);
          }
        });
    model.values().removeAll(removed);
  }

  private Map<List<Object>, Long> keysOf(GroupTable table, Schema schema) {
    Map<List<Object>, Long> found = new HashMap<>();
    GroupTable.Walk walk = table.walk();
    try (Block block = Block.allocate(allocator, schema, 128)) {
      for (int count; (count = walk.next(records.address(), 100)) > 0; ) {
        for (int i = 0; i < schema.size(); i++) {
          table.keys(records.address(), 1, i, block.column(i), 0);
          table.keys(records.address() + 8, count - 1, i, block.column(i), 1);
        }
        for (int row = 0; row < count; row++) {
          found.put(key(block, row), Memory.getLong(records.address() + 8L * row));
        }
      }
    }
    return found;
  }

  @Test
  void keysAreStoredWithOneZeroAndOneNaN() {
    Schema schema = Schema.parse("a DOUBLE, b FLOAT");
    try (Block block = Block.allocate(allocator, schema, 64);
        GroupTable table = new GroupTable(allocator, types(schema), 0)) {
      Cell.put(block.column(0), 0, -0.0);
      Cell.put(block.column(1), 0, -0.0f);
      block.rowCount(1);
      hash(block, Hashing.KEYS);
      long record = table.findOne(columns(block), 0, Memory.getLong(hashes.address()));
      Memory.putLong(records.address(), record);

      table.keys(records.address(), 1, 0, block.column(0), 0);
      table.keys(records.address(), 1, 1, block.column(1), 0);

      assertThat(Cell.get(block.column(0), 0)).isEqualTo(0.0);
      assertThat(Cell.get(block.column(1), 0)).isEqualTo(0.0f);
    }
  }

  @Test
  void withoutKeysThereIsOneGroup() {
    try (Block block = Block.allocate(allocator, new Schema(List.of()), 64);
        GroupTable table = new GroupTable(allocator, List.of(), 8)) {
      block.rowCount(64);
      hash(block, Hashing.KEYS);
      rows.set(0, 64, RowSelection.ALL);
      assertThat(table.find(columns(block), rows, hashes.address(), records.address())).isOne();
      assertThat(table.size()).isOne();
    }
  }

  @Test
  void severalRecordsOfOneKeyAreRemovedOneByOne() {
    try (GroupTable table = new GroupTable(allocator, List.of(), STATE_BYTES)) {
      ColumnVector[] none = {};
      long first = table.addOne(none, 0, 7);
      long second = table.addOne(none, 0, 7);
      long third = table.addOne(none, 0, 8);
      assertThat(Set.of(first, second, third)).hasSize(3);
      assertThat(table.added()).isEqualTo(1);
      assertThat(table.addedRecord(0)).isEqualTo(third);
      table.remove(first);
      assertThat(table.lookup(none, 0, 7)).isEqualTo(second);
      table.remove(second);
      assertThat(table.lookup(none, 0, 7)).isZero();
      table.remove(third);
      assertThat(table.size()).isZero();
    }
  }

  @Test
  void linksAndFlagsBelongToTheOwner() {
    try (Block block = new RandomBatches(22).column(allocator, DataType.INT, 1, Nulls.NONE);
        GroupTable table = new GroupTable(allocator, List.of(DataType.INT), 0)) {
      hash(block, Hashing.KEYS);
      long record = table.findOne(columns(block), 0, Memory.getLong(hashes.address()));

      GroupRecord.flags(record, 0x55);
      GroupRecord.next(record, 123);
      GroupRecord.firstRow(record, -5);

      assertThat(GroupRecord.flags(record)).isEqualTo(0x55);
      assertThat(GroupRecord.next(record)).isEqualTo(123);
      assertThat(GroupRecord.firstRow(record)).isEqualTo(-5);
      assertThat(table.lookup(columns(block), 0, Memory.getLong(hashes.address())))
          .isEqualTo(record);
    }
  }

  @Test
  void whatIsRemovedGoesBackToTheAllocatorExceptForAFewPages() {
    Schema schema = Schema.parse("a BIGINT, b STRING");
    try (Block block = Block.allocate(allocator, schema, 1024);
        GroupTable table = new GroupTable(allocator, types(schema), 100)) {
      long empty = table.memoryBytes();
      block.rowCount(1024);
      for (int round = 0; round < 20; round++) {
        for (int row = 0; row < 1024; row++) {
          Cell.put(block.column(0), row, 1024L * round + row);
          Cell.put(block.column(1), row, "a text of more than twelve bytes " + row);
        }
        hash(block, Hashing.KEYS);
        rows.set(0, 1024, RowSelection.ALL);
        table.find(columns(block), rows, hashes.address(), records.address());
      }
      assertThat(table.size()).isEqualTo(20 * 1024);
      assertThat(table.memoryBytes()).isGreaterThan(33 * 65536 + 20 * 1024 * 100);

      table.forEach(table::remove);

      assertThat(table.memoryBytes()).isBetween(empty, empty + 33 * 65536);
    }
  }

  @Test
  void whatARoundNeededIsKeptForOneMoreRound() {
    Schema schema = Schema.parse("a BIGINT");
    try (Block block = Block.allocate(allocator, schema, 1024);
        GroupTable table = new GroupTable(allocator, types(schema), 1000)) {
      fill(table, block, 5);
      long full = table.memoryBytes();
      table.forEach(table::remove);
      assertThat(table.memoryBytes()).as("the first round").isLessThan(full / 2);
      table.endRound();

      fill(table, block, 5);
      table.forEach(table::remove);
      table.endRound();
      assertThat(table.memoryBytes()).as("the second round").isGreaterThan(full / 2);

      table.endRound();
      assertThat(table.memoryBytes()).as("a round without groups").isLessThan(full / 2);
    }
  }

  private void fill(GroupTable table, Block block, int batches) {
    block.rowCount(1024);
    rows.set(0, 1024, RowSelection.ALL);
    for (int batch = 0; batch < batches; batch++) {
      for (int row = 0; row < 1024; row++) {
        Cell.put(block.column(0), row, 1024L * batch + row);
      }
      hash(block, Hashing.KEYS);
      table.find(columns(block), rows, hashes.address(), records.address());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void groupsUpToATimeGoTogether(boolean longTexts) {
    Schema schema = Schema.parse("a STRING, t TIMESTAMP");
    Random random = new Random(1);
    Map<List<Object>, Long> model = new HashMap<>();
    try (Block block = Block.allocate(allocator, schema, 1024);
        GroupTable table = new GroupTable(allocator, types(schema), 64, 1)) {
      for (int round = 0; round < 40; round++) {
        long now = 100L * round;
        for (int row = 0; row < 1024; row++) {
          int key = random.nextInt(200);
          Cell.put(block.column(0), row, longTexts ? "a long text with number " + key : "" + key);
          boolean late = random.nextInt(500) == 0;
          Cell.put(block.column(1), row, late ? null : now + random.nextInt(20));
        }
        block.rowCount(1024);
        hash(block, Hashing.KEYS);
        rows.set(0, 1024, RowSelection.ALL);
        table.find(columns(block), rows, hashes.address(), records.address());
        for (int row = 0; row < 1024; row++) {
          model.put(key(block, row), Memory.getLong(records.address() + 8L * row));
        }
        if (round % 3 == 2) {
          long upTo = round % 2 == 0 ? now + 5 : now - 1;
          model.keySet().removeIf(key -> key.get(1) != null && (long) key.get(1) <= upTo);
          table.removeUpTo(upTo, table.size() - model.size());
        }
        assertThat(table.size()).isEqualTo(model.size());
        assertThat(keysOf(table, schema)).isEqualTo(model);
      }
      int timeless = (int) model.keySet().stream().filter(key -> key.get(1) == null).count();
      table.removeUpTo(Long.MAX_VALUE - 1, model.size() - timeless);
      assertThat(table.size()).isEqualTo(timeless).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFailedAllocationLeavesWholeGroupsAndNoLeak(boolean longTexts) {
    Schema schema = Schema.parse("a STRING, b BIGINT");
    int failures = 0;
    for (int number = 1; ; number++) {
      FailingMemory memory = new FailingMemory(number);
      try (BufferAllocator limited = new RootAllocator(memory, Long.MAX_VALUE)) {
        MillraceException failure = fill(schema, limited, memory, longTexts);
        if (failure == null) {
          break;
        }
        FailingMemory.requireClear(failure);
        failures++;
      }
    }
    assertThat(failures).isGreaterThan(6);
  }

  private MillraceException fill(
      Schema schema, BufferAllocator limited, FailingMemory memory, boolean longTexts) {
    GroupTable opened;
    try {
      opened = new GroupTable(limited, types(schema), 64);
    } catch (MillraceException e) {
      return e;
    }
    MillraceException failure = null;
    try (GroupTable table = opened;
        Block block = Block.allocate(allocator, schema, 1024)) {
      for (int round = 0; round < 3; round++) {
        for (int row = 0; row < 1024; row++) {
          String text = "text " + row;
          Cell.put(block.column(0), row, longTexts ? text.repeat(3 + row / 10) : text);
          Cell.put(block.column(1), row, 1024L * round + row);
        }
        block.rowCount(1024);
        hash(block, Hashing.KEYS);
        rows.set(0, 1024, RowSelection.ALL);
        MillraceException thrown =
            catchThrowableOfType(
                MillraceException.class,
                () -> table.find(columns(block), rows, hashes.address(), records.address()));
        if (thrown != null) {
          failure = thrown;
          int whole = table.size();
          assertThat(keysOf(table, schema)).hasSize(whole);
          assertThat(whole).isEqualTo(1024 * round + table.added());
          memory.enough();
          table.find(columns(block), rows, hashes.address(), records.address());
          assertThat(table.added()).isEqualTo(1024 * (round + 1) - whole);
        }
        assertThat(table.size()).isEqualTo(1024 * (round + 1));
      }
    }
    return failure;
  }
}
