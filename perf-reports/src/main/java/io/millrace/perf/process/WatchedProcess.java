package io.millrace.perf.process;

import io.millrace.perf.machine.ProcFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program run from start to exit.
 *
 * @param status its exit status
 * @param seconds by the wall
 * @param peakResidentBytes as the system last told it, asked every {@value #ASK_EVERY_MS} ms: what
 *     was added after that is missing
 */
public record WatchedProcess(int status, double seconds, long peakResidentBytes) {
  private static final int ASK_EVERY_MS = 5;

  /**
   * @param log gets what the program says
   */
  public static WatchedProcess run(List<String> command, Path folder, Path log) {
    long startNs = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      long peakBytes = 0;
      do {
        peakBytes = Math.max(peakBytes, ProcFile.peakResidentBytes(process.pid()).orElse(0L));
      } while (!process.waitFor(ASK_EVERY_MS, TimeUnit.MILLISECONDS));
      double seconds = (System.nanoTime() - startNs) / 1e9;
      return new WatchedProcess(process.exitValue(), seconds, peakBytes);
    } catch (IOException e) {
      throw new UncheckedIOException("starting " + String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command.getFirst() + " ran", e);
    }
  }
}
