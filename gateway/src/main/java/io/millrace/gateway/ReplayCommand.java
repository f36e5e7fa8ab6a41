package io.millrace.gateway;

import io.millrace.DataFrame;
import io.millrace.Replay;
import io.millrace.gateway.pipeline.Pipeline;
import io.millrace.gateway.pipeline.PipelineFile;
import io.millrace.gateway.pipeline.PreparedPipeline;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "replay",
    description = {
      "Runs committed epochs of a query again and prints what came out of them: the same state,"
          + " input, batches and times. Nothing is written, and the query's own output is not"
          + " touched; the query may run meanwhile.",
      "What is too old is not kept: the state goes back to the older of two snapshots, the input to"
          + " what its sources, or the ingest journal, still have."
    },
    footer = {
      "%nExamples:",
      "  millrace replay ck/alerts",
      "  millrace replay ck/alerts --from-epoch 12 --to-epoch 14 --format json",
      "  millrace replay ck/alerts --pipeline alerts.yaml --query alerts"
    })
final class ReplayCommand implements Callable<Integer> {
  private static final String EPOCH = "epoch";

  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "DIR", description = "The query's checkpointLocation.")
  private Path directory;

  @Option(
      names = "--from-epoch",
      paramLabel = "N",
      description = "The first epoch; the oldest that is kept unless given.")
  private Long from;

  @Option(
      names = "--to-epoch",
      paramLabel = "M",
      description = "The last epoch; the last committed one unless given.")
  private Long to;

  @Option(
      names = "--pipeline",
      paramLabel = "FILE",
      description =
          "The pipeline file that describes the query; unless given, the one that began the"
              + " checkpoint.")
  private Path file;

  @Option(
      names = "--query",
      paramLabel = "NAME",
      description = "Its name in that file; the only one unless given.")
  private String name;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description =
          "table (one per epoch), csv or json (with the epoch as the first column); table unless"
              + " given.")
  private ResultFormat format;

  private Schema schema;
  private final List<Row> collected = new ArrayList<>();

  ReplayCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Replay replay = Replay.of(directory);
    Pipeline pipeline =
        PipelineFile.parse(
            pipelineFile(replay), surroundings.environment(), surroundings.terminal().secrets());
    Pipeline.Query query = query(pipeline, replay);
    long last = to == null ? replay.lastEpoch().orElse(-1) : to;
    long first = from == null ? replay.firstEpoch().orElse(last) : from;
    replay.run(
        first,
        last,
        session -> {
          DataFrame frame = PreparedPipeline.frame(pipeline, query, session);
          schema = frame.schema();
          return frame.writeStream().queryName(query.name()).outputMode(query.outputMode());
        },
        this::print);
    if (format != ResultFormat.TABLE) {
      surroundings.terminal().out().print(format.text(withEpoch(), collected));
    }
    return ExitStatus.DONE;
  }

  private Path pipelineFile(Replay replay) {
    if (file != null) {
      return file;
    }
    return replay
        .pipeline()
        .orElseThrow(
            () ->
                new AnalysisException(
                    directory
                        + ": no pipeline file began this checkpoint, a program did; add --pipeline"
                        + " FILE and --query NAME of a file that describes the same query, or have"
                        + " the program replay it with io.millrace.Replay"));
  }

  private Pipeline.Query query(Pipeline pipeline, Replay replay) {
    List<String> names = pipeline.queries().stream().map(Pipeline.Query::name).toList();
    String only = names.size() == 1 ? names.getFirst() : null;
    String wanted = name != null ? name : replay.queryName().filter(names::contains).orElse(only);
    return pipeline.queries().stream()
        .filter(query -> query.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new AnalysisException(
                    wanted == null
                        ? "which query? add --query with one of " + String.join(", ", names)
                        : pipeline.file()
                            + " has no query "
                            + wanted
                            + "; it has "
                            + String.join(", ", names)));
  }

  private void print(long epoch, List<Row> rows) {
    if (format == ResultFormat.TABLE) {
      surroundings
          .terminal()
          .out()
          .print("Epoch: " + epoch + "\n" + format.text(schema, rows) + "\n");
    } else {
      rows.forEach(row -> collected.add(withEpoch(epoch, row)));
    }
  }

  private Schema withEpoch() {
    List<Field> fields = new ArrayList<>(List.of(new Field(EPOCH, DataType.BIGINT, false)));
    fields.addAll(schema.fields());
    return new Schema(fields);
  }

  private static Row withEpoch(long epoch, Row row) {
    List<Object> values = new ArrayList<>(List.of(epoch));
    values.addAll(row.values());
    return Row.of(values.toArray());
  }
}
