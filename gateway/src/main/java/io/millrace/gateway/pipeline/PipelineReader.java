package io.millrace.gateway.pipeline;

import io.millrace.OutputMode;
import io.millrace.Trigger;
import io.millrace.WatermarkOptions;
import io.millrace.spi.Durations;
import io.millrace.types.AnalysisException;
import io.millrace.types.Schema;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Turns a file's mappings into a {@link Pipeline}; everything wrong is reported. */
final class PipelineReader {
  private static final Pattern WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final List<String> INPUT_KEYS =
      List.of("format", "schema", "options", "watermark");
  private static final List<String> WATERMARK_KEYS =
      List.of("column", "delay", "idleTimeout", "maxFutureSkew");
  private static final List<String> TABLE_KEYS = List.of("format", "schema", "options");
  private static final List<String> QUERY_KEYS =
      List.of("sql", "outputMode", "trigger", "checkpoint", "sink");
  private static final List<String> SINK_KEYS = List.of("format", "options", "partitionBy");

  private final String file;
  private final Path folder;
  private final Problems problems;
  private final Set<Object> broken = new HashSet<>();

  PipelineReader(String file, Path folder, Problems problems) {
    this.file = file;
    this.folder = folder;
    this.problems = problems;
  }

  /** The inputs and queries that were not read as they are written. */
  Set<Object> broken() {
    return broken;
  }

  private <T> T noting(Supplier<T> reading) {
    int before = problems.count();
    T read = reading.get();
    if (problems.count() > before) {
      broken.add(read);
    }
    return read;
  }

  Pipeline read(YamlMapping content) {
    content.known(List.of("name", "sources", "tables", "queries"));
    boolean allKeysKnown = problems.isEmpty();
    Optional<String> name = content.text("name").map(Scalar::text);
    List<Pipeline.Input> inputs = new ArrayList<>();
    content
        .mapping("sources", "sources")
        .ifPresent(
            all ->
                all.eachMapping(
                    "source",
                    (key, source) ->
                        inputs.add(noting(() -> input(key, source.known(INPUT_KEYS), true)))));
    content
        .mapping("tables", "tables")
        .ifPresent(
            all ->
                all.eachMapping(
                    "table",
                    (key, table) ->
                        inputs.add(noting(() -> input(key, table.known(TABLE_KEYS), false)))));
    reportNamesakes(inputs);
    List<Pipeline.Query> queries = new ArrayList<>();
    Optional<YamlMapping> all = content.mapping("queries", "queries");
    all.ifPresent(
        mapping ->
            mapping.eachMapping(
                "query",
                (key, query) -> queries.add(noting(() -> query(key, query.known(QUERY_KEYS))))));
    if (all.isEmpty() || all.get().keys().isEmpty()) {
      content.report("queries", "there is no query; write at least one under queries");
    }
    reportSharedCheckpoints(queries);
    if (!allKeysKnown) { // what a misspelled key holds would be missed everywhere
      broken.addAll(queries);
    }
    return new Pipeline(file, name, inputs, queries);
  }

  /** SQL knows sources and tables by name alone, in any case. */
  private void reportNamesakes(List<Pipeline.Input> inputs) {
    Map<String, Pipeline.Input> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Pipeline.Input input : inputs) {
      Pipeline.Input first = seen.putIfAbsent(input.name(), input);
      if (first != null) {
        problems.add(
            input.line(), input.name() + " is also the name of the input in line " + first.line());
      }
    }
  }

  private void reportSharedCheckpoints(List<Pipeline.Query> queries) {
    Map<String, Pipeline.Query> seen = new HashMap<>();
    for (Pipeline.Query query : queries) {
      Pipeline.Query first = query.checkpoint().map(at -> seen.putIfAbsent(at, query)).orElse(null);
      if (first != null) {
        problems.add(
            query.line(),
            "query "
                + query.name()
                + ": its checkpoint is also that of query "
                + first.name()
                + " in line "
                + first.line()
                + "; give each query a folder of its own");
      }
    }
  }

  private Pipeline.Input input(String name, YamlMapping input, boolean streaming) {
    return new Pipeline.Input(
        name,
        input.line(),
        streaming,
        input.requireText("format", "format: json").map(Scalar::text).orElse(""),
        checked(input, "schema", Schema::parse),
        options(input),
        input.mapping("watermark", "watermark of " + name).flatMap(this::watermark));
  }

  private Optional<Pipeline.Watermark> watermark(YamlMapping watermark) {
    watermark.known(WATERMARK_KEYS);
    Optional<Scalar> column = watermark.requireText("column", "column: timestamp");
    Optional<Scalar> delay = watermark.requireText("delay", "delay: 10 seconds");
    checked(watermark, "delay", Durations::parse);
    WatermarkOptions options = WatermarkOptions.of();
    options = checked(watermark, "idleTimeout", options::idleTimeout).orElse(options);
    options = checked(watermark, "maxFutureSkew", options::maxFutureSkew).orElse(options);
    return column.isEmpty() || delay.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Pipeline.Watermark(
                watermark.line(), column.get().text(), delay.get().text(), options));
  }

  private Pipeline.Query query(String name, YamlMapping query) {
    Scalar sql =
        query
            .requireText("sql", "sql: SELECT * FROM readings")
            .orElse(new Scalar("", query.line(), false));
    Optional<Trigger> trigger =
        query.mapping("trigger", "trigger of " + name).map(TriggerForm::read);
    Optional<YamlMapping> sink = query.mapping("sink", "sink of " + name);
    if (sink.isEmpty()) {
      query.report("sink", "sink is missing; write for example sink: {format: console}");
    }
    return new Pipeline.Query(
        name,
        query.line(),
        sql.text(),
        sql.lineOf(1),
        sql.literal(),
        checked(query, "outputMode", OutputMode::parse).orElse(OutputMode.APPEND),
        trigger.orElse(Trigger.DEFAULT),
        checked(query, "checkpoint", this::absolute),
        sink.map(this::output).orElse(new Pipeline.Output(query.line(), "", Map.of(), List.of())));
  }

  private Pipeline.Output output(YamlMapping sink) {
    sink.known(SINK_KEYS);
    return new Pipeline.Output(
        sink.line(),
        sink.requireText("format", "format: json").map(Scalar::text).orElse(""),
        options(sink),
        sink.list("partitionBy").stream().map(Scalar::text).toList());
  }

  private Map<String, String> options(YamlMapping owner) {
    Map<String, String> options = new LinkedHashMap<>();
    owner
        .mapping("options", "options")
        .ifPresent(
            mapping ->
                mapping
                    .texts()
                    .forEach(
                        (key, value) ->
                            options.put(
                                key,
                                switch (key.toLowerCase(Locale.ROOT)) {
                                  case "path" -> checked(mapping, key, this::absolute).orElse("");
                                  case "rejectsto", "laterowsto" ->
                                      checked(mapping, key, this::absoluteTarget).orElse("");
                                  default -> value.text();
                                })));
    return options;
  }

  /** {@code format:path} with its path made absolute; {@code memory:table} stays. */
  private String absoluteTarget(String target) {
    int colon = target.indexOf(':');
    return colon < 0 || target.regionMatches(true, 0, "memory:", 0, 7)
        ? target
        : target.substring(0, colon + 1) + absolute(target.substring(colon + 1));
  }

  /** A path relative to the file's folder made absolute; an address with a scheme stays. */
  private String absolute(String path) {
    if (path.isBlank()) {
      throw new AnalysisException("the path is empty");
    }
    try {
      return WITH_SCHEME.matcher(path).matches()
          ? path
          : folder.resolve(path).normalize().toString();
    } catch (InvalidPathException e) {
      throw new AnalysisException("this is no path: " + e.getMessage(), e);
    }
  }

  /** A text converted; what is wrong with it is reported at its line. */
  private <T> Optional<T> checked(YamlMapping owner, String key, Function<String, T> conversion) {
    return owner
        .text(key)
        .flatMap(
            value -> {
              try {
                return Optional.of(conversion.apply(value.text()));
              } catch (AnalysisException e) {
                problems.add(value.line(), e.getMessage());
                return Optional.empty();
              }
            });
  }
}
