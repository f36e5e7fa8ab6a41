package io.millrace.state.storage;

import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process that wants a lock; prints whether it got it, or why not. */
final class LockAttempt {
  private LockAttempt() {}

  public static void main(String[] arguments) {
    try (StorageLock lock = new LocalStorage().lock(Path.of(arguments[0]))) {
      System.out.print("got " + lock.getClass().getSimpleName());
    } catch (MillraceException e) {
      System.out.print(e.getMessage());
    }
  }

  static String run(Path file) throws IOException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                LockAttempt.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
