package io.millrace.state.offsets;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Whose checkpoint it is; written once, when the query starts for the first time.
 *
 * @param queryId stays the same over all restarts
 * @param createdBy name and version of the program
 * @param operators one line per operator of the plan, such as {@code Filter (temperature > 100.0)};
 *     whatever must not change between two starts stands in them
 * @param sources one line per source, in the order of {@link Plan#ranges}, to be shown only
 * @param sink to be shown only
 * @param pipeline the file that describes the query; empty if a program does
 * @param query its name in that file
 */
public record CheckpointMetadata(
    UUID queryId,
    String createdBy,
    List<String> operators,
    List<String> sources,
    String sink,
    Optional<String> pipeline,
    Optional<String> query) {
  public CheckpointMetadata {
    operators = List.copyOf(operators);
    sources = List.copyOf(sources);
  }

  /** Of a query that a program describes. */
  public CheckpointMetadata(
      UUID queryId, String createdBy, List<String> operators, List<String> sources, String sink) {
    this(queryId, createdBy, operators, sources, sink, Optional.empty(), Optional.empty());
  }

  /** Refuses a query whose operators, or whose number of sources, differ; the rest may change. */
  public void requireSameQuery(Path directory, List<String> operatorsNow, int sourceCountNow) {
    for (int i = 0; i < Math.max(operators.size(), operatorsNow.size()); i++) {
      String was = i < operators.size() ? operators.get(i) : "nothing";
      String now = i < operatorsNow.size() ? operatorsNow.get(i) : "nothing";
      if (!was.equals(now)) {
        throw other(directory, "operator " + (i + 1) + " was " + was + ", now " + now);
      }
    }
    if (sources.size() != sourceCountNow) {
      throw other(directory, "it had " + sources.size() + " sources, now " + sourceCountNow);
    }
  }

  private static MillraceException other(Path directory, String difference) {
    return new MillraceException(
        ErrorCode.CHECKPOINT,
        "checkpoint "
            + directory
            + " was written by another query: "
            + difference
            + "; use a new checkpointLocation, or run the old query");
  }
}
