package io.millrace.perf.alerts;

import io.millrace.DataFrame;
import io.millrace.DataStreamWriter;
import io.millrace.Session;
import io.millrace.benchmarks.data.Answer;
import io.millrace.benchmarks.data.Readings;
import java.nio.file.Path;

/** The query that is measured: readings above 100 degrees, three columns, into a callback. */
final class AlertsQuery {
  private final DataFrame alerts;
  private final CountingSink sink;

  /**
   * @param maxFilesPerTrigger files per epoch
   */
  AlertsQuery(Session session, Path folder, int maxFilesPerTrigger) {
    session
        .readStream()
        .format("json")
        .schema(Readings.SCHEMA)
        .option("maxFilesPerTrigger", maxFilesPerTrigger)
        .load(folder.toString())
        .createOrReplaceTempView("readings");
    alerts = session.sql(Readings.ALERTS);
    sink = new CountingSink(alerts.schema());
  }

  DataStreamWriter writer() {
    return alerts.writeStream().foreachArrow(sink);
  }

  /**
   * What has come out.
   *
   * @param rows that went in, as the query's progress says
   */
  Answer answer(long rows) {
    return new Answer(rows, sink.alerts(), sink.checksum());
  }
}
