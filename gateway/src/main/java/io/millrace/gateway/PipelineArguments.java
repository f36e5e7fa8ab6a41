package io.millrace.gateway;

import io.millrace.gateway.pipeline.Pipeline;
import io.millrace.gateway.pipeline.PipelineFile;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** What the commands over a pipeline file have in common. */
final class PipelineArguments {
  @Parameters(index = "0", paramLabel = "FILE", description = "The pipeline file.")
  Path file;

  Pipeline parse(Surroundings surroundings) {
    return PipelineFile.parse(file, surroundings.environment(), surroundings.terminal().secrets());
  }
}
