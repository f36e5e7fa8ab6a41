package io.millrace.gateway;

import io.millrace.DataFrame;
import io.millrace.DataFrameReader;
import io.millrace.Session;
import io.millrace.types.AnalysisException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sql",
    description = "Runs one query over files and prints the result; it must fit into memory.",
    footer = {
      "%nExamples:",
      "  millrace sql \"SELECT 1 + 1 AS two\"",
      "  millrace sql \"SELECT deviceId, max(temperature) FROM r GROUP BY deviceId\" \\",
      "    --source r=json:in/ --format csv \\",
      "    --schema r=\"deviceId STRING, temperature DOUBLE\""
    })
final class SqlCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "QUERY", description = "The SELECT.")
  private String query;

  @Option(
      names = "--source",
      paramLabel = "NAME=FORMAT:PATH",
      description = "Files that the query reads under that name; may be given more than once.")
  private Map<String, String> sources = new LinkedHashMap<>();

  @Option(
      names = "--schema",
      paramLabel = "NAME=COLUMNS",
      description = "A source's columns and types; without it the format finds them.")
  private Map<String, String> schemas = new LinkedHashMap<>();

  @Option(
      names = "--format",
      defaultValue = "TABLE",
      description = "table, csv or json; table unless given.")
  private ResultFormat format;

  SqlCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (Session session = Session.builder().appName("millrace sql").create()) {
      schemas.keySet().stream()
          .filter(name -> !sources.containsKey(name))
          .findFirst()
          .ifPresent(
              name -> {
                throw new AnalysisException("--schema " + name + ": there is no --source " + name);
              });
      sources.forEach((name, location) -> register(session, name, location));
      DataFrame result = session.sql(query);
      surroundings.terminal().out().print(format.text(result.schema(), result.collect()));
    }
    return ExitStatus.DONE;
  }

  private void register(Session session, String name, String location) {
    int colon = location.indexOf(':');
    if (colon <= 0) {
      throw new AnalysisException(
          "--source "
              + name
              + "="
              + location
              + ": expected NAME=FORMAT:PATH, for example readings=json:in/");
    }
    try {
      DataFrameReader reader = session.read().format(location.substring(0, colon));
      if (schemas.containsKey(name)) {
        reader.schema(schemas.get(name));
      }
      reader.load(location.substring(colon + 1)).createOrReplaceTempView(name);
    } catch (AnalysisException e) {
      throw new AnalysisException("--source " + name + ": " + e.getMessage(), e);
    }
  }
}
