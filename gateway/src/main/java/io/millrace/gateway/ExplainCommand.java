package io.millrace.gateway;

import io.millrace.gateway.pipeline.PreparedPipeline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "explain",
    description =
        "Shows how each query of a pipeline file would run: logical and physical plan, rings,"
            + " guarantee. Nothing is started or written.",
    footer = {"%nExample:", "  millrace explain alerts.yaml"})
final class ExplainCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private PipelineArguments arguments;

  ExplainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (PreparedPipeline prepared = arguments.prepare(surroundings)) {
      prepared
          .explain()
          .forEach(
              (name, text) ->
                  surroundings
                      .terminal()
                      .print("== Query " + name + " ==" + System.lineSeparator() + text));
    }
    return ExitStatus.DONE;
  }
}
