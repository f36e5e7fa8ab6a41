package io.millrace.perf.job;

import io.millrace.perf.machine.ProcFile;
import io.millrace.perf.machine.ResourceUse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A query that watches an empty folder: what it costs, and whether it does see a file that comes at
 * last. Static where engines' functions call it, because some engines serialize them.
 */
public final class Idle {
  /** Readings of more are alerts. */
  public static final double LIMIT = 100;

  private static final String READINGS =
      """
      {"deviceId": "device-1", "timestamp": "2026-01-01T00:00:00Z", "temperature": 65.5}
      {"deviceId": "device-2", "timestamp": "2026-01-01T00:00:00Z", "temperature": 150.5}
      """;

  private static final long ALERT_LIMIT_SECONDS = 60;
  private static final CountDownLatch ALERT = new CountDownLatch(1);

  private final Path result;
  private final Path work;
  private final double settleSeconds;
  private final double seconds;

  /** Arguments: file for the figures, an empty folder, seconds until it is measured, seconds. */
  public Idle(String[] arguments) throws IOException {
    result = Path.of(arguments[0]);
    work = Path.of(arguments[1]);
    settleSeconds = Double.parseDouble(arguments[2]);
    seconds = Double.parseDouble(arguments[3]);
    Files.createDirectories(readings());
  }

  /** The folder to watch. */
  public Path readings() {
    return work.resolve("readings");
  }

  /** For the engine's own files. */
  public Path place() {
    return work.resolve("place");
  }

  /**
   * The query gave out an alert.
   *
   * @throws IllegalStateException if it is none
   */
  public static void alert(String device, double temperature) {
    if (!device.equals("device-2") || temperature != 150.5) {
      throw new IllegalStateException("no alert: " + device + ", " + temperature);
    }
    ALERT.countDown();
  }

  /** The query runs: measures, writes the figures and ends the program. */
  public void measure() throws IOException, InterruptedException {
    long startMs = ManagementFactory.getRuntimeMXBean().getStartTime();
    double startSeconds = (System.currentTimeMillis() - startMs) / 1e3;
    sleep(settleSeconds);
    ResourceUse before = ResourceUse.now();
    long fromNs = System.nanoTime();
    sleep(seconds);
    double share =
        ResourceUse.now().since(before).cpuSeconds() / ((System.nanoTime() - fromNs) / 1e9);
    long residentBytes = ProcFile.ownResidentBytes();
    double alertSeconds = secondsToAlert();
    Files.writeString(
        result,
        String.format(
            Locale.ROOT,
            "{\"startSeconds\":%.3f,\"cpuShare\":%.6f,\"residentBytes\":%d,\"alertSeconds\":%.3f}%n",
            startSeconds,
            share,
            residentBytes,
            alertSeconds));
    Runtime.getRuntime().halt(0); // whatever the engine still does
  }

  private static void sleep(double seconds) throws InterruptedException {
    Thread.sleep((long) (seconds * 1_000));
  }

  private double secondsToAlert() throws IOException, InterruptedException {
    Path written = Files.writeString(work.resolve("new.json"), READINGS);
    long startNs = System.nanoTime();
    Files.move(written, readings().resolve("new.json"), StandardCopyOption.ATOMIC_MOVE);
    if (!ALERT.await(ALERT_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no alert in " + ALERT_LIMIT_SECONDS + " s");
    }
    return (System.nanoTime() - startNs) / 1e9;
  }
}
