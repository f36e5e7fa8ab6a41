package io.millrace.vector.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.OutOfMemoryException;

/** Lets one allocation fail. */
public final class FailingMemory implements AllocationListener {
  private final AtomicInteger left;

  /**
   * @param number 1 for the first
   */
  public FailingMemory(int number) {
    left = new AtomicInteger(number);
  }

  @Override
  public void onPreAllocation(long size) {
    if (left.decrementAndGet() == 0) {
      throw new OutOfMemoryException("there are no " + size + " bytes");
    }
  }

  /** Whether it has failed. */
  public boolean failed() {
    return left.get() <= 0;
  }

  /** From now on nothing fails. */
  public void enough() {
    left.set(Integer.MAX_VALUE);
  }

  /** Whether a failure says that memory is missing and what to do. */
  public static void requireClear(MillraceException failure) {
    assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCES);
    assertThat(failure)
        .hasMessageContaining("no off-heap memory left")
        .hasMessageContaining("millrace.memoryLimit")
        .hasMessageContaining("-XX:MaxDirectMemorySize");
  }
}
