package io.millrace.benchmarks.data;

import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Readings as JSON lines in memory, off the heap as decoders take them. */
public final class ReadingLines implements AutoCloseable {
  private static final long SEED = 42;

  private final ByteBlock bytes;
  private final Answer answer;

  public ReadingLines(BufferAllocator allocator, int rows, FieldOrder order) {
    Readings readings = new Readings(SEED, order);
    byte[] text = new byte[rows * Readings.MAX_LINE_BYTES];
    int length = 0;
    for (int i = 0; i < rows; i++) {
      length = readings.writeLine(text, length);
    }
    answer = readings.answer();
    bytes = new ByteBlock(allocator, length);
    Memory.copy(text, 0, bytes.address(), length);
    bytes.length(length);
  }

  public long address() {
    return bytes.address();
  }

  public int length() {
    return bytes.length();
  }

  public Answer answer() {
    return answer;
  }

  /** Ends of pieces of whole lines, each at most that many bytes long; the last is the length. */
  public int[] cuts(int maxBytes) {
    List<Integer> ends = new ArrayList<>();
    int from = 0;
    while (from < length()) {
      int end = Math.min(from + maxBytes, length());
      while (Memory.getByte(address() + end - 1) != '\n') {
        end--;
      }
      ends.add(end);
      from = end;
    }
    return ends.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A copy on the heap. */
  public byte[] toArray() {
    byte[] copy = new byte[length()];
    Memory.copy(address(), copy, 0, copy.length);
    return copy;
  }

  @Override
  public void close() {
    bytes.close();
  }
}
