package io.millrace.gateway;

import io.millrace.gateway.pipeline.PipelineFile;
import io.millrace.gateway.pipeline.PreparedPipeline;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** What the commands over a pipeline file have in common. */
final class PipelineArguments {
  @Parameters(index = "0", paramLabel = "FILE", description = "The pipeline file.")
  Path file;

  PreparedPipeline prepare(Surroundings surroundings) {
    return PipelineFile.prepare(
        file, surroundings.environment(), surroundings.terminal().secrets());
  }
}
