package io.millrace.connectors.socket;

import static io.millrace.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.DataFrame;
import io.millrace.DataStreamReader;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Trigger;
import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries over lines; each session's end proves that all memory was given back. */
@Timeout(120)
class SocketSourceTest {
  private final LineServer server = new LineServer();
  private final SocketQueries queries = new SocketQueries();

  @AfterEach
  void close() {
    server.close();
  }

  private DataStreamReader reader(Session session) {
    return SocketQueries.reader(session, server.port());
  }

  private StreamingQuery start(DataFrame frame, Trigger trigger) {
    return frame.writeStream().foreachRow(queries.record()).trigger(trigger).start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "processingTime"})
  void aLineIsARowAsSoonAsItIsThere(String trigger) throws Exception {
    try (Session session = SocketQueries.session()) {
      StreamingQuery query =
          start(
              reader(session).load(),
              trigger.equals("continuous")
                  ? Trigger.continuous("1 second")
                  : Trigger.processingTime("0 seconds"));
      server.accept().send("one\ntwo\r\nthr");
      assertThat(queries.next()).isEqualTo("one");
      assertThat(queries.next()).isEqualTo("two");
      server.send("ee\n\n");
      assertThat(queries.next()).isEqualTo("three");
      assertThat(queries.next()).isEmpty();
      query.stop();
      assertThat(queries.seen).isEmpty();
      assertThat(server.isLeft()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBoundedQueryReadsUntilTheServerHangsUp(boolean once) throws Exception {
    try (Session session = SocketQueries.session()) {
      StreamingQuery query =
          start(reader(session).load(), once ? Trigger.once() : Trigger.availableNow());
      server.accept().send("a\nb\nno newline");
      server.hangUp();
      query.awaitTermination();
      assertThat(queries.seen).containsExactly("a", "b", "no newline");
    }
  }

  @Test
  void aBoundedQueryOfAServerThatSaysNothingEnds() throws Exception {
    try (Session session = SocketQueries.session()) {
      StreamingQuery query = start(reader(session).load(), Trigger.availableNow());
      server.accept().hangUp();
      query.awaitTermination();
      assertThat(queries.seen).isEmpty();
    }
  }

  @Test
  void theOnlyEpochOfOnceTakesWhatThereIsRoomFor() throws Exception {
    try (Session session = SocketQueries.session()) {
      StreamingQuery query =
          start(reader(session).option("capacityRows", 64).load(), Trigger.once());
      server.accept().send("line\n".repeat(1_000));
      query.awaitTermination();
      assertThat(queries.seen).hasSize(128).containsOnly("line"); // two blocks of 64
    }
  }

  @Test
  void timestampsAreWhenLinesArrived() throws Exception {
    Instant before = ProcessHandle.current().info().startInstant().orElseThrow();
    try (Session session = SocketQueries.session()) {
      DataFrame lines = reader(session).option("includeTimestamp", true).load();
      assertThat(lines.schema()).isEqualTo(Schema.parse("value STRING, timestamp TIMESTAMP"));
      StreamingQuery query =
          lines
              .select("timestamp", "value")
              .writeStream()
              .format("memory")
              .queryName("stamped")
              .trigger(Trigger.availableNow())
              .start();
      server.accept().send("x\n").hangUp();
      query.awaitTermination();
      Row row = session.table("stamped").collect().getFirst();
      assertThat((Instant) row.get(0)).isAfter(before);
      assertThat(row.getString(1)).isEqualTo("x");
    }
  }

  @Test
  void linesAreCountedWithoutBeingKept() throws Exception {
    int lines = 1_000_000;
    AtomicLong counted = new AtomicLong();
    try (Session session = SocketQueries.session()) {
      StreamingQuery query =
          reader(session)
              .load()
              .filter(col("value").notEqual("nothing"))
              .writeStream()
              .foreachArrow((rows, epoch) -> counted.addAndGet(rows.getRowCount()))
              .trigger(Trigger.continuous("1 second"))
              .start();
      server.accept();
      byte[] thousand =
          "{\"deviceId\":\"device-17\",\"temperature\":21.5}\n"
              .repeat(1_000)
              .getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < lines / 1_000; i++) {
        server.send(thousand);
      }
      server.send("nothing\n");
      while (counted.get() < lines && query.isActive()) {
        Thread.onSpinWait();
      }
      assertThat(counted).hasValue(lines);
      assertThat(SocketQueries.metrics(query))
          .containsEntry("bytesRead", Long.toString((long) thousand.length * 1_000 + 8));
      query.stop();
    }
  }

  @Test
  void sqlReadsLinesToo() throws Exception {
    try (Session session = SocketQueries.session()) {
      reader(session).load().createOrReplaceTempView("lines");
      StreamingQuery query =
          start(
              session.sql("SELECT upper(value) AS line FROM lines WHERE value LIKE 'a%'"),
              Trigger.availableNow());
      server.accept().send("apple\nbanana\navocado\n").hangUp();
      query.awaitTermination();
      assertThat(queries.seen).containsExactly("APPLE", "AVOCADO");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void linesThatAreTooLongAreRejectedVisibly(String execution) throws Exception {
    try (Session session = SocketQueries.session("millrace.execution", execution)) {
      StreamingQuery query =
          start(
              reader(session).option("maxLineBytes", 100).option("rejectsTo", "memory:bad").load(),
              Trigger.processingTime("0 seconds"));
      server.accept().send("good\n" + "x".repeat(5_000) + "\nalso good\n");
      assertThat(queries.next()).isEqualTo("good");
      assertThat(queries.next()).isEqualTo("also good");
      query.processAllAvailable();
      Row bad = session.table("bad").collect().getFirst();
      assertThat(bad.getString(0)).isEqualTo("localhost:" + server.port());
      assertThat(bad.get(1)).isEqualTo(5L);
      assertThat(bad.getString(2)).isEqualTo("longer than maxLineBytes (100)");
      assertThat(new String((byte[]) bad.get(3), StandardCharsets.UTF_8))
          .startsWith("x".repeat(101));
      assertThat(
              query.recentProgress().stream()
                  .mapToLong(
                      progress ->
                          Long.parseLong(
                              progress.sources().getFirst().metrics().get("numRejectedRows")))
                  .sum())
          .isEqualTo(1);
      query.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void rejectsAloneReachTheirSinkWithoutARow(String execution) throws Exception {
    int lines = 500; // more than wait for the query
    try (Session session = SocketQueries.session("millrace.execution", execution)) {
      StreamingQuery query =
          start(
              reader(session).option("maxLineBytes", 5).option("rejectsTo", "memory:bad").load(),
              Trigger.availableNow());
      server.accept().send("too long\n".repeat(lines)).hangUp();
      query.awaitTermination();
      assertThat(queries.seen).isEmpty();
      assertThat(session.table("bad").collect()).hasSize(lines);
    }
  }

  @Test
  void aCountOfEventsDoesNotWaitForSendersWhomRejectsHold() throws Exception {
    try (Session session = SocketQueries.session()) {
      StreamingQuery query =
          start(reader(session).option("maxLineBytes", 5).load(), Trigger.eventCount(10));
      server.accept().send("too long\n".repeat(500) + "fine\n".repeat(10));
      for (int i = 0; i < 10; i++) {
        assertThat(queries.next()).isEqualTo("fine");
      }
      query.stop();
    }
  }

  @Test
  void aSlowQuerySlowsTheSenderInsteadOfTakingMemory() throws Exception {
    int lines = 300_000;
    String line = "x".repeat(99) + "\n";
    CountDownLatch muchIsSent = new CountDownLatch(1);
    AtomicLong counted = new AtomicLong();
    try (Session session = SocketQueries.session("millrace.memoryLimit", "8m")) {
      StreamingQuery query =
          reader(session)
              .option("capacityRows", 64)
              .load()
              .writeStream()
              .foreachRow(
                  row -> {
                    muchIsSent.await();
                    counted.incrementAndGet();
                  })
              .trigger(Trigger.availableNow())
              .start();
      server.accept();
      byte[] hundred = line.repeat(100).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < lines / 100; i++) {
        server.send(hundred);
        if (i == 5) {
          muchIsSent.countDown(); // six hundred lines: more than the query has taken
        }
      }
      server.hangUp();
      query.awaitTermination();
      assertThat(counted).hasValue(lines);
    }
  }

  @Test
  void tooLittleMemoryFailsTheQueryAndSaysSo() throws Exception {
    try (Session session = SocketQueries.session("millrace.memoryLimit", "2m")) {
      StreamingQuery query =
          start(
              reader(session).option("maxLineBytes", "16m").load(),
              Trigger.processingTime("0 seconds"));
      server.accept();
      assertThatThrownBy(
              () -> {
                try {
                  server.send("x".repeat(8 << 20) + "\n");
                } catch (java.io.IOException e) {
                  // The query has ended and nobody reads.
                }
                query.awaitTermination();
              })
          .hasMessageContaining("memory");
    }
  }

  @Test
  void explainDoesNotConnect() {
    try (Session session = SocketQueries.session()) {
      int port = LineServer.freePort();
      DataFrame lines = SocketQueries.reader(session, port).load();
      lines.explain();
      assertThat(lines.schema()).isEqualTo(Schema.parse("value STRING"));
    }
  }

  @Test
  void whatIsWrongIsSaidBeforeTheStart() {
    try (Session session = SocketQueries.session()) {
      Map<String, Map<String, String>> wrong =
          Map.of(
              "option port is missing", Map.of("host", "h"),
              "option host is missing", Map.of("port", "1"),
              "port is 70000, it must be 1 to 65535", Map.of("host", "h", "port", "70000"),
              "port is abc, it must be a whole number", Map.of("host", "h", "port", "abc"),
              "maxLineBytes is 0", Map.of("host", "h", "port", "1", "maxLineBytes", "0"),
              "reconnectDelay is 0 seconds, it must be 1 millisecond to 1 day",
                  Map.of("host", "h", "port", "1", "reconnectDelay", "0 seconds"),
              "unknown option prot", Map.of("host", "h", "prot", "1"));
      wrong.forEach(
          (message, options) ->
              assertThatThrownBy(
                      () -> session.readStream().format("socket").options(options).load().schema())
                  .isInstanceOf(AnalysisException.class)
                  .hasMessageContaining(message));
      assertThatThrownBy(() -> reader(session).schema("a INT").load().schema())
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("leave the schema out");
      assertThatThrownBy(
              () ->
                  session
                      .read()
                      .format("socket")
                      .option("host", "h")
                      .option("port", "1")
                      .load()
                      .collect())
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("readStream()");
    }
  }

  @Test
  void severalConnectionsOfOneQueryAreReadTogether() throws Exception {
    try (Session session = SocketQueries.session();
        LineServer other = new LineServer()) {
      StreamingQuery query =
          start(
              reader(session).load().union(SocketQueries.reader(session, other.port()).load()),
              Trigger.availableNow());
      server.accept().send("a\n").hangUp();
      other.accept().send("b\n").hangUp();
      query.awaitTermination();
      assertThat(queries.seen).containsExactlyInAnyOrderElementsOf(List.of("a", "b"));
      assertThat(IntStream.range(0, 2).mapToObj(i -> query.lastProgress().sources().get(i)))
          .allMatch(source -> source.description().startsWith("socket[localhost:"));
    }
  }
}
