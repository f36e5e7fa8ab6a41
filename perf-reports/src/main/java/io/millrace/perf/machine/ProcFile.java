package io.millrace.perf.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads what Linux tells in files of lines {@code name: value}. */
public final class ProcFile {
  private ProcFile() {}

  /** The first value of that name; empty if there is none or the file is gone. */
  public static Optional<String> value(Path file, String name) {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // the process has ended, or this is not Linux
    }
  }

  /** The most memory that a process has had resident; empty when it has ended. */
  public static Optional<Long> peakResidentBytes(long pid) {
    return value(Path.of("/proc/" + pid + "/status"), "VmHWM").map(ProcFile::bytes);
  }

  /** Of this process; 0 if the system does not tell. */
  public static long ownPeakResidentBytes() {
    return peakResidentBytes(ProcessHandle.current().pid()).orElse(0L);
  }

  /** What this process has resident now; 0 if the system does not tell. */
  public static long ownResidentBytes() {
    return value(Path.of("/proc/self/status"), "VmRSS").map(ProcFile::bytes).orElse(0L);
  }

  /** Of a value such as {@code 12345 kB}. */
  static long bytes(String kilobytes) {
    return Long.parseLong(kilobytes.substring(0, kilobytes.indexOf(' '))) << 10;
  }
}
