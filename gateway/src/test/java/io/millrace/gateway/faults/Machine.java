package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** The programs of the machine that faults are made with; what is missing fails the test. */
final class Machine {
  private static final Map<String, String> PACKAGES =
      Map.of("strace", "strace", "mkfs.ext4", "e2fsprogs", "mkfs.xfs", "xfsprogs");

  private Machine() {}

  /** All that the fault programme needs, asked before it begins. */
  static void requireEverything() throws IOException {
    PACKAGES.keySet().forEach(Machine::requireTool);
    assertThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
        .as("user id: the fault programme mounts file systems, so run it as root, on Linux")
        .isEqualTo(0);
  }

  /** A program that is one of a package of the same machine. */
  static void requireTool(String name) {
    assertThat(isThere(name))
        .as("%s is missing; install it: apt-get install -y %s", name, PACKAGES.get(name))
        .isTrue();
  }

  private static boolean isThere(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /** Runs a program to its end; fails with what it printed if it does. */
  static void run(Object... command) {
    ProcessBuilder builder =
        new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList());
    try {
      Process process = builder.redirectErrorStream(true).start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(() -> builder.command() + ": " + printed).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
