package io.millrace.gateway;

import io.millrace.gateway.demo.DemoPipeline;
import io.millrace.gateway.demo.GeneratorProcess;
import io.millrace.gateway.pipeline.Pipeline;
import io.millrace.gateway.pipeline.PipelineFile;
import io.millrace.gateway.pipeline.PreparedPipeline;
import io.millrace.gateway.pipeline.RunningPipeline;
import io.millrace.gateway.terminal.Terminal;
import io.millrace.spi.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Shows it at work: simulated devices write JSON files of readings into a folder, and two"
          + " queries show those above 100 degrees on the console and write them to JSON files.",
      "Ctrl-C ends it; started again it goes on where it stopped."
    },
    footer = {
      "%nExamples:",
      "  millrace demo",
      "  millrace demo --rate 100000 --devices 1000 --for 10s --dir /tmp/demo"
    })
final class DemoCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "Where everything is kept; demo in the project's folder unless given.")
  private Path folder;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "50",
      description = "Readings per second, in one file a second; ${DEFAULT-VALUE} unless given.")
  private int rate;

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "10",
      description = "Simulated devices; ${DEFAULT-VALUE} unless given.")
  private int devices;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "End after that time, for example 10s, with all readings processed.")
  private String length;

  DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Duration duration = length == null ? Duration.ZERO : Durations.parse(length);
    requirePositive("--rate", rate);
    requirePositive("--devices", devices);
    Path chosen = folder == null ? surroundings.home().resolve("demo") : folder;
    DemoPipeline demo = new DemoPipeline(chosen.toAbsolutePath().normalize());
    Pipeline pipeline =
        PipelineFile.parse(
            demo.file(), surroundings.environment(), surroundings.terminal().secrets());
    announce(demo, pipeline);
    try (PreparedPipeline prepared = PreparedPipeline.of(pipeline)) {
      RunningPipeline running = RunCommand.start(prepared, surroundings);
      try (GeneratorProcess generator =
          GeneratorProcess.start(demo.input(), rate, devices, duration)) {
        generator.onEnd(status -> endAfterDevices(status, running));
        return RunCommand.awaitEnd(running);
      }
    }
  }

  private void announce(DemoPipeline demo, Pipeline pipeline) {
    Terminal terminal = surroundings.terminal();
    terminal.note("Devices write a file of " + rate + " readings a second to " + demo.input());
    terminal.note("The queries of " + pipeline.file() + " show those above 100 degrees here");
    terminal.note("and write them to JSON files in " + demo.output() + ". Ctrl-C ends it.");
  }

  /** With the devices silent on purpose, what they wrote is processed before the end. */
  private void endAfterDevices(int status, RunningPipeline running) {
    if (status == 0) {
      running.processAllAvailable();
    } else if (status < 128) {
      surroundings.terminal().note("The simulated devices failed with status " + status);
    }
    running.requestStop();
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new io.millrace.types.AnalysisException(
          option + " is " + value + ", it must be positive");
    }
  }
}
