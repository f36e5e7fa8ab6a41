package io.millrace.gateway.demo;

import io.millrace.spi.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The simulated devices, a process of its own: writes a file of readings every second. It ends when
 * its time is over, or when its standard input does: then whoever started it is gone, however that
 * came.
 */
final class GeneratorMain {
  private GeneratorMain() {}

  /**
   * @param arguments folder, readings per second, devices, and how long as ISO-8601 duration, zero
   *     for ever
   */
  public static void main(String[] arguments) throws InterruptedException {
    CountDownLatch starterGone = new CountDownLatch(1);
    Thread watch = new Thread(() -> awaitEndOfInput(starterGone), "generator-watch");
    watch.setDaemon(true);
    watch.start();
    ReadingGenerator generator =
        new ReadingGenerator(
            Path.of(arguments[0]),
            Integer.parseInt(arguments[2]),
            Clock.SYSTEM,
            new SplittableRandom(Clock.SYSTEM.nowUs()));
    run(
        generator,
        Integer.parseInt(arguments[1]),
        Duration.parse(arguments[3]),
        Clock.SYSTEM,
        starterGone);
  }

  private static void run(
      ReadingGenerator generator, int rate, Duration length, Clock clock, CountDownLatch end)
      throws InterruptedException {
    long periodNs = TimeUnit.SECONDS.toNanos(1);
    long files = length.isZero() ? Long.MAX_VALUE : Math.max(1, length.toSeconds());
    long startNs = clock.nanoTime();
    for (long file = 0; file < files; file++) {
      long waitNs = startNs + file * periodNs - clock.nanoTime();
      if (end.await(waitNs, TimeUnit.NANOSECONDS)) {
        return;
      }
      generator.write(rate);
    }
  }

  private static void awaitEndOfInput(CountDownLatch ended) {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes; only the end matters.
      }
    } catch (IOException e) {
      // A broken pipe is an end as well.
    }
    ended.countDown();
  }
}
