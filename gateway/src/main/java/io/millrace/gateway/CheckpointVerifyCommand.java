package io.millrace.gateway;

import io.millrace.gateway.checkpoint.VerifiedCheckpoint;
import io.millrace.state.offsets.CheckpointInspection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "verify",
    description =
        "Checks every byte of a checkpoint that counts and says per file whether a start would go on"
            + " with it: status 0 if it would, 1 if it would refuse. Nothing is written.",
    footer = {"%nExample:", "  millrace checkpoint verify ck/alerts"})
final class CheckpointVerifyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private CheckpointArguments arguments;

  CheckpointVerifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    CheckpointInspection found = arguments.inspect();
    VerifiedCheckpoint verified = new VerifiedCheckpoint(found);
    surroundings.terminal().print(arguments.json ? verified.json() : verified.text());
    return found.isUsable() ? ExitStatus.DONE : ExitStatus.FAILED;
  }
}
