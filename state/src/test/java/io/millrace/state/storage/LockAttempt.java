package io.millrace.state.storage;

import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that wants a lock, or asks who has it; prints what it is told. */
final class LockAttempt {
  private LockAttempt() {}

  public static void main(String[] arguments) {
    if (arguments.length > 1) {
      System.out.print(new LocalStorage().lockHolder(Path.of(arguments[0])).orElse("nobody"));
      return;
    }
    try (StorageLock lock = new LocalStorage().lock(Path.of(arguments[0]))) {
      System.out.print("got " + lock.getClass().getSimpleName());
    } catch (MillraceException e) {
      System.out.print(e.getMessage());
    }
  }

  static String run(Path file) throws IOException {
    return child(file.toString());
  }

  /** Who has the lock, as another process sees it. */
  static String holder(Path file) throws IOException {
    return child(file.toString(), "who");
  }

  private static String child(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LockAttempt.class.getName());
    command.addAll(List.of(arguments));
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
