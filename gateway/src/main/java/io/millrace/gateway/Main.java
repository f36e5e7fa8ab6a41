package io.millrace.gateway;

import io.millrace.gateway.log.Logging;
import io.millrace.gateway.terminal.Secrets;
import io.millrace.gateway.terminal.Terminal;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The program. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // Rows are UTF-8 whatever the locale says.
    System.setOut(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    Terminal terminal = new Terminal(System.out, System.err, new Secrets(), isScreen());
    Logging.to(terminal.err(), terminal.secrets());
    Shutdown shutdown = new Shutdown();
    shutdown.install();
    int status =
        CommandLines.execute(
            new Surroundings(
                terminal,
                System::getenv,
                Path.of(System.getProperty("millrace.home", "")),
                shutdown),
            arguments);
    System.out.flush();
    shutdown.ended(status);
    System.exit(status);
  }

  private static boolean isScreen() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
