package io.millrace.perf.bench;

import picocli.CommandLine.Option;

/** What a command line says of {@link Passes}. */
final class PassOptions {
  @Option(
      names = "--passes",
      defaultValue = "3",
      description = "Passes over the input in each program at least. Default: ${DEFAULT-VALUE}.")
  private int passes;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "8",
      description =
          "After which a program's last pass begins, which is the warm one. Default: ${DEFAULT-VALUE}.")
  private double warmUpSeconds;

  Passes chosen() {
    return new Passes(passes, warmUpSeconds);
  }
}
