package io.millrace.gateway;

import io.millrace.state.offsets.CheckpointInspection;
import io.millrace.state.storage.LocalStorage;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands over a checkpoint have in common. */
final class CheckpointArguments {
  @Parameters(index = "0", paramLabel = "DIR", description = "The query's checkpointLocation.")
  private Path directory;

  @Option(names = "--json", description = "Print one JSON object, with stable field names.")
  boolean json;

  CheckpointInspection inspect() {
    return CheckpointInspection.require(directory, new LocalStorage());
  }
}
