package io.millrace.connectors.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.DataStreamReader;
import io.millrace.RowFunction;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the tests of whole queries share: how they connect, and what they see. */
final class SocketQueries {
  private static final int WAIT_SECONDS = 30;

  /** What the query gave out and the test has not taken. */
  final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  static Session session(Object... settings) {
    Session.Builder builder = Session.builder().config("millrace.journal", "file");
    for (int i = 0; i < settings.length; i += 2) {
      builder.config(settings[i].toString(), settings[i + 1]);
    }
    return builder.create();
  }

  static DataStreamReader reader(Session session, int port) {
    return session
        .readStream()
        .format("socket")
        .option("host", "localhost")
        .option("port", port)
        .option("reconnectDelay", "1 millisecond");
  }

  RowFunction record() {
    return row -> seen.add(row.getString(0));
  }

  /** The next one, waiting for it. */
  String next() throws InterruptedException {
    String line = seen.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    assertThat(line).as("a line has come").isNotNull();
    return line;
  }

  /** The source's metrics in the report of the last epoch that read anything. */
  static Map<String, String> metrics(StreamingQuery query) {
    query.processAllAvailable();
    return query.lastProgress().sources().getFirst().metrics();
  }
}
