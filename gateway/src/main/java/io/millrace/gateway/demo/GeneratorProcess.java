package io.millrace.gateway.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntConsumer;

/** The simulated devices as a child process, which ends with this one, also when it is killed. */
public final class GeneratorProcess implements AutoCloseable {
  private final Process process;

  private GeneratorProcess(Process process) {
    this.process = process;
  }

  /**
   * @param readingsPerSecond in one file a second
   * @param length zero for as long as this process lives
   */
  public static GeneratorProcess start(
      Path folder, int readingsPerSecond, int devices, Duration length) {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            GeneratorMain.class.getName(),
            folder.toString(),
            Integer.toString(readingsPerSecond),
            Integer.toString(devices),
            length.toString());
    command.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    command.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      return new GeneratorProcess(command.start());
    } catch (IOException e) {
      throw new UncheckedIOException("the simulated devices cannot be started", e);
    }
  }

  /** Tells of the process's end, with its exit status, on a thread of its own. */
  public void onEnd(IntConsumer action) {
    Thread waiter =
        new Thread(
            () -> {
              try {
                action.accept(process.waitFor());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "millrace-demo-generator-end");
    waiter.setDaemon(true);
    waiter.start();
  }

  /** Ends the process and waits for that. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
