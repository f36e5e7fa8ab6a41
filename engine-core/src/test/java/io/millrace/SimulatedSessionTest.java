package io.millrace;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.lit;
import static io.millrace.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session for tests: no thread, no time but the clock's, no file on the disk. */
class SimulatedSessionTest {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Schema NUMBERS = Schema.parse("n BIGINT");

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final Set<Thread> before = Thread.getAllStackTraces().keySet();

  @TempDir Path directory;

  @AfterEach
  void noThreadOfTheEngineWasStarted() {
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread))
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("millrace") || name.startsWith("snapshots"));
  }

  private Session session(long seed) {
    return Session.simulated(clock, seed);
  }

  private static void append(Inlet inlet, long... numbers) {
    for (long number : numbers) {
      assertThat(inlet.append(Row.of(number))).isNotNegative();
    }
  }

  private String checkpoint() {
    return directory.resolve("ck").toString();
  }

  @Test
  void continuousQueryIsDrivenByPollsAndEndsEpochsByTheClock() {
    List<Long> taken = new ArrayList<>();
    try (Session session = session(1);
        Inlet inlet = session.inlet("numbers", NUMBERS)) {
      StreamingQuery query =
          inlet
              .toDF()
              .filter(col("n").gt(1))
              .writeStream()
              .foreachRow(row -> taken.add(row.getLong(0)))
              .option("checkpointLocation", checkpoint())
              .trigger(Trigger.continuous("1 second"))
              .start();
      append(inlet, 1, 2, 3);
      assertThat(taken).as("nothing happens by itself").isEmpty();
      while (query.poll() > 0) {}
      assertThat(taken).containsExactly(2L, 3L);
      assertThat(query.lastProgress()).isNull();
      clock.advance(Duration.ofSeconds(1));
      query.poll();
      assertThat(query.lastProgress().batchId()).isZero();
      assertThat(query.lastProgress().numInputRows()).isEqualTo(3);
    }
    assertThat(directory).isEmptyDirectory();
  }

  /** As the page has it. */
  @Test
  void theExampleHolds() {
    List<Double> alarms = new ArrayList<>();
    try (Session session = Session.simulated(clock, 42)) {
      Inlet readings = session.inlet("readings", Schema.parse("device STRING, celsius DOUBLE"));
      StreamingQuery query =
          readings
              .toDF()
              .filter(col("celsius").gt(100.0))
              .writeStream()
              .foreachRow(row -> alarms.add(row.getDouble(1)))
              .option("checkpointLocation", "ck")
              .trigger(Trigger.continuous("1 second"))
              .start();
      readings.append(Row.of("a", 99.0));
      readings.append(Row.of("a", 101.5));
      while (query.poll() > 0) {}
      assertThat(alarms).containsExactly(101.5);
      clock.advance(Duration.ofSeconds(1));
      query.processAllAvailable();
      assertThat(query.lastProgress().batchId()).isZero();
    }
    assertThat(Path.of("ck")).doesNotExist();
  }

  @Test
  void processingTimeTriggerWaitsForTheClock() {
    List<Long> taken = new ArrayList<>();
    try (Session session = session(1);
        Inlet inlet = session.inlet("numbers", NUMBERS)) {
      StreamingQuery query =
          inlet
              .toDF()
              .writeStream()
              .foreachRow(row -> taken.add(row.getLong(0)))
              .trigger(Trigger.processingTime("10 seconds"))
              .start();
      query.processAllAvailable();
      append(inlet, 1);
      query.processAllAvailable();
      assertThat(taken).as("it is not time yet").isEmpty();
      clock.advance(Duration.ofSeconds(10));
      query.processAllAvailable();
      assertThat(taken).containsExactly(1L);
    }
  }

  @Test
  void idleTimeoutFollowsTheClock() {
    Schema schema = Schema.parse("ts TIMESTAMP");
    try (Session session = session(1);
        MemoryStream busy = session.memoryStream(schema);
        MemoryStream silent = session.memoryStream(schema)) {
      WatermarkOptions idle = WatermarkOptions.of().idleTimeout(Duration.ofMinutes(1));
      StreamingQuery query =
          busy.toDF()
              .withWatermark("ts", "0 seconds", idle)
              .union(silent.toDF().withWatermark("ts", "0 seconds", idle))
              .groupBy(window(col("ts"), "10 seconds"))
              .agg(count(lit(1)).as("rows"))
              .select(col("rows"))
              .writeStream()
              .queryName("counts")
              .format("memory")
              .outputMode("append")
              .start();
      Instant t = Instant.parse("2026-01-01T00:00:00Z");
      silent.addData(Row.of(t));
      busy.addData(Row.of(t), Row.of(t.plusSeconds(30)));
      query.processAllAvailable();
      assertThat(session.table("counts").collect()).isEmpty();
      clock.advance(Duration.ofSeconds(61));
      busy.addData(Row.of(t.plusSeconds(31)));
      query.processAllAvailable();
      query.processAllAvailable();
      assertThat(session.table("counts").collect()).containsExactly(Row.of(2L));
    }
  }

  @Test
  void aStoppedQueryGoesOnFromItsCheckpointInMemory() {
    List<Long> taken = new ArrayList<>();
    try (Session session = session(1);
        MemoryStream numbers = session.memoryStream(NUMBERS)) {
      DataStreamWriter writer =
          numbers
              .toDF()
              .writeStream()
              .foreachRow(row -> taken.add(row.getLong(0)))
              .option("checkpointLocation", checkpoint());
      numbers.addData(Row.of(1L));
      StreamingQuery first = writer.start();
      first.processAllAvailable();
      first.stop();
      numbers.addData(Row.of(2L));
      StreamingQuery second = writer.start();
      second.processAllAvailable();
      assertThat(second.id()).isEqualTo(first.id());
    }
    assertThat(taken).containsExactly(1L, 2L);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void filesAreOnTheDiskIfAskedFor() {
    try (Session session = Session.builder().simulated(clock, 1).filesOnDisk().create();
        MemoryStream numbers = session.memoryStream(NUMBERS)) {
      numbers.addData(Row.of(1L));
      numbers
          .toDF()
          .writeStream()
          .foreachRow(row -> {})
          .option("checkpointLocation", checkpoint())
          .trigger(Trigger.availableNow())
          .start()
          .awaitTermination();
    }
    assertThat(Files.exists(directory.resolve("ck/metadata.json"))).isTrue();
  }

  /** Three writers' numbers, and the sizes of the batches in which they came. */
  private List<String> batches(long seed, Trigger trigger) {
    List<String> batches = new ArrayList<>();
    List<Long> batch = new ArrayList<>();
    try (Session session = session(seed);
        Inlet inlet = session.inlet("numbers", NUMBERS)) {
      StreamingQuery query =
          inlet
              .toDF()
              .writeStream()
              .foreachRow(row -> batch.add(row.getLong(0)))
              .trigger(trigger)
              .start();
      for (int writer = 0; writer < 3; writer++) {
        try (InletWriter each = inlet.writer("w" + writer)) {
          for (int i = 0; i < 20; i++) {
            each.setLong(0, writer * 100 + i).append();
          }
        }
      }
      while (query.poll() > 0) {
        batches.add(batch.toString());
        batch.clear();
      }
    }
    return batches;
  }

  @Test
  void theSeedDecidesOrderAndBatches() {
    for (Trigger trigger : List.of(Trigger.DEFAULT, Trigger.continuous("1 second"))) {
      Set<List<String>> seen =
          LongStream.range(0, 20)
              .mapToObj(seed -> batches(seed, trigger))
              .collect(Collectors.toSet());
      assertThat(seen).hasSizeGreaterThan(10);
      assertThat(batches(3, trigger)).isEqualTo(batches(3, trigger));
      for (List<String> batches : seen) {
        assertThat(NUMBER.matcher(batches.toString()).results().map(MatchResult::group))
            .hasSize(60)
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  @SuppressWarnings("try") // the input ends before the query is waited for
  void waitingForAnEndThatNobodyBringsIsRefused() {
    try (Session session = session(1);
        MemoryStream numbers = session.memoryStream(NUMBERS)) {
      StreamingQuery query = numbers.toDF().writeStream().foreachRow(row -> {}).start();
      assertThatThrownBy(query::awaitTermination)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("simulated session");
      assertThat(query.awaitTermination(Duration.ofDays(1))).isFalse();
      numbers.close();
      query.awaitTermination();
      assertThat(query.isActive()).isFalse();
    }
  }

  @Test
  void aFullInletRefusesInsteadOfWaiting() {
    try (Session session = session(1);
        Inlet inlet =
            session.inlet("numbers", NUMBERS, InletOptions.defaults().withCapacityRows(64))) {
      inlet.toDF().writeStream().foreachRow(row -> {}).start();
      long sequence = 0;
      for (long i = 0; i < 10_000 && sequence >= 0; i++) {
        sequence = inlet.append(Row.of(i));
      }
      assertThat(sequence).isEqualTo(InletWriter.FULL);
    }
  }

  @Test
  void listenersAreToldAtOnce() {
    List<Long> rows = new ArrayList<>();
    try (Session session = session(1);
        MemoryStream numbers = session.memoryStream(NUMBERS)) {
      session
          .streams()
          .addListener(
              new StreamingQueryListener() {
                @Override
                public void onQueryProgress(QueryProgressEvent event) {
                  rows.add(event.progress().numInputRows());
                }
              });
      StreamingQuery query = numbers.toDF().writeStream().foreachRow(row -> {}).start();
      numbers.addData(Row.of(1L), Row.of(2L));
      query.processAllAvailable();
      assertThat(rows).containsExactly(2L);
    }
  }
}
