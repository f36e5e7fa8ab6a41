package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each test: no thread of the engine is left, once those that are ending have ended. */
final class EngineThreads implements AfterEachCallback {
  private static final Duration ENDING = Duration.ofSeconds(10);

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("millrace-")) {
        assertThat(thread.join(ENDING)).as(thread.getName() + " has ended").isTrue();
      }
    }
  }
}
