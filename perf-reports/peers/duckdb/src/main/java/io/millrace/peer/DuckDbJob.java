package io.millrace.peer;

import io.millrace.perf.job.Answer;
import io.millrace.perf.job.Input;
import io.millrace.perf.job.Job;
import io.millrace.perf.job.Windows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The workloads as DuckDB's queries over the same files or a table of them, in batch: an upper
 * bound, since it need not give out what it does not know yet. The result becomes a table in memory; reading it is not
 * measured. The mode is not used.
 */
public final class DuckDbJob {
  private DuckDbJob() {}

  public static void main(String[] arguments) throws Exception {
    Job job = new Job(arguments);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = " + job.parallelism());
      statement.execute("SET preserve_insertion_order = false");
      statement.execute("SET TimeZone = 'UTC'");
      if (job.input() == Input.MEMORY) {
        statement.execute("CREATE TABLE readings AS SELECT * FROM " + files(job));
      }
      job.run(place -> run(statement, job));
    }
  }

  private static Runnable run(Statement statement, Job job) throws SQLException {
    statement.execute("DROP TABLE IF EXISTS result");
    statement.execute("CREATE TABLE result AS " + query(job));
    return () -> read(statement, job.workload());
  }

  private static String files(Job job) {
    return "read_json('"
        + job.readings().resolve("*.json")
        + "', format = 'newline_delimited', columns = {deviceId: 'VARCHAR', timestamp:"
        + " 'TIMESTAMP', temperature: 'DOUBLE'})";
  }

  private static String query(Job job) {
    String readings = job.input() == Input.MEMORY ? "readings" : files(job);
    String aggregates =
        "count(*) AS n, avg(temperature) AS mean, min(temperature) AS least, max(temperature) AS"
            + " greatest";
    return switch (job.workload()) {
      case "W1" ->
          "SELECT deviceId, epoch_us(timestamp) AS time, temperature FROM "
              + readings
              + " WHERE temperature > 100";
      case "W8" ->
          "SELECT count(*) AS n, sum(strlen(deviceId)) AS bytes, sum(epoch_us(timestamp)) AS times,"
              + " sum(temperature) AS temperatures FROM "
              + readings;
      case "W6" ->
          "SELECT deviceId, epoch_us(min(timestamp)) AS started, epoch_us(max(timestamp)) + 30000000"
              + " AS ended, "
              + aggregates
              + " FROM (SELECT *, sum(fresh) OVER (PARTITION BY deviceId ORDER BY timestamp ROWS"
              + " UNBOUNDED PRECEDING) AS session FROM (SELECT *, CASE WHEN timestamp - lag(timestamp)"
              + " OVER (PARTITION BY deviceId ORDER BY timestamp) > INTERVAL 30 SECOND THEN 1 ELSE 0"
              + " END AS fresh FROM "
              + readings
              + ")) GROUP BY deviceId, session";
      case "W3" ->
          "SELECT deviceId, started, started + 10000000 AS ended, "
              + aggregates
              + " FROM (SELECT *, unnest(range(epoch_us(timestamp) // 1000000 * 1000000 - 9000000,"
              + " epoch_us(timestamp) + 1, 1000000)) AS started FROM "
              + readings
              + ") GROUP BY deviceId, started";
      default -> {
        long sizeUs = Windows.of(job.workload()).sizeSeconds() * 1_000_000L;
        yield "SELECT deviceId, epoch_us(timestamp) // %d * %d AS started, started + %d AS ended, "
                .formatted(sizeUs, sizeUs, sizeUs)
            + aggregates
            + " FROM "
            + readings
            + " GROUP BY deviceId, started";
      }
    };
  }

  private static void read(Statement statement, String workload) {
    Answer.Part answer = Answer.part();
    try (ResultSet rows = statement.executeQuery("SELECT * FROM result")) {
      while (rows.next()) {
        switch (workload) {
          case "W1" ->
              answer.row(Answer.device(rows.getString(1)), rows.getLong(2), rows.getDouble(3));
          case "W8" ->
              answer.decoded(
                  rows.getLong(1),
                  rows.getBigDecimal(2).longValue(),
                  rows.getBigDecimal(3).longValue(),
                  rows.getDouble(4));
          default ->
              answer.window(
                  rows.getLong(2),
                  rows.getLong(3),
                  Answer.device(rows.getString(1)),
                  rows.getLong(4),
                  rows.getDouble(5),
                  rows.getDouble(6),
                  rows.getDouble(7));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("reading DuckDB's result", e);
    }
  }
}
