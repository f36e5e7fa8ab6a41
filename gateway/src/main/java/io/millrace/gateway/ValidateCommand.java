package io.millrace.gateway;

import io.millrace.gateway.pipeline.Pipeline;
import io.millrace.gateway.pipeline.PreparedPipeline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "validate",
    description =
        "Checks a pipeline file: all errors at once, each with file and line. Nothing is started or"
            + " written.",
    footer = {"%nExample:", "  millrace validate alerts.yaml"})
final class ValidateCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private PipelineArguments arguments;

  ValidateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Pipeline pipeline;
    try (PreparedPipeline prepared = arguments.prepare(surroundings)) {
      pipeline = prepared.pipeline();
    }
    surroundings
        .terminal()
        .print(
            pipeline.file()
                + " is valid: inputs "
                + names(pipeline.inputs().stream().map(Pipeline.Input::name))
                + "; queries "
                + names(pipeline.queries().stream().map(Pipeline.Query::name)));
    return ExitStatus.DONE;
  }

  private static String names(java.util.stream.Stream<String> names) {
    return names.collect(java.util.stream.Collectors.joining(", "));
  }
}
