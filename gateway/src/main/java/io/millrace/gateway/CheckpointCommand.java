package io.millrace.gateway;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "checkpoint",
    description = "Looks into a query's checkpoint.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "%nExamples:",
      "  millrace checkpoint show ck/alerts",
      "  millrace checkpoint verify ck/alerts",
      "  millrace checkpoint export ck/perMinute --format csv",
      "",
      "state/FORMAT.md describes every byte, for readers in other languages."
    })
final class CheckpointCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw RootCommand.whichCommand(spec);
  }
}
