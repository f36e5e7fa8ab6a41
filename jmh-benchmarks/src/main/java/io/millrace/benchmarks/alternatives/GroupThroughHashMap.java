package io.millrace.benchmarks.alternatives;

import io.millrace.benchmarks.RowBenchmark;
import io.millrace.benchmarks.data.KeyedValues;
import io.millrace.types.DataType;
import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * count, sum, min and max by key in a map of objects, row by row; beside it {@code
 * kernel.GroupAggregate}.
 */
public class GroupThroughHashMap extends RowBenchmark {
  private static final int ROWS = 1 << 20;

  @Param({"BIGINT", "STRING"})
  public String keyType;

  @Param({"100", "10000", "1000000"})
  public int keyCount;

  private static final class Group {
    private long count;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
  }

  private final Map<Object, Group> groups = new HashMap<>();
  private KeyedValues values;
  private long passes;

  @Override
  protected void prepare(BufferAllocator memory) {
    values = new KeyedValues(memory, DataType.Simple.valueOf(keyType), keyCount, ROWS);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int aggregate() {
    boolean text = values.keys().type() == DataType.STRING;
    for (int row = 0; row < ROWS; row++) {
      Object key = text ? values.keys().getString(row) : (Object) values.longKey(row);
      Group group = groups.computeIfAbsent(key, missing -> new Group());
      long value = values.value(row);
      group.count++;
      group.sum += value;
      group.min = Math.min(group.min, value);
      group.max = Math.max(group.max, value);
    }
    passes++;
    return groups.size();
  }

  @Override
  protected void check() {
    KeyedValues.Totals expected = values.totals().times(passes);
    requireEqual("groups", expected.groups(), groups.size());
    requireEqual("count", expected.count(), groups.values().stream().mapToLong(g -> g.count).sum());
    requireEqual("sum", expected.sum(), groups.values().stream().mapToLong(g -> g.sum).sum());
    requireEqual(
        "min", expected.min(), groups.values().stream().mapToLong(g -> g.min).min().orElseThrow());
    requireEqual(
        "max", expected.max(), groups.values().stream().mapToLong(g -> g.max).max().orElseThrow());
  }

  @Override
  protected void release() {
    values.close();
  }
}
