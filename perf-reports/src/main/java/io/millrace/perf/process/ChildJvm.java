package io.millrace.perf.process;

import io.millrace.benchmarks.EngineFlags;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a main class in a fresh JVM with the engine's options, the launcher's heap and this JVM's
 * class path. Its first argument is the file into which it writes its figures.
 */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * @param work where the file of figures goes
   * @throws IllegalStateException if the program fails
   */
  public static <T> T run(Class<?> main, Class<T> figures, Path work, List<String> arguments) {
    return run(List.of(), main, figures, work, arguments);
  }

  /** The same with more options for the JVM. */
  public static <T> T run(
      List<String> options, Class<?> main, Class<T> figures, Path work, List<String> arguments) {
    Path result = figures(main, work);
    List<String> all = new ArrayList<>(List.of(result.toString()));
    all.addAll(arguments);
    List<String> command = command(options, classPath(), main.getName(), all);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(work.resolve(main.getSimpleName() + ".log").toFile())
              .start();
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(
            main.getSimpleName()
                + " ended with status "
                + status
                + "; what it said: "
                + work.resolve(main.getSimpleName() + ".log"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("starting " + main.getSimpleName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + main.getSimpleName() + " ran", e);
    }
    return JsonFile.read(result, figures);
  }

  /** A main class with the engine's options and the launcher's heap, and more options. */
  public static List<String> command(
      List<String> options, String classPath, String main, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(java().toString()));
    command.addAll(EngineFlags.list());
    command.addAll(EngineFlags.LAUNCHER);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    return command;
  }

  /** The file into which a program writes its figures. */
  public static Path figures(Class<?> main, Path work) {
    return work.resolve(main.getSimpleName() + "-figures.json");
  }

  /** Whether the program itself runs from a jar, which an AOT cache needs. */
  public static boolean isPackaged() {
    return jars().stream().anyMatch(jar -> jar.contains("perf-reports"));
  }

  /** This JVM's, without folders where there are jars for all. */
  public static String classPath() {
    return String.join(File.pathSeparator, isPackaged() ? jars() : entries());
  }

  private static List<String> jars() {
    return entries().stream().filter(entry -> entry.endsWith(".jar")).toList();
  }

  private static List<String> entries() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  /** The program {@code java} of this JVM. */
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
