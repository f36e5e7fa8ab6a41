package io.millrace.state.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.aggregate.AggregateFunction;
import io.millrace.vector.aggregate.AggregateSpec;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockAppender;
import io.millrace.vector.column.BlockReader;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.hash.KeyHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was set aside is gathered as it was, whatever happens to the groups meanwhile. */
class GroupsAsideTest {
  private static final Schema INPUT = Schema.parse("k STRING, ts TIMESTAMP, v BIGINT");
  private static final long NO_WATERMARK = Long.MIN_VALUE;
  private static final int ROWS = 64;

  private static KeyedGroups open(BufferAllocator allocator, boolean ordersTouched) {
    DataType list = new DataType.Array(DataType.BIGINT, true);
    return new KeyedGroups(
        allocator,
        List.of(new Field("k", DataType.STRING, true), new Field("ts", DataType.TIMESTAMP, true)),
        List.of(
            aggregate("n", AggregateFunction.COUNT_ROWS, List.of(), DataType.BIGINT),
            aggregate("total", AggregateFunction.SUM, List.of(2), DataType.BIGINT),
            aggregate("all", AggregateFunction.COLLECT_LIST, List.of(2), list)),
        new KeyedGroups.Closing(1, 3_000_000),
        ordersTouched,
        true,
        ROWS);
  }

  private static AggregateSpec aggregate(
      String name, AggregateFunction function, List<Integer> arguments, DataType type) {
    List<DataType> types = arguments.isEmpty() ? List.of() : List.of(DataType.BIGINT);
    return new AggregateSpec(
        name, function, arguments, AggregateSpec.NO_FILTER, false, types, type);
  }

  /** Groups and all that was ever gathered of them. */
  private static final class Operator implements AutoCloseable {
    private final KeyedGroups groups;
    private final boolean updates;
    private final Block input;
    private final ByteBlock hashes;
    private final List<List<Row>> gathered = new ArrayList<>();
    private long nextRow;

    Operator(BufferAllocator allocator, boolean updates) {
      this.updates = updates;
      groups = open(allocator, updates);
      input = Block.allocate(allocator, INPUT, ROWS);
      hashes = new ByteBlock(allocator, 8 * ROWS);
    }

    void update(List<Row> rows) {
      input.clear();
      rows.forEach(row -> BlockAppender.append(input, row));
      KeyHash.start(hashes.address(), 0, rows.size());
      KeyHash.add(input.column(0), 0, rows.size(), hashes.address());
      KeyHash.add(input.column(1), 0, rows.size(), hashes.address());
      RowSelection all = new RowSelection().set(0, rows.size(), RowSelection.ALL);
      groups.update(input, new int[] {0, 1}, all, hashes.address(), nextRow, 0);
      nextRow += rows.size();
    }

    void endBatch(long watermarkUs) {
      if (updates) {
        groups.touched();
      }
      groups.close(watermarkUs);
      groups.endBatch();
    }

    void setAside() {
      groups.setAside(block -> gathered.add(rows(block)), removed -> fail("removed"));
    }

    List<String> snapshot() {
      List<Row> rows = new ArrayList<>();
      groups.snapshot(block -> rows.addAll(rows(block)));
      return rows.stream()
          .map(row -> Arrays.deepToString(row.values().toArray()))
          .sorted()
          .toList();
    }

    private static List<Row> rows(Block block) {
      return BlockReader.rows(block, 0, block.rowCount()).stream()
          .map(row -> Row.of(row.values().toArray()))
          .toList();
    }

    @Override
    public void close() {
      groups.close();
      input.close();
      hashes.close();
    }
  }

  private static List<String> restored(Operator from, long watermarkUs) {
    try (BufferAllocator allocator = new RootAllocator();
        Operator copy = new Operator(allocator, from.updates);
        Block saved = Block.allocate(allocator, copy.groups.stateSchema(), 512)) {
      for (List<Row> rows : from.gathered) {
        saved.clear();
        rows.forEach(row -> BlockAppender.append(saved, row));
        copy.groups.load(saved);
      }
      copy.groups.loaded(watermarkUs);
      return copy.snapshot();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itIsTheStateAsOfTheMark(boolean updates) {
    for (long seed = 1; seed <= 30; seed++) {
      Random random = new Random(seed);
      try (BufferAllocator allocator = new RootAllocator()) {
        try (Operator operator = new Operator(allocator, updates)) {
          run(operator, random, "seed " + seed);
        }
        assertThat(allocator.getAllocatedMemory()).isZero();
      }
    }
  }

  private static void run(Operator operator, Random random, String description) {
    int keys = 1 + random.nextInt(200);
    long latest = 10;
    long watermark = NO_WATERMARK;
    for (int epoch = 0; epoch < 12; epoch++) {
      List<String> marked = operator.snapshot();
      long markedWatermark = watermark;
      operator.setAside();
      boolean complete = false;
      for (int batch = random.nextInt(5); batch >= 0; batch--) {
        for (int block = random.nextInt(3); block > 0; block--) {
          complete = complete || random.nextBoolean() && operator.groups.gather(random.nextInt(40));
          operator.update(rows(random, keys, latest));
        }
        latest += random.nextInt(4);
        boolean closesAll = random.nextInt(15) == 0;
        latest += closesAll ? 20 : 0;
        watermark = closesAll || random.nextInt(3) == 0 ? (latest - 4) * 1_000_000 : watermark;
        operator.endBatch(watermark);
        operator.snapshot(); // disturbs nothing
      }
      while (!complete) {
        complete = operator.groups.gather(1 + random.nextInt(100));
      }
      assertThat(restored(operator, markedWatermark))
          .as(description + ", epoch " + epoch)
          .isEqualTo(marked);
    }
  }

  /** Some of groups that were closed, so that these are there again until the batch ends. */
  private static List<Row> rows(Random random, int keys, long latest) {
    List<Row> rows = new ArrayList<>();
    for (int i = 1 + random.nextInt(ROWS - 1); i > 0; i--) {
      rows.add(
          Row.of(
              random.nextInt(20) == 0 ? null : "k" + random.nextInt(keys),
              random.nextInt(30) == 0 ? null : Instant.ofEpochSecond(latest - random.nextInt(8)),
              (long) random.nextInt(1000)));
    }
    return rows;
  }

  @Test
  void aGroupThatChangesIsGatheredOnceAndBefore() {
    try (BufferAllocator allocator = new RootAllocator();
        Operator operator = new Operator(allocator, false)) {
      operator.update(List.of(Row.of("a", null, 1L), Row.of("b", null, 2L)));
      operator.endBatch(NO_WATERMARK);
      operator.setAside();
      operator.update(List.of(Row.of("b", null, 3L), Row.of("c", null, 4L), Row.of("b", null, 5L)));
      assertThat(operator.groups.gather(1)).isFalse();
      assertThat(operator.groups.gather(1)).isTrue();
      assertThat(operator.groups.gather(1)).as("nothing is left").isTrue();
      assertThat(
              operator.gathered.stream()
                  .flatMap(List::stream)
                  .map(row -> row.get(0) + "=" + row.get(4)))
          .containsExactly("b=2", "a=1");
      operator.gathered.clear();
      operator.endBatch(NO_WATERMARK);
      operator.setAside();
      assertThat(operator.groups.gather(100)).isTrue();
      assertThat(operator.gathered.stream().flatMap(List::stream).map(row -> row.get(0)))
          .containsExactlyInAnyOrder("b", "c");
    }
  }

  @Test
  void nothingChangedIsNothingToGather() {
    try (BufferAllocator allocator = new RootAllocator();
        Operator operator = new Operator(allocator, false)) {
      operator.setAside();
      assertThat(operator.groups.gather(1)).isTrue();
      assertThat(operator.gathered).isEmpty();
    }
  }
}
