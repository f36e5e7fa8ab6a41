package io.millrace.connectors.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.DataFrame;
import io.millrace.RowFunction;
import io.millrace.RowView;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Trigger;
import io.millrace.spi.RowPosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query with a checkpoint has taken in is not lost, though no server sends it again. */
@Timeout(120)
class SocketRecoveryTest {
  @TempDir Path folder;
  private final LineServer server = new LineServer();

  /** What the application keeps across its crashes, together with its position. */
  private final List<String> kept = new ArrayList<>();

  private RowPosition position = RowPosition.START;
  private final CountDownLatch last = new CountDownLatch(1);

  @AfterEach
  void close() {
    server.close();
  }

  /** Keeps each row with its position, until it fails at the given one. */
  private final class Application implements RowFunction {
    private final String failsAt;

    Application(String failsAt) {
      this.failsAt = failsAt;
    }

    @Override
    public void accept(RowView row) {
      String line = row.getString(0);
      if (line.equals(failsAt)) {
        throw new IllegalStateException("the application cannot take " + line);
      }
      kept.add(line);
      if (line.equals("last")) {
        last.countDown();
      }
      position = new RowPosition(row.epoch(), row.rowNumber());
    }

    @Override
    public Optional<RowPosition> resumeFrom() {
      return Optional.of(position);
    }
  }

  private StreamingQuery start(Session session, Trigger trigger, String failsAt) {
    DataFrame lines =
        SocketQueries.reader(session, server.port())
            .option("maxLineBytes", 100)
            .option("rejectsTo", "memory:bad")
            .load();
    return lines
        .writeStream()
        .foreachRow(new Application(failsAt))
        .option("checkpointLocation", folder.resolve("ck").toString())
        .trigger(trigger)
        .start();
  }

  private static List<String> lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "line " + i).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "availableNow"})
  void linesThatWereTakenInComeExactlyOnce(String name) throws Exception {
    Trigger trigger =
        name.equals("continuous") ? Trigger.continuous("1 hour") : Trigger.availableNow();
    int rejects;
    try (Session session = SocketQueries.session()) {
      StreamingQuery query = start(session, trigger, "line 500");
      server.accept();
      server.send("x".repeat(200) + "\n" + String.join("\n", lines(0, 1_000)) + "\n");
      assertThatThrownBy(query::awaitTermination).hasMessageContaining("cannot take line 500");
      rejects = session.table("bad").collect().size(); // of epochs that were committed
    }
    assertThat(kept).isEqualTo(lines(0, 500));
    try (Session session = SocketQueries.session()) {
      StreamingQuery query = start(session, trigger, "nothing");
      server.accept().send(String.join("\n", lines(5_000, 5_010)) + "\nlast\n");
      last.await();
      query.stop();
      rejects += session.table("bad").collect().size();
    }
    assertThat(rejects).isEqualTo(1);
    int taken = kept.size() - 11;
    assertThat(taken).isGreaterThan(500);
    assertThat(kept.subList(0, taken)).isEqualTo(lines(0, taken));
    assertThat(kept.subList(taken, taken + 10)).isEqualTo(lines(5_000, 5_010));
  }
}
