package io.millrace.perf.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another engine's program in a JVM of its own, as built in {@code peers}. */
public final class PeerJvm {
  private static final int SAID_CHARACTERS = 300;

  private static final List<String> OPENED =
      List.of(
          "java.io",
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private static final List<String> OPTIONS =
      List.of(
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED",
          "-Dio.netty.tryReflectionSetAccessible=true");

  private PeerJvm() {}

  /**
   * @param folder of the engine: its classes and its class path
   * @param heap as {@code -Xmx} takes it
   */
  public static List<String> command(
      Path folder, String heap, String main, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(ChildJvm.java().toString(), "-Xmx" + heap));
    for (String opened : OPENED) {
      command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
    }
    command.addAll(OPTIONS);
    command.add("-cp");
    command.add(folder.resolve("classes") + File.pathSeparator + classPath(folder));
    command.add(main);
    command.addAll(arguments);
    return command;
  }

  private static String classPath(Path folder) {
    try {
      return Files.readString(folder.resolve("class-path.txt")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("reading the class path of " + folder, e);
    }
  }

  /** The line of a program's log that says why it failed, as far as one can tell. */
  public static String failure(Path log) {
    try {
      String text = Files.readString(log).strip();
      int cause = Math.max(text.lastIndexOf("Caused by: "), text.indexOf("Exception"));
      String last = cause >= 0 ? text.substring(cause) : text;
      String line = last.lines().findFirst().orElse("it said nothing");
      return line.substring(0, Math.min(SAID_CHARACTERS, line.length()));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + log, e);
    }
  }
}
