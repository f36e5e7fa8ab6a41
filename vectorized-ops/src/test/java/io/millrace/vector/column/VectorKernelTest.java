package io.millrace.vector.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VectorKernelTest {
  private static final int MANY = VectorKernel.ROWS_BEFORE_WARM_UP + 1;

  @Test
  void aKernelIsPlainUntilItHasSeenManyRows() {
    AtomicInteger vectorRuns = new AtomicInteger();
    VectorKernel kernel =
        VectorKernel.of(
            "test", 8, (area, rows, result) -> {}, (area, rows, r) -> vectorRuns.getAndIncrement());
    for (int i = 0; i < 100; i++) {
      assertThat(kernel.isOn(8192)).isFalse();
    }
    assertThat(vectorRuns).hasValue(0);
  }

  @Test
  void shortBatchesDoNotCount() {
    VectorKernel kernel =
        VectorKernel.of("short batches", 8, (area, rows, r) -> {}, (area, rows, r) -> work());
    int shortRows = VectorKernel.WORTHWHILE_ROWS - 1;
    for (int rows = 0; rows < 2 * VectorKernel.ROWS_BEFORE_WARM_UP; rows += shortRows) {
      assertThat(kernel.isOn(shortRows)).isFalse();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("millrace-warm-up short batches");
  }

  @Test
  void aFasterVectorLoopIsSwitchedOn() {
    VectorKernel kernel =
        VectorKernel.of("test", 8, (area, rows, result) -> work(), (area, rows, result) -> {});
    while (!kernel.isOn(MANY)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aSlowerVectorLoopStaysOff() throws InterruptedException {
    CountDownLatch enough = new CountDownLatch(20_000);
    VectorKernel kernel =
        VectorKernel.of(
            "test",
            8,
            (area, rows, result) -> {},
            (area, rows, result) -> {
              work();
              enough.countDown();
            });
    assertThat(kernel.isOn(MANY)).isFalse();
    assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(kernel.isOn(MANY)).isFalse();
  }

  private static void work() {
    for (int i = 0; i < 200; i++) {
      Thread.onSpinWait();
    }
  }
}
