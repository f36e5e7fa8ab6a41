package io.millrace.vector.column;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;

/** The one way to off-heap memory: whoever asks for more than there is hears what to do. */
final class OffHeap {
  private OffHeap() {}

  /**
   * Does what takes memory of an allocator.
   *
   * @throws MillraceException with code RESOURCES if there is not enough; what was taken before
   *     stays as it is
   */
  static <T> T take(BufferAllocator allocator, Supplier<T> request) {
    try {
      return request.get();
    } catch (OutOfMemoryException | OutOfMemoryError e) {
      throw new MillraceException(
          ErrorCode.RESOURCES,
          "no off-heap memory left: "
              + allocator.getName()
              + " holds "
              + allocator.getAllocatedMemory()
              + " bytes and asked for more ("
              + e.getMessage()
              + "); raise millrace.memoryLimit where it is set, give the JVM more by"
              + " -XX:MaxDirectMemorySize, or ask for less by millrace.blockRows,"
              + " millrace.chunkBytes, millrace.ringSlots or millrace.parallelism",
          e);
    }
  }
}
