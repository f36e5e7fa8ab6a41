package io.millrace.gateway.pipeline;

import io.millrace.DataFrame;
import io.millrace.DataFrameReader;
import io.millrace.DataStreamReader;
import io.millrace.DataStreamWriter;
import io.millrace.Session;
import io.millrace.StreamingQueryListener;
import io.millrace.StreamingQueryProgress;
import io.millrace.runtime.EngineSettings;
import io.millrace.types.AnalysisException;
import io.millrace.types.MillraceException;
import io.millrace.types.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pipeline in a session of its own: its inputs are views, its queries are checked. Nothing runs
 * and nothing was written.
 */
public final class PreparedPipeline implements AutoCloseable {
  /** A query that can be started. */
  record PreparedQuery(Pipeline.Query description, DataStreamWriter writer, String explanation) {}

  private static final Pattern SQL_LINE = Pattern.compile("^SQL, line (\\d+)");

  private final Pipeline pipeline;
  private final Session session;
  private final Problems problems;
  private final List<PreparedQuery> queries = new ArrayList<>();

  private PreparedPipeline(Pipeline pipeline, Problems problems) {
    this(pipeline, newSession(pipeline), problems);
  }

  private PreparedPipeline(Pipeline pipeline, Session session, Problems problems) {
    this.pipeline = pipeline;
    this.session = session;
    this.problems = problems;
  }

  private static Session newSession(Pipeline pipeline) {
    return Session.builder()
        .appName(pipeline.name().orElse("millrace"))
        .config(EngineSettings.PIPELINE, Path.of(pipeline.file()).toAbsolutePath().normalize())
        .create();
  }

  /**
   * What a query of a pipeline gives, in a session of the caller's.
   *
   * @throws InvalidPipelineException with everything that is wrong with the inputs or the query
   */
  public static DataFrame frame(Pipeline pipeline, Pipeline.Query query, Session session) {
    Problems problems = new Problems(pipeline.file());
    PreparedPipeline prepared = new PreparedPipeline(pipeline, session, problems);
    pipeline.inputs().forEach(prepared::prepare);
    problems.check();
    return session.sql(query.sql());
  }

  /**
   * @throws InvalidPipelineException with everything that is wrong with inputs and queries
   */
  public static PreparedPipeline of(Pipeline pipeline) {
    Problems problems = new Problems(pipeline.file());
    PreparedPipeline prepared = new PreparedPipeline(pipeline, problems);
    try {
      prepared.prepare(Set.of());
      problems.check();
      return prepared;
    } catch (RuntimeException | Error e) {
      prepared.close();
      throw e;
    }
  }

  /**
   * Adds what else is wrong with a file that has problems already.
   *
   * @param broken inputs and queries that were not read as they are written
   */
  static void check(Pipeline pipeline, Set<Object> broken, Problems problems) {
    try (PreparedPipeline prepared = new PreparedPipeline(pipeline, problems)) {
      prepared.prepare(broken);
    }
  }

  private void prepare(Set<Object> broken) {
    boolean allInputsKnown = true;
    for (Pipeline.Input input : pipeline.inputs()) {
      allInputsKnown &= broken.contains(input) ? standInFor(input) : prepare(input);
    }
    if (allInputsKnown) {
      pipeline.queries().stream().filter(query -> !broken.contains(query)).forEach(this::prepare);
    }
  }

  /** Makes a view; returns whether queries that read it can be checked. */
  private boolean prepare(Pipeline.Input input) {
    try {
      load(input).createOrReplaceTempView(input.name());
      return true;
    } catch (MillraceException e) {
      String kind = input.streaming() ? "source " : "table ";
      problems.add(input.line(), kind + input.name() + ": " + e.getMessage());
      return standInFor(input);
    }
  }

  /** An empty stand-in lets the queries be checked all the same. */
  private boolean standInFor(Pipeline.Input input) {
    input.schema().ifPresent(schema -> standIn(input).createOrReplaceTempView(input.name()));
    return input.schema().isPresent();
  }

  private DataFrame standIn(Pipeline.Input input) {
    Schema schema = input.schema().orElseThrow();
    return input.streaming()
        ? session.memoryStream(schema).toDF()
        : session.createDataFrame(List.of(), schema);
  }

  private DataFrame load(Pipeline.Input input) {
    if (!input.streaming()) {
      DataFrameReader reader = session.read().format(input.format()).options(input.options());
      input.schema().ifPresent(reader::schema);
      return reader.load();
    }
    DataStreamReader reader = session.readStream().format(input.format()).options(input.options());
    input.schema().ifPresent(reader::schema);
    DataFrame frame = reader.load();
    return input
        .watermark()
        .map(
            watermark ->
                at(
                    watermark.line(),
                    frame,
                    () ->
                        frame.withWatermark(
                            watermark.column(), watermark.delay(), watermark.options())))
        .orElse(frame);
  }

  private void prepare(Pipeline.Query query) {
    int line = query.lineOf(1);
    try {
      DataFrame frame = session.sql(query.sql());
      line = query.line();
      DataStreamWriter writer = writer(query, frame);
      queries.add(new PreparedQuery(query, writer, writer.describe()));
    } catch (MillraceException e) {
      Matcher position = SQL_LINE.matcher(e.getMessage());
      if (position.find()) {
        line = query.lineOf(Integer.parseInt(position.group(1)));
      }
      problems.add(line, "query " + query.name() + ": " + e.getMessage());
    }
  }

  private static DataStreamWriter writer(Pipeline.Query query, DataFrame frame) {
    DataStreamWriter writer =
        frame
            .writeStream()
            .queryName(query.name())
            .outputMode(query.outputMode())
            .trigger(query.trigger())
            .format(query.output().format())
            .options(query.output().options())
            .partitionBy(query.output().partitionBy().toArray(String[]::new));
    query.checkpoint().ifPresent(path -> writer.option("checkpointLocation", path));
    return writer;
  }

  private <T> T at(int line, T otherwise, Supplier<T> action) {
    try {
      return action.get();
    } catch (AnalysisException e) {
      problems.add(line, e.getMessage());
      return otherwise;
    }
  }

  /** Has every progress report handed to the action. */
  public void onProgress(Consumer<StreamingQueryProgress> action) {
    session
        .streams()
        .addListener(
            new StreamingQueryListener() {
              @Override
              public void onQueryProgress(QueryProgressEvent event) {
                action.accept(event.progress());
              }
            });
  }

  /** Has the last committed epoch handed to the action, by query, when one goes on after it. */
  public void onResume(BiConsumer<String, Long> action) {
    session
        .streams()
        .addListener(
            new StreamingQueryListener() {
              @Override
              public void onQueryStarted(QueryStartedEvent event) {
                if (event.committedEpoch() >= 0) {
                  action.accept(event.name(), event.committedEpoch());
                }
              }
            });
  }

  /** How each query would run, by name. */
  public Map<String, String> explain() {
    Map<String, String> texts = new LinkedHashMap<>();
    queries.forEach(query -> texts.put(query.description().name(), query.explanation()));
    return texts;
  }

  public Pipeline pipeline() {
    return pipeline;
  }

  Session session() {
    return session;
  }

  List<PreparedQuery> queries() {
    return queries;
  }

  /** Stops what runs and gives everything back. */
  @Override
  public void close() {
    session.close();
  }
}
