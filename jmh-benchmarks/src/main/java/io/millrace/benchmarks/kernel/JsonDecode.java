package io.millrace.benchmarks.kernel;

import io.millrace.benchmarks.RowBenchmark;
import io.millrace.benchmarks.data.FieldOrder;
import io.millrace.benchmarks.data.ReadingLines;
import io.millrace.benchmarks.data.Readings;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.Memory;
import io.millrace.vector.json.JsonLinesDecoder;
import io.millrace.vector.json.JsonOptions;
import io.millrace.vector.json.JsonRejects;
import org.apache.arrow.memory.BufferAllocator;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** JSON lines into columns; the secondary result is bytes of text per second. */
public class JsonDecode extends RowBenchmark {
  private static final int ROWS = 65_536;
  private static final int BLOCK_ROWS = 8192;
  private static final double LIMIT = 100;

  /** Text read, which JMH turns into a rate. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Text {
    public long bytes;
  }

  @Param({"STABLE", "SHUFFLED"})
  public FieldOrder order;

  /** All three, or the temperature alone. */
  @Param({"3", "1"})
  public int columns;

  private ReadingLines lines;
  private JsonLinesDecoder decoder;
  private Block block;
  private long rows;

  @Override
  protected void prepare(BufferAllocator memory) {
    int[] needed = columns == 3 ? new int[] {0, 1, 2} : new int[] {2};
    lines = new ReadingLines(memory, ROWS, order);
    decoder = new JsonLinesDecoder(Readings.SCHEMA, needed, JsonOptions.DEFAULT);
    block = Block.allocate(memory, Readings.SCHEMA.select(needed), BLOCK_ROWS);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long decode(Text text) {
    rows = 0;
    int at = 0;
    while (at < lines.length()) {
      at = decodeBlock(at);
      rows += block.rowCount();
    }
    text.bytes += lines.length();
    return rows;
  }

  private int decodeBlock(int from) {
    block.clear();
    return decoder.decode(lines.address(), from, lines.length(), block, JsonRejects.IGNORE);
  }

  @Override
  protected void check() {
    requireEqual("rows", ROWS, rows);
    long above = 0;
    for (int at = 0; at < lines.length(); ) {
      at = decodeBlock(at);
      long temperatures = block.column(columns - 1).data();
      for (int row = 0; row < block.rowCount(); row++) {
        above += Memory.getDouble(temperatures + 8L * row) > LIMIT ? 1 : 0;
      }
    }
    requireEqual("temperatures above the limit", lines.answer().alerts(), above);
    requireEqual("rejects", 0, decoder.rejectCount());
  }

  @Override
  protected void release() {
    block.close();
    lines.close();
  }
}
