package io.millrace.vector.aggregate;

import static io.millrace.vector.aggregate.AggregateFunction.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.Field;
import io.millrace.types.MillraceException;
import io.millrace.types.Schema;
import io.millrace.vector.RandomBatches;
import io.millrace.vector.RandomBatches.Nulls;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.FailingMemory;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.group.GroupTable;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccumulatorsTest {
  private static final Schema SCHEMA =
      Schema.parse(
          "key TINYINT, keep BOOLEAN, a BOOLEAN, b TINYINT, c SMALLINT, d INT, e BIGINT, f FLOAT,"
              + " g DOUBLE, h DECIMAL(20,3), i DECIMAL(38,0), j STRING, k BINARY, l DATE,"
              + " m TIMESTAMP, n BIGINT NOT NULL, o STRING NOT NULL");
  private static final int KEEP = 1;
  private static final int FIRST_VALUE = 2;
  private static final List<DataType> KEY = List.of(DataType.TINYINT);

  private final BufferAllocator allocator = new RootAllocator();
  private final RowSelection rows = new RowSelection();

  @AfterEach
  void everyByteIsGivenBack() {
    allocator.close();
  }

  /** Every function over every column it makes sense for, with and without filter. */
  private static List<AggregateSpec> everySpec() {
    List<AggregateSpec> specs = new ArrayList<>();
    specs.add(spec(COUNT_ROWS, -1, false));
    specs.add(spec(COUNT_ROWS, KEEP, false));
    for (int i = FIRST_VALUE; i < SCHEMA.size(); i++) {
      int filter = i % 3 == 0 ? KEEP : AggregateSpec.NO_FILTER;
      for (AggregateFunction function :
          List.of(COUNT, MIN, MAX, FIRST, LAST, COLLECT_LIST, COLLECT_SET)) {
        specs.add(spec(function, filter, false, i));
      }
      specs.add(spec(COUNT, filter, true, i));
      int other = FIRST_VALUE + (i + 3) % (SCHEMA.size() - FIRST_VALUE);
      specs.add(spec(COUNT, filter, true, i, other));
      specs.add(spec(MIN_BY, filter, false, other, i));
      specs.add(spec(MAX_BY, filter, false, other, i));
      DataType type = SCHEMA.field(i).type();
      if (type.isNumeric()) {
        specs.add(spec(SUM, filter, false, i));
        specs.add(spec(SUM, filter, true, i));
        specs.add(spec(AVG, filter, false, i));
        specs.add(spec(AVG, filter, true, i));
      }
      if (type.isNumeric() && !(type instanceof DataType.Decimal)) {
        for (AggregateFunction function : List.of(VARIANCE, VAR_POP, STDDEV, STDDEV_POP)) {
          specs.add(spec(function, filter, i % 2 == 0, i));
        }
      }
    }
    return specs;
  }

  private static AggregateSpec spec(
      AggregateFunction function, int filter, boolean distinct, Integer... arguments) {
    List<DataType> types = new ArrayList<>();
    for (int argument : arguments) {
      types.add(SCHEMA.field(argument).type());
    }
    String name = function + (distinct ? " distinct " : " ") + Arrays.toString(arguments);
    DataType type = resultType(function, types.isEmpty() ? null : types.get(0));
    return new AggregateSpec(name, function, List.of(arguments), filter, distinct, types, type);
  }

  private static DataType resultType(AggregateFunction function, DataType argument) {
    return switch (function) {
      case COUNT_ROWS, COUNT -> DataType.BIGINT;
      case SUM ->
          argument instanceof DataType.Decimal decimal
              ? new DataType.Decimal(Math.min(38, decimal.precision() + 10), decimal.scale())
              : argument.isFloating() ? DataType.DOUBLE : DataType.BIGINT;
      case AVG ->
          argument instanceof DataType.Decimal decimal
              ? new DataType.Decimal(Math.min(38, decimal.precision() + 4), decimal.scale() + 4)
              : DataType.DOUBLE;
      case VARIANCE, VAR_POP, STDDEV, STDDEV_POP -> DataType.DOUBLE;
      case COLLECT_LIST, COLLECT_SET -> new DataType.Array(argument, false);
      case MIN, MAX, FIRST, LAST, MIN_BY, MAX_BY -> argument;
    };
  }

  /** What the groups must come to, from all rows they were given. */
  private static final class Model {
    private final List<AggregateSpec> specs;
    private final Map<Object, List<List<List<Object>>>> groups = new HashMap<>();

    Model(List<AggregateSpec> specs) {
      this.specs = specs;
    }

    void add(Block block, int row) {
      List<List<List<Object>>> taken =
          groups.computeIfAbsent(
              Cell.get(block.column(0), row),
              key -> {
                List<List<List<Object>>> lists = new ArrayList<>();
                specs.forEach(spec -> lists.add(new ArrayList<>()));
                return lists;
              });
      for (int i = 0; i < specs.size(); i++) {
        AggregateSpec spec = specs.get(i);
        if (spec.filter() == AggregateSpec.NO_FILTER
            || Boolean.TRUE.equals(Cell.get(block.column(spec.filter()), row))) {
          List<Object> values = new ArrayList<>();
          for (int argument : spec.arguments()) {
            values.add(Cell.get(block.column(argument), row));
          }
          taken.get(i).add(values);
        }
      }
    }

    void check(Groups actual, Object about) {
      Map<List<Object>, List<Object>> results = actual.results();
      assertThat(results).hasSize(groups.size());
      groups.forEach(
          (key, lists) -> {
            List<Object> values = results.get(Arrays.asList(key));
            for (int i = 0; i < specs.size(); i++) {
              Object expected = AggregateModel.result(specs.get(i), lists.get(i));
              Object expectedValue = comparable(expected);
              Object value = comparable(values.get(i));
              if (!Objects.equals(value, expectedValue)) { // an assertion each would take minutes
                assertThat(value)
                    .as("%s of group %s; %s", specs.get(i), key, about)
                    .isEqualTo(expectedValue);
              }
            }
          });
    }
  }

  /** Bytes by their content, dates and times as numbers, as results of lists have other classes. */
  private static Object comparable(Object value) {
    return switch (value) {
      case List<?> list -> {
        List<Object> elements = new ArrayList<>();
        list.forEach(element -> elements.add(comparable(element)));
        yield elements;
      }
      case byte[] bytes -> ByteBuffer.wrap(bytes);
      case java.time.LocalDate date -> (int) date.toEpochDay();
      case java.time.Instant time -> time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
      case null -> null;
      default -> value;
    };
  }

  private void take(Groups groups, Model model, Block block, long mask, Random random) {
    int at = 0;
    while (at < block.rowCount()) {
      int to = Math.min(block.rowCount(), at + 1 + random.nextInt(700));
      groups.update(block, rows.set(at, to, mask));
      for (int row = at; row < to; row++) {
        if (rows.includes(row)) {
          model.add(block, row);
        }
      }
      at = to;
    }
  }

  /** Any cut of the input, any selection, and a restart between all batches. */
  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void resultsAreThoseOfTheDefinition(long seed) {
    List<AggregateSpec> specs = everySpec();
    RandomBatches data = new RandomBatches(seed);
    Model model = new Model(specs);
    Groups groups = new Groups(allocator, KEY, specs, false);
    try (ByteBlock mask = new ByteBlock(allocator, 2048 / 8)) {
      for (int batch = 0; batch < 3; batch++) {
        Nulls nulls = batch == 1 ? Nulls.NONE : Nulls.SOME;
        try (Block block = data.block(allocator, SCHEMA, 1 + data.random().nextInt(1100), nulls)) {
          for (int i = 0; i < 2048; i++) {
            Bitmap.set(mask.address(), i, data.random().nextInt(4) != 0);
          }
          long selected = batch % 2 == 0 ? RowSelection.ALL : mask.address();
          take(groups, model, block, selected, data.random());
        }
        model.check(groups, data);
        Groups restarted = new Groups(allocator, KEY, specs, false);
        groups.copyInto(restarted);
        groups.close();
        groups = restarted;
      }
      model.check(groups, data);
      groups.removeAll();
      assertThat(groups.results()).isEmpty();
    } finally {
      groups.close();
    }
  }

  @Test
  void releasedGroupsGiveTheirMemoryToNewOnes() {
    List<AggregateSpec> specs = everySpec();
    RandomBatches data = new RandomBatches(34);
    try (Groups groups = new Groups(allocator, KEY, specs, false);
        Block block = data.block(allocator, SCHEMA, 1000, Nulls.SOME)) {
      long held = 0;
      for (int round = 0; round < 4; round++) {
        Model model = new Model(specs);
        take(groups, model, block, RowSelection.ALL, data.random());
        model.check(groups, data);
        long now = groups.accumulators.memoryBytes() + groups.table.memoryBytes();
        assertThat(now).isLessThanOrEqualTo(round < 2 ? Long.MAX_VALUE : held * 11 / 10);
        held = now;
        groups.removeAll();
      }
    }
  }

  /** One group per half of the rows, brought together, is one group of all. */
  @Test
  void mergedGroupsAreThoseOfAllRowsInOrder() {
    List<AggregateSpec> specs = new ArrayList<>(everySpec());
    specs.removeIf(
        spec -> List.of(SUM, AVG, VARIANCE, VAR_POP, STDDEV, STDDEV_POP).contains(spec.function()));
    RandomBatches data = new RandomBatches(35);
    Model model = new Model(specs);
    try (Groups groups = new Groups(allocator, KEY, specs, false)) {
      for (int half = 0; half < 2; half++) {
        try (Block block = data.block(allocator, SCHEMA, 500, Nulls.SOME)) {
          for (int row = 0; row < 500; row++) {
            Cell.put(block.column(0), row, (byte) 0);
            model.add(block, row);
            Cell.put(block.column(0), row, (byte) half);
          }
          block.column(0).setAllValid(500);
          groups.update(block, rows.set(0, 500, RowSelection.ALL));
        }
      }
      mergeAndCheck(groups, model);
    }
  }

  @Test
  void aGroupBeginsWithWhatAnotherHolds() {
    List<AggregateSpec> plain = new ArrayList<>(everySpec());
    plain.removeIf(
        spec -> spec.distinct() || spec.argumentTypes().stream().anyMatch(type -> !isPlain(type)));
    plain.removeIf(spec -> List.of(COLLECT_LIST, COLLECT_SET).contains(spec.function()));
    assertThat(plain).isNotEmpty();
    for (List<AggregateSpec> specs : List.of(plain, everySpec())) {
      RandomBatches data = new RandomBatches(36);
      Model model = new Model(specs);
      try (Groups groups = new Groups(allocator, KEY, specs, false);
          Block block = data.block(allocator, SCHEMA, 500, Nulls.SOME)) {
        for (int row = 0; row < 500; row++) {
          Cell.put(block.column(0), row, (byte) 0);
          model.add(block, row);
          Cell.put(block.column(0), row, (byte) 1);
        }
        block.column(0).setAllValid(500);
        groups.update(block, rows.set(0, 500, RowSelection.ALL));
        long from = groups.record(List.of((byte) 1));
        groups.accumulators.begin(groups.record(List.of((byte) 0)), from);
        groups.accumulators.release(from);
        groups.table.remove(from);
        model.check(groups, "begun");
      }
    }
  }

  private static boolean isPlain(DataType type) {
    return type.isFlat() && !type.isVariableWidth();
  }

  private static void mergeAndCheck(Groups groups, Model model) {
    long into = groups.record(List.of((byte) 0));
    long from = groups.record(List.of((byte) 1));
    groups.accumulators.merge(into, from);
    groups.accumulators.release(from);
    groups.table.remove(from);
    model.check(groups, "merged");
    long empty = groups.record(List.of((byte) 2));
    groups.accumulators.merge(into, empty);
    groups.accumulators.merge(empty, into);
    groups.accumulators.release(into);
    groups.table.remove(into);
    long again = groups.record(List.of((byte) 0));
    groups.accumulators.merge(again, empty);
    groups.accumulators.release(empty);
    groups.table.remove(empty);
    model.check(groups, "merged with nothing, and into nothing");
  }

  @Test
  void mergedSumsAndVariancesAreThoseOfAllRows() {
    List<Double> values = List.of(1.5, -2.25, 1e6, 7.0, 3.125, 11.0, -4.0);
    for (AggregateFunction function : List.of(SUM, AVG, VARIANCE, VAR_POP, STDDEV, STDDEV_POP)) {
      AggregateSpec spec = doubles(function);
      for (int cut = 0; cut <= values.size(); cut++) {
        try (Groups groups = new Groups(allocator, KEY, List.of(spec), true)) {
          add(groups, (byte) 0, values.subList(0, cut));
          add(groups, (byte) 1, values.subList(cut, values.size()));
          long into = groups.record(List.of((byte) 0));
          groups.accumulators.merge(into, groups.record(List.of((byte) 1)));
          double expected =
              (Double)
                  AggregateModel.result(
                      spec, values.stream().map(v -> List.<Object>of(v)).toList());
          double actual = (Double) groups.results().get(List.<Object>of((byte) 0)).get(0);
          assertThat(actual).as("%s", spec).isCloseTo(expected, within(expected * 1e-12));
        }
      }
    }
  }

  private static AggregateSpec doubles(AggregateFunction function) {
    return new AggregateSpec(
        "x", function, List.of(1), -1, false, List.of(DataType.DOUBLE), DataType.DOUBLE);
  }

  private void add(Groups groups, byte key, List<?> values) {
    DataType type =
        values.isEmpty() || values.get(0) instanceof Double
            ? DataType.DOUBLE
            : values.get(0) instanceof Long ? DataType.BIGINT : new DataType.Decimal(38, 0);
    Schema schema =
        new Schema(List.of(new Field("key", DataType.TINYINT, true), new Field("x", type, true)));
    try (Block block = Block.allocate(allocator, schema, 64)) {
      for (int row = 0; row < values.size(); row++) {
        Cell.put(block.column(0), row, key);
        Cell.put(block.column(1), row, values.get(row));
      }
      block.rowCount(values.size());
      groups.update(block, rows.set(0, values.size(), RowSelection.ALL));
    }
  }

  @Test
  void aSumThatDoesNotFitIsAnErrorOrNullForEver() {
    AggregateSpec spec =
        new AggregateSpec(
            "sum(x)", SUM, List.of(1), -1, false, List.of(DataType.BIGINT), DataType.BIGINT);
    try (Groups groups = new Groups(allocator, KEY, List.of(spec), true)) {
      assertThatThrownBy(() -> add(groups, (byte) 0, List.of(Long.MAX_VALUE, 1L)))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
          .hasMessage("sum(x): the sum does not fit BIGINT; CAST the argument to a wider type");
    }
    try (Groups groups = new Groups(allocator, KEY, List.of(spec), false);
        Groups restarted = new Groups(allocator, KEY, List.of(spec), false)) {
      add(groups, (byte) 0, List.of(Long.MIN_VALUE, -1L));
      groups.copyInto(restarted);
      add(restarted, (byte) 0, List.of(5L));
      add(restarted, (byte) 1, List.of(6L));
      assertThat(restarted.results())
          .isEqualTo(
              Map.of(
                  List.of((byte) 0), Arrays.asList((Object) null), List.of((byte) 1), List.of(6L)));
      long into = restarted.record(List.of((byte) 1));
      restarted.accumulators.merge(into, restarted.record(List.of((byte) 0)));
      assertThat(restarted.results().get(List.<Object>of((byte) 1))).containsOnlyNulls();
    }
  }

  @Test
  void aDecimalSumMustFitInTheEndOnly() {
    DataType type = new DataType.Decimal(38, 0);
    AggregateSpec spec =
        new AggregateSpec("sum(x)", SUM, List.of(1), -1, false, List.of(type), type);
    BigDecimal large = BigDecimal.TEN.pow(38).subtract(BigDecimal.ONE);
    try (Groups groups = new Groups(allocator, KEY, List.of(spec), true)) {
      add(groups, (byte) 0, List.of(large, BigDecimal.TEN));
      assertThatThrownBy(groups::results)
          .hasMessageContaining("the sum does not fit DECIMAL(38,0)");
      add(groups, (byte) 0, List.of(BigDecimal.valueOf(-20)));
      assertThat(groups.results().get(List.<Object>of((byte) 0)))
          .containsExactly(large.subtract(BigDecimal.TEN));
      assertThatThrownBy(() -> add(groups, (byte) 0, List.of(large)))
          .hasMessageContaining("the sum does not fit DECIMAL(38,0)");
    }
  }

  @Test
  void stateColumnsSayWhatTheyHold() {
    List<AggregateSpec> specs =
        List.of(spec(COUNT_ROWS, -1, false), spec(SUM, -1, false, 6), spec(SUM, -1, false, 6));
    try (Groups groups = new Groups(allocator, KEY, specs, true)) {
      assertThat(groups.accumulators.stateSchema().names())
          .containsExactly(
              "COUNT_ROWS [].count",
              "SUM [6].sum",
              "SUM [6].overflowed",
              "SUM [6] 2.sum",
              "SUM [6] 2.overflowed");
    }
  }

  @Test
  void countSumMinAndMaxOfOneKeyFitACacheLine() {
    List<AggregateSpec> specs =
        List.of(
            spec(COUNT_ROWS, -1, false),
            spec(SUM, -1, false, 6),
            spec(MIN, -1, false, 6),
            spec(MAX, -1, false, 6));
    try (Groups groups = new Groups(allocator, List.of(DataType.BIGINT), specs, true)) {
      int offset = GroupTable.stateOffset(List.of(DataType.BIGINT));
      assertThat(offset + groups.accumulators.stateBytes()).isEqualTo(64);
    }
  }

  @Test
  void aFailedAllocationLeavesWhatCanBeReleasedAndClosed() {
    List<AggregateSpec> specs = everySpec();
    int failures = 0;
    for (int number = 1; ; number += 1 + number / 8) {
      FailingMemory memory = new FailingMemory(number);
      try (BufferAllocator limited = new RootAllocator(memory, Long.MAX_VALUE);
          Block block = new RandomBatches(36).block(allocator, SCHEMA, 1000, Nulls.SOME)) {
        try {
          use(limited, specs, block, memory);
        } catch (MillraceException e) {
          FailingMemory.requireClear(e);
        }
        if (!memory.failed()) {
          break;
        }
        failures++;
      }
    }
    assertThat(failures).isGreaterThan(20);
  }

  private void use(
      BufferAllocator limited, List<AggregateSpec> specs, Block block, FailingMemory memory) {
    try (Accumulators accumulators =
            Accumulators.of(specs, GroupTable.stateOffset(KEY), false, limited);
        var table = new GroupTable(limited, KEY, accumulators.stateBytes());
        ByteBlock records = new ByteBlock(allocator, 8 * 1024);
        ByteBlock hashes = new ByteBlock(allocator, 8 * 1024)) {
      Memory.fill(hashes.address(), 8 * 1024, (byte) 1);
      var keys = new ColumnVector[] {block.column(0)};
      try {
        table.find(keys, rows.set(0, 1000, RowSelection.ALL), hashes.address(), records.address());
        accumulators.update(block, rows, records.address());
      } finally {
        memory.enough();
        table.forEach(
            record -> {
              accumulators.release(record);
              table.remove(record);
            });
      }
    }
  }
}
