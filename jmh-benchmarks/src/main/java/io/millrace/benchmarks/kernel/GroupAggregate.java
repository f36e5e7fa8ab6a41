package io.millrace.benchmarks.kernel;

import io.millrace.benchmarks.RowBenchmark;
import io.millrace.benchmarks.data.KeyedValues;
import io.millrace.types.DataType;
import io.millrace.vector.aggregate.Accumulators;
import io.millrace.vector.aggregate.AggregateFunction;
import io.millrace.vector.aggregate.AggregateSpec;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.group.GroupTable;
import io.millrace.vector.hash.KeyHash;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** count, sum, min and max of a BIGINT by key: hashing, finding the groups, and the aggregates. */
public class GroupAggregate extends RowBenchmark {
  private static final int ROWS = 1 << 20;
  private static final int MAX_BATCH_ROWS = 65_536;
  private static final int VALUE = 1;

  @Param({"BIGINT", "STRING"})
  public String keyType;

  @Param({"100", "10000", "1000000"})
  public int keyCount;

  @Param({"1", "64", "1024", "8192", "65536"})
  public int batchRows;

  private final RowSelection batch = new RowSelection();
  private final ColumnVector[] keys = new ColumnVector[1];
  private BufferAllocator allocator;
  private KeyedValues values;
  private Accumulators accumulators;
  private GroupTable table;
  private ByteBlock hashes;
  private ByteBlock records;
  private long passes;

  @Override
  protected void prepare(BufferAllocator memory) {
    DataType type = DataType.Simple.valueOf(keyType);
    allocator = memory;
    values = new KeyedValues(memory, type, keyCount, ROWS);
    keys[0] = values.keys();
    List<AggregateSpec> specs =
        List.of(
            spec(AggregateFunction.COUNT_ROWS),
            spec(AggregateFunction.SUM),
            spec(AggregateFunction.MIN),
            spec(AggregateFunction.MAX));
    accumulators = Accumulators.of(specs, GroupTable.stateOffset(List.of(type)), true, memory);
    table = new GroupTable(memory, List.of(type), accumulators.stateBytes());
    hashes = new ByteBlock(memory, 8 * MAX_BATCH_ROWS);
    records = new ByteBlock(memory, 8 * MAX_BATCH_ROWS);
  }

  private static AggregateSpec spec(AggregateFunction function) {
    boolean hasArgument = function != AggregateFunction.COUNT_ROWS;
    return new AggregateSpec(
        function.toString(),
        function,
        hasArgument ? List.of(VALUE) : List.of(),
        AggregateSpec.NO_FILTER,
        false,
        hasArgument ? List.of(DataType.BIGINT) : List.of(),
        DataType.BIGINT);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int aggregate() {
    for (int from = 0; from < ROWS; from += batchRows) {
      int to = from + batchRows;
      // Scratch of a batch, addressed by the rows of the block.
      long hash = hashes.address() - 8L * from;
      long record = records.address() - 8L * from;
      batch.set(from, to, RowSelection.ALL);
      KeyHash.start(hash, from, to);
      KeyHash.add(keys[0], from, to, hash);
      table.find(keys, batch, hash, record);
      accumulators.update(values.block(), batch, record);
    }
    passes++;
    return table.size();
  }

  @Override
  protected void check() {
    KeyedValues.Totals expected = values.totals().times(passes);
    requireEqual("groups", expected.groups(), table.size());
    long count = 0;
    long sum = 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    GroupTable.Walk walk = table.walk();
    try (Block result = Block.allocate(allocator, values.block().schema(), 1024)) {
      ColumnVector column = result.column(VALUE);
      for (int found; (found = walk.next(records.address(), 1024)) > 0; ) {
        for (int aggregate = 0; aggregate < 4; aggregate++) {
          accumulators.result(aggregate, records.address(), found, column, 0);
          for (int i = 0; i < found; i++) {
            long value = Memory.getLong(column.data() + 8L * i);
            switch (aggregate) {
              case 0 -> count += value;
              case 1 -> sum += value;
              case 2 -> min = Math.min(min, value);
              default -> max = Math.max(max, value);
            }
          }
        }
      }
    }
    requireEqual("count", expected.count(), count);
    requireEqual("sum", expected.sum(), sum);
    requireEqual("min", expected.min(), min);
    requireEqual("max", expected.max(), max);
  }

  @Override
  protected void release() {
    records.close();
    hashes.close();
    table.close();
    accumulators.close();
    values.close();
  }
}
