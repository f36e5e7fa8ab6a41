package io.millrace.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands the command line to JMH and the engine's JVM options to its forks. Of JMH's options {@code
 * -jvmArgsPrepend} is taken; use {@code -jvmArgsAppend} for others. With {@code -f 0} there are no
 * forks, and this JVM must have been started with the engine's options.
 */
public final class BenchmarkMain {
  private BenchmarkMain() {}

  public static void main(String[] arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("-jvmArgsPrepend");
    all.add(String.join(" ", EngineFlags.list()) + " " + String.join(" ", EngineFlags.LAUNCHER));
    org.openjdk.jmh.Main.main(all.toArray(String[]::new));
  }
}
