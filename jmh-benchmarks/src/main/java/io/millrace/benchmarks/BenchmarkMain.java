package io.millrace.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands the command line to JMH and the engine's JVM options to its forks. {@value #QUICK} as one
 * of the words gives a first picture of all benchmarks in minutes: one fork, short iterations. Of
 * JMH's options {@code -jvmArgsPrepend} is taken; use {@code -jvmArgsAppend} for others. With
 * {@code -f 0} there are no forks, and this JVM must have been started with the engine's options.
 */
public final class BenchmarkMain {
  private static final String QUICK = "--quick";
  private static final List<String> SHORT =
      List.of("-f", "1", "-wi", "3", "-w", "300ms", "-i", "3", "-r", "300ms");

  private BenchmarkMain() {}

  public static void main(String[] arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (all.remove(QUICK)) {
      all.addAll(SHORT);
    }
    all.add("-jvmArgsPrepend");
    all.add(String.join(" ", EngineFlags.list()) + " " + String.join(" ", EngineFlags.LAUNCHER));
    org.openjdk.jmh.Main.main(all.toArray(String[]::new));
  }
}
