package io.millrace.connectors.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Session;
import io.millrace.StreamingQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A query goes on whatever becomes of the server, and ends whatever it waits for. */
@Timeout(120)
class ReconnectTest {
  private final SocketQueries queries = new SocketQueries();

  private StreamingQuery start(Session session, int port) {
    return SocketQueries.reader(session, port)
        .load()
        .writeStream()
        .foreachRow(queries.record())
        .start();
  }

  @Test
  void aServerThatDiesAndComesBackIsReadAgain() throws Exception {
    try (Session session = SocketQueries.session();
        LineServer server = new LineServer()) {
      StreamingQuery query = start(session, server.port());
      server.accept().send("a\nhalf a line");
      assertThat(queries.next()).isEqualTo("a");
      server.reset();
      server.accept().send("b\n");
      assertThat(queries.next()).isEqualTo("b");
      Map<String, String> metrics = SocketQueries.metrics(query);
      assertThat(metrics)
          .containsEntry("connected", "1")
          .containsEntry("connections", "2")
          .containsEntry("outages", "1")
          .containsEntry("partialLines", "1")
          .containsEntry("numRejectedRows", "0");
      query.stop();
    }
  }

  @Test
  void aServerThatHangsUpIsReadAgainAndItsLastLineCounts() throws Exception {
    try (Session session = SocketQueries.session();
        LineServer server = new LineServer()) {
      StreamingQuery query = start(session, server.port());
      server.accept().send("a\nno newline").hangUp();
      assertThat(queries.next()).isEqualTo("a");
      assertThat(queries.next()).isEqualTo("no newline");
      server.accept().send("b\n");
      assertThat(queries.next()).isEqualTo("b");
      assertThat(SocketQueries.metrics(query))
          .containsEntry("partialLines", "0")
          .containsEntry("connections", "2");
      query.stop();
    }
  }

  @Test
  void aServerThatIsNotThereYetIsWaitedFor() throws Exception {
    int port = LineServer.freePort();
    try (Session session = SocketQueries.session()) {
      StreamingQuery query = start(session, port);
      try (LineServer server = new LineServer(port)) {
        server.accept().send("here\n");
        assertThat(queries.next()).isEqualTo("here");
        assertThat(SocketQueries.metrics(query)).containsEntry("connected", "1");
        query.stop();
      }
    }
  }

  @Test
  void attemptsAreCountedAndAnOutageIsOne() throws Exception {
    int port = LineServer.freePort();
    SocketInput input = InputFixture.input(port);
    InputFixture buffer = new InputFixture();
    input.start(buffer);
    while (input.metrics().get("failedAttempts") < 5) {
      Thread.onSpinWait();
    }
    assertThat(input.metrics()).containsEntry("outages", 1L).containsEntry("connected", 0L);
    input.close();
    assertThat(buffer.failure).isNull();
  }

  @Test
  void aQueryThatIsStillConnectingCanBeStopped() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<SocketChannel> crowd = fill(deaf);
      try (Session session = SocketQueries.session()) {
        StreamingQuery query =
            SocketQueries.reader(session, deaf.getLocalPort())
                .option("connectTimeout", "1 day")
                .load()
                .writeStream()
                .foreachRow(queries.record())
                .start();
        query.stop();
        assertThat(query.isActive()).isFalse();
      }
      for (SocketChannel each : crowd) {
        each.close();
      }
    }
  }

  /** Takes all places of those who wait to be accepted, so that whoever connects next waits. */
  private static List<SocketChannel> fill(ServerSocket server) throws IOException {
    List<SocketChannel> crowd = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
      crowd.add(channel);
    }
    return crowd;
  }

  @Test
  void aQueryThatWaitsToTryAgainCanBeStopped() {
    try (Session session = SocketQueries.session()) {
      StreamingQuery query =
          session
              .readStream()
              .format("socket")
              .option("host", "localhost")
              .option("port", LineServer.freePort())
              .option("reconnectDelay", "1 day")
              .load()
              .writeStream()
              .foreachRow(queries.record())
              .start();
      query.stop();
      assertThat(query.isActive()).isFalse();
    }
  }

  @Test
  void aHostWithoutAnAddressIsAnOutage() throws Exception {
    SocketInput input = InputFixture.input("no-such-host.invalid", 1);
    InputFixture buffer = new InputFixture();
    input.start(buffer);
    while (input.metrics().get("failedAttempts") < 1) {
      Thread.onSpinWait();
    }
    input.close();
    assertThat(buffer.failure).isNull();
  }
}
