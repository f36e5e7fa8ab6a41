package io.millrace.gateway.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process under strace: which system calls it makes, and those that are made to fail. */
record Strace(Path trace) {
  private static final String INJECTED = "(INJECTED)";

  /** Writes down the calls with these names, as far as the machine has them. */
  List<String> watching(List<String> calls) {
    return command("trace=" + String.join(",", calls.stream().map(call -> "?" + call).toList()));
  }

  /** Has the n-th call of each thread, counted from 1, fail without being made. */
  List<String> failing(String call, String error, int n) {
    List<String> command = new ArrayList<>(command("trace=" + call));
    command.addAll(List.of("-e", "inject=" + call + ":error=" + error + ":when=" + n));
    return command;
  }

  private List<String> command(String filter) {
    return List.of(
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-e",
        "signal=none",
        "-o",
        trace.toString(),
        "-e",
        filter);
  }

  /** What it wrote down, a line for each call. */
  List<String> lines() throws IOException {
    return Files.readAllLines(trace);
  }

  boolean injected() throws IOException {
    return lines().stream().anyMatch(line -> line.contains(INJECTED));
  }
}
