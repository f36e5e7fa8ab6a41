package io.millrace.vector.column;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A reusable piece of off-heap memory for raw input bytes. Readers of its bytes may look {@link
 * #PADDING} bytes past the end; those bytes are undefined.
 */
public final class ByteBlock implements AutoCloseable {
  /**
   * Bytes behind the capacity that may be read, so that eight bytes at a time need no check at the
   * end.
   */
  public static final int PADDING = 64;

  private static final long MAX_BYTES = Integer.MAX_VALUE - PADDING - 8L;

  private final BufferAllocator allocator;
  private ArrowBuf buffer;
  private ByteBuffer window;
  private int length;

  public ByteBlock(BufferAllocator allocator, int capacity) {
    this.allocator = allocator;
    this.buffer = take(capacity);
  }

  private ArrowBuf take(long capacity) {
    return OffHeap.take(allocator, () -> allocator.buffer(capacity + PADDING));
  }

  public long address() {
    return buffer.memoryAddress();
  }

  public int capacity() {
    return (int) (buffer.capacity() - PADDING);
  }

  /** How many bytes are filled. */
  public int length() {
    return length;
  }

  public void length(int value) {
    assert value >= 0 && value <= capacity() : value + " bytes in a block of " + capacity();
    length = value;
  }

  /**
   * A view for channels of the bytes from {@code offset} (inclusive), {@code size} long; allocates
   * a small object.
   */
  public ByteBuffer view(int offset, int size) {
    return buffer.nioBuffer(offset, size);
  }

  /**
   * The bytes from {@code offset} (inclusive), {@code size} long, as a buffer for channels that is
   * moved by the next call; allocates only after the block has grown or shrunk.
   */
  public ByteBuffer window(int offset, int size) {
    if (window == null) {
      window = view(0, capacity());
    }
    return window.limit(offset + size).position(offset);
  }

  /**
   * Makes room for that many bytes in all, keeping the first {@link #length()}; the address may
   * change.
   *
   * @throws MillraceException if a block would grow past 2 GiB, or beyond the memory there is
   */
  public void reserve(long bytes) {
    if (bytes <= capacity()) {
      return;
    }
    if (bytes > MAX_BYTES) {
      throw new MillraceException(
          ErrorCode.DATA, "a record of " + bytes + " bytes; at most " + MAX_BYTES + " fit");
    }
    ArrowBuf larger = take(Math.min(MAX_BYTES, Math.max(bytes, 2L * capacity())));
    Memory.copy(buffer.memoryAddress(), larger.memoryAddress(), length);
    buffer.close();
    buffer = larger;
    window = null;
  }

  /** Empties the block and gives back what it holds beyond that many bytes. */
  public void shrink(int capacity) {
    length = 0;
    if (capacity() > capacity) {
      ArrowBuf smaller = take(capacity);
      buffer.close();
      buffer = smaller;
      window = null;
    }
  }

  @Override
  public void close() {
    buffer.close();
  }
}
