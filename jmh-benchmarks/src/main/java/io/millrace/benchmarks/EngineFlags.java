package io.millrace.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The JVM options that the engine runs with, as the build's one property says them. */
public final class EngineFlags {
  /** What the launcher adds: the heap and its collector. */
  public static final List<String> LAUNCHER = List.of("-Xmx512m", "-XX:+UseSerialGC");

  private EngineFlags() {}

  /** All options, each a word, without the heap and its collector. */
  public static List<String> list() {
    try (InputStream flags = EngineFlags.class.getResourceAsStream("jvm.flags")) {
      return List.of(
          new String(flags.readAllBytes(), StandardCharsets.UTF_8).strip().split(" +", 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
