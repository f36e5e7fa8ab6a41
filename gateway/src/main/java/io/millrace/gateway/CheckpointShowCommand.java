package io.millrace.gateway;

import io.millrace.gateway.checkpoint.ShownCheckpoint;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "show",
    description =
        "Shows whose checkpoint it is and how far the query has come. Nothing is written; a running"
            + " query may have it open.",
    footer = {
      "%nExamples:",
      "  millrace checkpoint show ck/alerts",
      "  millrace checkpoint show --json ck/alerts"
    })
final class CheckpointShowCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private CheckpointArguments arguments;

  CheckpointShowCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    ShownCheckpoint shown = new ShownCheckpoint(arguments.inspect());
    surroundings.terminal().print(arguments.json ? shown.json() : shown.text());
    return ExitStatus.DONE;
  }
}
