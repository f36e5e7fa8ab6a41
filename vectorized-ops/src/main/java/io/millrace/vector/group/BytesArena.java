package io.millrace.vector.group;

import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Stretches of bytes that do not move, in sizes of powers of two. Freed ones are used again by
 * later ones of their size; those above a quarter page have memory of their own that goes back at
 * once. When nothing is held any more, all pages but one go back.
 */
public final class BytesArena implements AutoCloseable {
  private static final int PAGE_BYTES = 64 * 1024;
  private static final int MIN_BYTES = 16;
  private static final int MAX_SHARED_BYTES = PAGE_BYTES / 4;

  private final BufferAllocator allocator;
  private final List<ByteBlock> pages = new ArrayList<>();
  private final Long2ObjectHashMap<ByteBlock> large = new Long2ObjectHashMap<>();
  private final long[] free = new long[32];
  private long next;
  private long end;
  private long sharedBytes;
  private long largeBytes;

  public BytesArena(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** How many bytes there are for a stretch of that many, all of which may be used. */
  public static int capacity(int bytes) {
    return bytes <= MIN_BYTES ? MIN_BYTES : Integer.highestOneBit(bytes - 1) << 1;
  }

  /**
   * Takes a stretch; its bytes are undefined.
   *
   * @param bytes up to a gigabyte
   * @throws io.millrace.types.MillraceException with code RESOURCES, nothing changed, if there is
   *     not enough memory
   */
  public long take(int bytes) {
    int size = capacity(bytes);
    if (size > MAX_SHARED_BYTES) {
      return takeLarge(size);
    }
    int sizeClass = Integer.numberOfTrailingZeros(size);
    long address = free[sizeClass];
    if (address != 0) {
      free[sizeClass] = Memory.getLong(address);
    } else {
      if (end - next < size) {
        addPage();
      }
      address = next;
      next += size;
    }
    sharedBytes += size;
    return address;
  }

  private long takeLarge(int size) {
    ByteBlock block = new ByteBlock(allocator, size - ByteBlock.PADDING);
    large.put(block.address(), block);
    largeBytes += size;
    return block.address();
  }

  private void addPage() {
    ByteBlock page = new ByteBlock(allocator, PAGE_BYTES - ByteBlock.PADDING);
    keepRest();
    pages.add(page);
    begin(page);
  }

  private void begin(ByteBlock page) {
    next = page.address();
    end = next + page.capacity();
  }

  /** What is left of a page serves later, smaller stretches. */
  private void keepRest() {
    while (end - next >= MIN_BYTES) {
      int size = (int) Math.min(MAX_SHARED_BYTES, Long.highestOneBit(end - next));
      put(next, size);
      next += size;
    }
  }

  private void put(long address, int size) {
    int sizeClass = Integer.numberOfTrailingZeros(size);
    Memory.putLong(address, free[sizeClass]);
    free[sizeClass] = address;
  }

  /**
   * Gives a stretch back.
   *
   * @param bytes as it was taken with, or as many as have the same {@link #capacity}
   */
  public void give(long address, int bytes) {
    int size = capacity(bytes);
    if (size > MAX_SHARED_BYTES) {
      large.remove(address).close();
      largeBytes -= size;
      return;
    }
    put(address, size);
    sharedBytes -= size;
    if (sharedBytes == 0) {
      startAfresh();
    }
  }

  private void startAfresh() {
    for (int i = pages.size() - 1; i > 0; i--) {
      pages.remove(i).close();
    }
    java.util.Arrays.fill(free, 0);
    begin(pages.get(0));
  }

  /** Bytes held off-heap. */
  public long memoryBytes() {
    return (long) pages.size() * PAGE_BYTES + largeBytes;
  }

  @Override
  public void close() {
    pages.forEach(ByteBlock::close);
    pages.clear();
    large.values().forEach(ByteBlock::close);
    large.clear();
  }
}
