package io.millrace.perf.machine;

import io.millrace.benchmarks.EngineFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where figures come from.
 *
 * @param jvmFlags that the measured JVMs were started with
 */
public record Machine(
    String cpu, int cores, long memoryBytes, String kernel, String jdk, List<String> jvmFlags) {

  public static Machine here() {
    List<String> flags = new ArrayList<>(EngineFlags.list());
    flags.addAll(EngineFlags.LAUNCHER);
    return new Machine(
        ProcFile.value(Path.of("/proc/cpuinfo"), "model name").orElse(property("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        ProcFile.value(Path.of("/proc/meminfo"), "MemTotal").map(ProcFile::bytes).orElse(0L),
        property("os.name") + " " + property("os.version"),
        property("java.vendor") + " " + property("java.runtime.version"),
        flags);
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
