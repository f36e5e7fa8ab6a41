package io.millrace.benchmarks.kernel;

import io.millrace.benchmarks.RowBenchmark;
import io.millrace.vector.bitmap.Positions;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** A filter's bitmap to the numbers of the rows that are kept. An operation is a row looked at. */
public class BitmapToPositions extends RowBenchmark {
  private static final int ROWS = 8192;
  private static final long SEED = 11;

  @Param({"64", "1024", "8192"})
  public int batchRows;

  @Param({"5", "50"})
  public int keptPercent;

  private ByteBlock bitmap;
  private ByteBlock positions;
  private long expected;
  private long lastRow;
  private long found;

  @Override
  protected void prepare(BufferAllocator memory) {
    SplittableRandom random = new SplittableRandom(SEED);
    bitmap = new ByteBlock(memory, ROWS / 8);
    positions = new ByteBlock(memory, ROWS * Integer.BYTES);
    for (int row = 0; row < ROWS; row += 64) {
      long word = 0;
      for (int bit = 0; bit < 64; bit++) {
        if (random.nextInt(100) < keptPercent) {
          word |= 1L << bit;
          lastRow = (long) row + bit;
        }
      }
      expected += Long.bitCount(word);
      Memory.putLong(bitmap.address() + (row >> 3), word);
    }
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  @Fork(value = FORKS, jvmArgsAppend = PLAIN_LOOPS)
  public long plain() {
    return find();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  @Fork(value = FORKS, jvmArgsAppend = VECTOR_LOOPS)
  public long vector() {
    return find();
  }

  private long find() {
    int count = 0;
    for (int from = 0; from < ROWS; from += batchRows) {
      long behind = positions.address() + (long) Integer.BYTES * count;
      count += Positions.of(bitmap.address(), from, from + batchRows, behind);
    }
    return found = count;
  }

  @Override
  protected void check() {
    requireEqual("rows found", expected, found);
    long behind = positions.address() + Integer.BYTES * (found - 1);
    requireEqual("last row found", lastRow, Memory.getInt(behind));
  }

  @Override
  protected void release() {
    positions.close();
    bitmap.close();
  }
}
