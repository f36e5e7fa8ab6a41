package io.millrace;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.lit;
import static io.millrace.Functions.max;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Queries give the same rows wherever they crash, and one that does not is found. */
class CrashAnywhereTest {
  /** Of those that there could be, where there could be many. */
  private static final int CRASHES = 60;

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  private static final Schema READINGS = Schema.parse("device STRING, ts TIMESTAMP, value BIGINT");

  private static Row reading(String device, long second, long value) {
    return Row.of(device, T.plusSeconds(second), value);
  }

  private static DataFrame windows(DataFrame readings) {
    return readings
        .withWatermark("ts", "5 seconds")
        .groupBy(window(col("ts"), "10 seconds"), col("device"))
        .agg(count(lit(1)).as("rows"), sum(col("value")).as("total"));
  }

  private static void feed(SimulatedInput input) {
    input
        .appendFrom("p", "readings", reading("a", 1, 1), reading("b", 2, 2))
        .advance(Duration.ofMillis(400))
        .appendFrom("q", "readings", reading("a", 12, 3))
        .advance(Duration.ofMillis(700))
        .appendFrom("p", "readings", reading("a", 3, 100), reading("b", 17, 4))
        .appendFrom("q", "readings", reading("c", 31, 5))
        .advance(Duration.ofSeconds(1))
        .appendFrom("p", "readings", reading("b", 1, 1000), reading("c", 52, 6))
        .advance(Duration.ofSeconds(1));
  }

  @Test
  void continuousWindowsFromNamedSenders() {
    int crashes =
        Simulation.of(
                session ->
                    windows(session.inlet("readings", READINGS).toDF())
                        .writeStream()
                        .trigger(Trigger.continuous("1 second")),
                CrashAnywhereTest::feed)
            .seed(1)
            .atMost(CRASHES)
            .crashAnywhere();
    assertThat(crashes).isGreaterThan(CRASHES);
  }

  @Test
  void microBatchWindowsFromNamedSenders() {
    int crashes =
        Simulation.of(
                session -> windows(session.inlet("readings", READINGS).toDF()).writeStream(),
                CrashAnywhereTest::feed)
            .seed(2)
            .atMost(CRASHES)
            .crashAnywhere();
    assertThat(crashes).isGreaterThan(CRASHES);
  }

  @Test
  void updatesWithSnapshotsFromAMemoryStream() {
    int crashes =
        Simulation.of(
                session ->
                    session
                        .memoryStream(READINGS)
                        .toDF()
                        .groupBy("device")
                        .agg(max(col("value")).as("most"))
                        .writeStream()
                        .outputMode("update"),
                input -> {
                  for (int i = 0; i < 4; i++) {
                    input.addData(reading("a", i, i), reading("b" + i, i, i));
                  }
                })
            .config("millrace.snapshot.deltas", 2)
            .config("millrace.durability", "process")
            .crashAnywhere();
    assertThat(crashes).isGreaterThan(100);
  }

  @Test
  void completeResultsOfAContinuousQuery() {
    Simulation.of(
            session ->
                session
                    .memoryStream(READINGS)
                    .toDF()
                    .groupBy("device")
                    .agg(sum(col("value")).as("total"))
                    .writeStream()
                    .outputMode("complete")
                    .trigger(Trigger.continuous("1 second")),
            input ->
                input
                    .addData(reading("a", 1, 1))
                    .advance(Duration.ofSeconds(1))
                    .addData(reading("b", 1, 1), reading("a", 2, 5)))
        .atMost(CRASHES)
        .crashAnywhere();
  }

  /** As the page and the class's description have it. */
  @Test
  void theExampleHolds() {
    Simulation.crashAnywhere(
        42,
        session ->
            session
                .inlet("readings", Schema.parse("device STRING, celsius DOUBLE"))
                .toDF()
                .groupBy("device")
                .agg(max("celsius"))
                .writeStream()
                .outputMode("update")
                .trigger(Trigger.continuous("1 second")),
        input ->
            input
                .append("readings", Row.of("a", 21.5), Row.of("b", 3.0))
                .advance(Duration.ofSeconds(1))
                .append("readings", Row.of("a", 22.5)));
  }

  /** A query that takes a random number is no pure function of its journal. */
  @Test
  void aQueryThatIsNotTheSameAfterARestartIsFound() {
    AtomicInteger starts = new AtomicInteger();
    Function<Session, DataStreamWriter> query =
        session ->
            session
                .memoryStream(READINGS)
                .toDF()
                .select(col("value").plus(lit(starts.getAndIncrement() == 0 ? 0L : 1L)).as("v"))
                .writeStream();
    Consumer<SimulatedInput> input = in -> in.addData(reading("a", 1, 7));
    assertThatThrownBy(() -> Simulation.crashAnywhere(5, query, input))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 5")
        .hasMessageContaining("kill -9")
        .hasMessageMatching("(?s)after a crash .* at [A-Z_]+, hit 1.*");
  }

  @Test
  void aQueryWithoutOutputProvesNothing() {
    assertThatThrownBy(
            () ->
                Simulation.crashAnywhere(
                    1,
                    session ->
                        session.memoryStream(READINGS).toDF().filter("value > 10").writeStream(),
                    input -> input.addData(reading("a", 1, 7))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("gives no row");
  }

  @Test
  void whatCannotBeSimulatedIsRefused() {
    assertThatThrownBy(
            () ->
                Simulation.crashAnywhere(
                    1,
                    session ->
                        session.memoryStream(READINGS).toDF().writeStream().format("console"),
                    input -> {}))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("the query has a sink");
    assertThatThrownBy(
            () ->
                Simulation.crashAnywhere(
                    1,
                    session ->
                        session.memoryStream(READINGS).toDF().writeStream().trigger(Trigger.once()),
                    input -> {}))
        .hasMessageContaining("ends the query before its input comes");
    assertThatThrownBy(
            () ->
                Simulation.crashAnywhere(
                    1,
                    session -> session.inlet("readings", READINGS).toDF().writeStream(),
                    input -> input.append("other", reading("a", 1, 1))))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("no inlet named other");
  }
}
