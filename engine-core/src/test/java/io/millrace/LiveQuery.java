package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.state.storage.LocalStorage;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A query with a checkpoint over senders, and over a stream that can be read again if it is mixed,
 * through several processes; all of them see the same senders, checkpoint and {@link Ledger}.
 */
final class LiveQuery {
  private static final int ROWS = 60;
  private static final int ROWS_PER_STEP = 5;
  private static final Duration STEP = Duration.ofMillis(500);

  /**
   * How one process runs the query.
   *
   * @param settings keys and values in turn
   */
  record Way(boolean continuous, Threads threads, String lateness, List<Object> settings) {
    static Way of(boolean continuous, int parallelism, String lateness, Object... more) {
      List<Object> settings = new ArrayList<>(List.of(more));
      settings.addAll(List.of("millrace.execution", parallelism > 1 ? "staged" : "fused"));
      settings.addAll(List.of("millrace.parallelism", parallelism, "millrace.ringSlots", 2));
      settings.addAll(List.of("millrace.blockRows", 64, "millrace.snapshot.deltas", 2));
      settings.addAll(List.of("millrace.snapshot.minBytes", 1));
      Threads threads = parallelism > 1 ? Threads.ENGINE : Threads.CALLER;
      return new Way(continuous, threads, lateness, settings);
    }
  }

  private final Path checkpoint;
  private final LiveShape shape;
  private final boolean mixed;
  private final Ledger ledger;
  private final ManualClock clock = new ManualClock(0);
  private final Sender sender;
  private final List<Row> stream = rows("stream", false);
  private int streamed;

  /**
   * @param checkpoint also names the feed
   * @param resumes whether the application tells the query the last row that it has
   */
  LiveQuery(Path checkpoint, LiveShape shape, boolean mixed, boolean resumes) {
    this.checkpoint = checkpoint;
    this.shape = shape;
    this.mixed = mixed;
    this.ledger = new Ledger(resumes);
    this.sender = new Sender("sender", rows("k", !mixed));
  }

  /** Some may be late by their row; the last one closes all windows of the others. */
  private static List<Row> rows(String prefix, boolean late) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row(prefix + i % 3, i, i / 2 - (late && i % 11 == 10 ? 8 : 0)));
    }
    rows.add(row(prefix, ROWS, 10 * ROWS));
    return rows;
  }

  private static Row row(String key, long value, long second) {
    return Row.of(key, value, Instant.ofEpochSecond(second));
  }

  /** Runs in a process of its own until all is done or the process is dead. */
  void run(DyingProcess process, Way way) {
    try (Session session =
        TestSession.open(new LocalStorage(), clock, process, way.settings().toArray())) {
      MemoryStream replayable = session.memoryStream(Story.SCHEMA);
      stream.subList(0, streamed).forEach(replayable::addData);
      StreamingQuery query = start(session, replayable, process, way);
      try {
        drive(query, replayable, way);
      } finally {
        query.stop();
        assertThat(query.isActive()).isFalse();
      }
      if (query.exception().isPresent()) {
        throw query.exception().get();
      }
    } catch (MillraceException e) {
      if (!process.isDead()) {
        throw e;
      }
      assertThat(e).hasStackTraceContaining(DyingProcess.DEATH);
    } finally {
      LiveFeed.forget(checkpoint.toString());
    }
  }

  private StreamingQuery start(
      Session session, MemoryStream replayable, DyingProcess process, Way way) {
    DataFrame input =
        LiveFeed.frame(session, checkpoint.toString(), Story.SCHEMA, List.of(sender))
            .withWatermark("ts", "2 seconds");
    if (mixed) {
      input = input.union(replayable.toDF().withWatermark("ts", "2 seconds"));
    }
    return shape
        .of(input)
        .writeStream()
        .outputMode(shape.mode())
        .option("checkpointLocation", checkpoint)
        .option("lateness", way.lateness())
        .trigger(way.continuous() ? Trigger.continuous("1 second") : Trigger.DEFAULT)
        .foreachRow(ledger.of(process))
        .threads(way.threads())
        .start();
  }

  private void drive(StreamingQuery query, MemoryStream replayable, Way way) {
    while (!sender.hasSentAll() || mixed && streamed < stream.size()) {
      sender.send(ROWS_PER_STEP);
      for (int i = 0; i < ROWS_PER_STEP && streamed < stream.size(); i++) {
        replayable.addData(stream.get(streamed++));
      }
      clock.advance(STEP);
      if (way.threads() == Threads.CALLER) {
        query.poll();
      } else {
        query.processAllAvailable();
      }
    }
    query.processAllAvailable();
    assertThat(sender.isDone()).as("all rows are safe").isTrue();
  }

  /** The whole output in its order; of inputs that mix, in some order. */
  List<List<Object>> output() {
    List<List<Object>> rows = new ArrayList<>(ledger.rows());
    if (!shape.isAppend()) {
      return shape.last(rows);
    }
    if (mixed) {
      rows.sort(Comparator.comparing(List::toString));
    }
    return rows;
  }
}
