package io.millrace.perf.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a program wrote.
 *
 * @param figures null if it failed
 * @param problem why it failed; null if it did not
 */
public record Outcome<T>(T figures, String problem) {

  /**
   * Runs a program to its end.
   *
   * @param result file of figures that it writes, in place of what is there
   * @param log gets what it says
   * @param limit after which it is ended
   */
  public static <T> Outcome<T> of(
      List<String> command, Path result, Class<T> figures, Path log, Duration limit) {
    try {
      Files.deleteIfExists(result);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(limit)) {
        process.destroyForcibly().waitFor();
        return new Outcome<>(
            null, "not over after " + limit.toSeconds() + " s: " + PeerJvm.failure(log));
      }
      return Files.exists(result)
          ? new Outcome<>(JsonFile.read(result, figures), null)
          : new Outcome<>(null, PeerJvm.failure(log));
    } catch (IOException e) {
      throw new UncheckedIOException("running " + command.getFirst(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command.getFirst() + " ran", e);
    }
  }
}
