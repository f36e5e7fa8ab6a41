package io.millrace.gateway.pipeline;

import io.millrace.OutputMode;
import io.millrace.Trigger;
import io.millrace.WatermarkOptions;
import io.millrace.types.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pipeline file says: placeholders filled in, paths absolute, names and options as written.
 * Lines count from 1.
 *
 * @param file as the user named it
 * @param name empty without one
 */
public record Pipeline(
    String file, Optional<String> name, List<Input> inputs, List<Query> queries) {
  public Pipeline {
    inputs = List.copyOf(inputs);
    queries = List.copyOf(queries);
  }

  /**
   * A source or a static table.
   *
   * @param streaming whether it stands under {@code sources}
   * @param schema empty if the format must find it
   */
  public record Input(
      String name,
      int line,
      boolean streaming,
      String format,
      Optional<Schema> schema,
      Map<String, String> options,
      Optional<Watermark> watermark) {
    public Input {
      options = Map.copyOf(options);
    }
  }

  /**
   * Event time of a source.
   *
   * @param delay such as {@code 10 seconds}
   * @param options what stands under {@code idleTimeout} and {@code maxFutureSkew}
   */
  public record Watermark(int line, String column, String delay, WatermarkOptions options) {}

  /**
   * A query and where its rows go.
   *
   * @param sqlLine the line on which the text's first line stands
   * @param sqlIsLiteral whether the text's lines are lines of the file
   * @param checkpoint an absolute path; empty for none
   */
  public record Query(
      String name,
      int line,
      String sql,
      int sqlLine,
      boolean sqlIsLiteral,
      OutputMode outputMode,
      Trigger trigger,
      Optional<String> checkpoint,
      Output output) {
    /** The file's line of a line of the SQL text, both from 1. */
    int lineOf(int lineInSql) {
      return sqlIsLiteral ? sqlLine + lineInSql - 1 : sqlLine;
    }
  }

  /**
   * A query's sink.
   *
   * @param partitionBy columns whose values name sub-folders
   */
  public record Output(
      int line, String format, Map<String, String> options, List<String> partitionBy) {
    public Output {
      options = Map.copyOf(options);
      partitionBy = List.copyOf(partitionBy);
    }
  }
}
