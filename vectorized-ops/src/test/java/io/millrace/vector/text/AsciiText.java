package io.millrace.vector.text;

import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** A text in off-heap memory, between bytes that would show a read or write past its ends. */
public final class AsciiText implements AutoCloseable {
  private final BufferAllocator allocator = new RootAllocator();
  private final ByteBlock block = new ByteBlock(allocator, 4096);
  private int length;

  /** Puts a text there; returns its address. */
  public long put(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    length = bytes.length;
    block.reserve(length + 16L);
    Memory.fill(block.address(), length + 16, (byte) '7');
    Memory.copy(bytes, 0, block.address() + 8, length);
    return block.address() + 8;
  }

  public int length() {
    return length;
  }

  public long address() {
    return block.address();
  }

  /** What a formatter wrote at {@link #address()}. */
  public String get(int size) {
    byte[] bytes = new byte[size];
    Memory.copy(block.address(), bytes, 0, size);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    block.close();
    allocator.close();
  }
}
