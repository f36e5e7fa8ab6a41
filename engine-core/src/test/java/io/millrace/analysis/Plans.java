package io.millrace.analysis;

import io.millrace.plan.LogicalPlan;
import io.millrace.sql.SqlParser;
import io.millrace.types.Schema;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A session's tables as tests need them, and queries over them. */
public final class Plans implements Catalog {
  public static final Schema READINGS =
      Schema.parse("deviceId STRING NOT NULL, timestamp TIMESTAMP, temperature DOUBLE");
  public static final Schema TYPES =
      Schema.parse(
          "flag BOOLEAN, tiny TINYINT, small SMALLINT, id INT NOT NULL, big BIGINT, real FLOAT,"
              + " price STRING, cost DECIMAL(10,2), raw BINARY, day DATE, ts TIMESTAMP, name STRING,"
              + " tags ARRAY<STRING>, device STRUCT<id: INT>, value DOUBLE NOT NULL");

  private static final Map<String, LogicalPlan> TABLES =
      Map.of(
          "readings", scan("readings", false),
          "stream", scan("stream", true),
          "events", new LogicalPlan.Watermark(scan("stream", true), "timestamp", 10_000_000),
          "t", scan("t", false),
          "hot", SqlParser.parseQuery("SELECT * FROM readings WHERE temperature > 100"),
          "itself", SqlParser.parseQuery("SELECT * FROM itself"));

  private static LogicalPlan scan(String name, boolean streaming) {
    return new LogicalPlan.Scan(name, "json", Optional.empty(), Map.of(), streaming);
  }

  @Override
  public Optional<LogicalPlan> table(String name) {
    return Optional.ofNullable(TABLES.get(name.toLowerCase(java.util.Locale.ROOT)));
  }

  @Override
  public Collection<String> names() {
    return List.of("hot", "readings", "stream", "t");
  }

  public static ResolvedPlan analyze(LogicalPlan plan, boolean ansi) {
    return new Analyzer(new Plans(), scan -> scan.name().equals("t") ? TYPES : READINGS, ansi)
        .analyze(plan);
  }

  public static ResolvedPlan sql(String text) {
    return analyze(SqlParser.parseQuery(text), true);
  }

  /** The expression over table {@code t}. */
  public static BoundExpression expression(String text) {
    return ((ResolvedPlan.Project) sql("SELECT " + text + " FROM t"))
        .columns()
        .getFirst()
        .expression();
  }
}
