package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own with this one's class path and module flags; it dies with the test. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final Path log;

  private ChildJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * @param log takes what the child prints, from its beginning on
   * @param flags of the JVM, on top of those that every program of ours needs
   */
  static ChildJvm start(Path log, List<String> flags, Class<?> main, String... arguments) {
    return start(List.of(), log, flags, main, arguments);
  }

  /**
   * @param tracer a program and its arguments under which the JVM runs; empty for none
   */
  static ChildJvm start(
      List<String> tracer, Path log, List<String> flags, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(tracer);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--"))
        .forEach(command::add);
    command.addAll(List.of("-ea", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    try {
      return new ChildJvm(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.to(log.toFile()))
              .start(),
          log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Fails with what the child has printed if it has ended. */
  void requireAlive() {
    assertThat(isAlive()).as(() -> "the child has ended: " + printed()).isTrue();
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    requireAlive();
    assertThat(process.destroyForcibly().waitFor()).as("status of a killed process").isEqualTo(137);
  }

  void awaitSuccess() throws InterruptedException {
    assertThat(awaitEnd()).as(this::printed).isZero();
  }

  /** Waits until it ends by itself; returns its status. */
  int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  String printed() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ChildLog report() {
    return new ChildLog(printed());
  }

  /** When this returns it holds no file open any more. */
  @Override
  public void close() {
    List<ProcessHandle> traced = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    for (ProcessHandle child : traced) {
      child.destroyForcibly();
      child.onExit().join();
    }
  }
}
