package io.millrace.gateway;

import io.millrace.gateway.terminal.Secrets;
import io.millrace.gateway.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The program in this JVM: a command line in, status and text out. */
final class TestProcess {
  final Map<String, String> environment = new HashMap<>();
  final Shutdown shutdown = new Shutdown();
  boolean screen;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Path home;

  TestProcess(Path home) {
    this.home = home;
  }

  /** Runs it to its end and returns the exit status. */
  int run(String... arguments) {
    return CommandLines.execute(
        new Surroundings(
            new Terminal(stream(out), stream(err), new Secrets(), screen),
            environment::get,
            home,
            shutdown),
        arguments);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  byte[] outBytes() {
    return out.toByteArray();
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
