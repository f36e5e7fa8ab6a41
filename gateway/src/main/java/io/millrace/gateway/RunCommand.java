package io.millrace.gateway;

import io.millrace.gateway.pipeline.PreparedPipeline;
import io.millrace.gateway.pipeline.RunningPipeline;
import io.millrace.types.StreamingQueryException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = {
      "Runs a pipeline file in the foreground.",
      "Ends by itself when every query's trigger is bounded (once, availableNow); Ctrl-C and SIGTERM"
          + " end it cleanly: the epoch at hand is dropped, and done again by the next run if the"
          + " query has a checkpoint."
    },
    footer = {
      "%nExamples:",
      "  millrace run alerts.yaml",
      "  millrace run --progress alerts.yaml 2>progress.json"
    })
final class RunCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private PipelineArguments pipeline;

  @Option(
      names = "--progress",
      description = "Print a line of JSON for each epoch of each query, on the error stream.")
  private boolean progress;

  RunCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (PreparedPipeline prepared = pipeline.prepare(surroundings)) {
      if (progress) {
        prepared.onProgress(report -> surroundings.terminal().note(report.json()));
      }
      return awaitEnd(start(prepared, surroundings));
    }
  }

  /** Starts a pipeline that ends when the process is asked to. */
  static RunningPipeline start(PreparedPipeline prepared, Surroundings surroundings) {
    prepared.onResume(
        (query, epoch) -> surroundings.terminal().note(query + ": resuming after epoch " + epoch));
    RunningPipeline running = RunningPipeline.start(prepared);
    surroundings.shutdown().onRequest(running::requestStop);
    return running;
  }

  /** Waits for a pipeline's end and says how it ended. */
  static int awaitEnd(RunningPipeline running) {
    Optional<StreamingQueryException> failure = running.awaitEnd();
    failure.ifPresent(
        e -> {
          throw e;
        });
    return ExitStatus.DONE;
  }
}
