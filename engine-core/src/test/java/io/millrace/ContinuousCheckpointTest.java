package io.millrace;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.RowPosition;
import io.millrace.types.Schema;
import io.millrace.types.StreamingQueryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Continuous queries over an inlet, with a checkpoint: what is taken in is taken in for good. */
class ContinuousCheckpointTest {
  private static final Schema SCHEMA = Schema.parse("k BIGINT, text STRING");
  private static final Trigger HOURLY = Trigger.continuous("1 hour");

  @TempDir Path checkpoint;

  private final List<String> seen = new ArrayList<>();

  /** Keeps what it was given, and fails where it is told to. */
  private class Application implements RowFunction {
    private final boolean resumes;
    private RowPosition last = RowPosition.START;
    private long failing = -1;

    Application(boolean resumes) {
      this.resumes = resumes;
    }

    @Override
    public void accept(RowView row) {
      if (row.getLong(0) == failing) {
        failing = -1;
        throw new IllegalStateException("no room for " + row.getLong(0));
      }
      seen.add(row.epoch() + "/" + row.rowNumber() + " " + row.toRow());
      last = new RowPosition(row.epoch(), row.rowNumber());
    }

    @Override
    public Optional<RowPosition> resumeFrom() {
      return resumes ? Optional.of(last) : Optional.empty();
    }
  }

  private StreamingQuery counts(Inlet inlet, RowFunction application, Trigger trigger) {
    return inlet
        .toDF()
        .groupBy(col("k"))
        .agg(count("*"))
        .writeStream()
        .outputMode("update")
        .foreachRow(application)
        .option("checkpointLocation", checkpoint)
        .threads(Threads.CALLER)
        .trigger(trigger)
        .start();
  }

  private static void append(InletWriter writer, long... keys) {
    for (long key : keys) {
      writer.setLong(0, key).setString(1, "text " + key).append();
    }
  }

  @ParameterizedTest
  @CsvSource({"disk, chronicle", "disk, file", "process, chronicle", "process, file"})
  void rowsThatTheApplicationHasDoNotComeAgain(String durability, String journal) {
    Object[] settings = {"millrace.durability", durability, "millrace.journal", journal};
    Application application = new Application(true);
    try (Session session = TestSession.open(settings);
        Inlet inlet = session.inlet("in", SCHEMA);
        InletWriter writer = inlet.writer()) {
      StreamingQuery query = counts(inlet, application, HOURLY);
      append(writer, 1, 2);
      query.poll();
      append(writer, 2, 3, 4);
      application.failing = 4;
      assertThatThrownBy(query::poll)
          .isInstanceOf(StreamingQueryException.class)
          .hasMessageContaining("no room for 4");
      assertThat(query.guarantee()).contains("exactly once, end to end, resumed by row number");
    }
    try (Session session = TestSession.open(settings);
        Inlet inlet = session.inlet("in", SCHEMA);
        InletWriter writer = inlet.writer()) {
      StreamingQuery query = counts(inlet, application, HOURLY);
      query.poll();
      append(writer, 4);
      query.poll();
    }
    assertThat(seen)
        .containsExactly(
            "0/0 [1,1]", "0/1 [2,1]", "0/2 [2,2]", "0/3 [3,1]", "0/4 [4,1]", "0/5 [4,2]");
  }

  /** More keys than are copied between two batches, so that most change before they are. */
  @Test
  void epochsOfManyKeysBecomeSafeWhileTheKeysChange() {
    int keys = 1_000;
    Map<Long, Long> counts = new HashMap<>();
    RowFunction application = row -> counts.put(row.getLong(0), row.getLong(1));
    for (int run = 0; run < 3; run++) {
      try (Session session = TestSession.open("millrace.snapshot.deltas", 1);
          Inlet inlet = session.inlet("in", SCHEMA);
          InletWriter writer = inlet.writer()) {
        StreamingQuery query = counts(inlet, application, Trigger.continuous("1 ms"));
        for (int key = 0; key < 10 * keys; key++) {
          append(writer, key * 7 % keys);
          if (key % 100 == 99) {
            query.poll();
          }
        }
        query.processAllAvailable();
        assertThat(query.lastProgress().sources().getFirst().metrics())
            .containsKey("numUncommittedBytes");
        query.stop();
      }
      long expected = 10L * (run + 1);
      assertThat(counts).hasSize(keys).allSatisfy((key, n) -> assertThat(n).isEqualTo(expected));
    }
    assertThat(checkpoint.resolve("state"))
        .isDirectoryContaining(file -> file.getFileName().toString().startsWith("snapshot-"));
  }

  @Test
  void otherApplicationsGetTheRowsOfAnUncommittedEpochAgain() {
    Application application = new Application(false);
    for (int run = 0; run < 2; run++) {
      try (Session session = TestSession.open();
          Inlet inlet = session.inlet("in", SCHEMA);
          InletWriter writer = inlet.writer()) {
        StreamingQuery query = counts(inlet, application, HOURLY);
        if (run == 0) {
          append(writer, 1, 2);
          query.poll();
          append(writer, 3);
          application.failing = 3;
          assertThatThrownBy(query::poll).isInstanceOf(StreamingQueryException.class);
        } else {
          assertThat(query.guarantee()).contains("at least once across a crash");
          query.poll();
        }
      }
    }
    assertThat(seen)
        .containsExactly("0/0 [1,1]", "0/1 [2,1]", "0/0 [1,1]", "0/1 [2,1]", "0/2 [3,1]");
  }

  @Test
  void aCleanStopLeavesNothingToComeAgainUnderAnyTrigger() {
    Trigger[] triggers = {HOURLY, Trigger.DEFAULT, HOURLY, Trigger.eventCount(1)};
    for (int run = 0; run < triggers.length; run++) {
      try (Session session = TestSession.open();
          Inlet inlet = session.inlet("in", SCHEMA);
          InletWriter writer = inlet.writer()) {
        StreamingQuery query = counts(inlet, new Application(false), triggers[run]);
        query.poll();
        append(writer, 7);
        query.poll();
        query.stop();
      }
    }
    assertThat(seen).containsExactly("0/0 [7,1]", "1/0 [7,2]", "2/0 [7,3]", "3/0 [7,4]");
  }

  @Test
  void anEpochEndsEarlyWhenItHasTakenInMuch() {
    try (Session session = TestSession.open("millrace.ingest.maxBytes", 1_000);
        Inlet inlet = session.inlet("in", SCHEMA);
        InletWriter writer = inlet.writer()) {
      StreamingQuery query = counts(inlet, new Application(false), HOURLY);
      for (int i = 0; i < 100; i++) {
        append(writer, i);
        query.poll();
      }
      query.processAllAvailable();
    }
    assertThat(seen).hasSize(100).doesNotHaveDuplicates();
    assertThat(seen.getLast()).doesNotStartWith("0/");
  }

  @Test
  void whatBeginsContinuousIsLateByRow() {
    try (Session session = TestSession.open();
        Inlet inlet = session.inlet("in", Schema.parse("ts TIMESTAMP"))) {
      String plan =
          inlet
              .toDF()
              .withWatermark("ts", "1 second")
              .groupBy(Functions.window(col("ts"), "1 second"))
              .agg(count("*"))
              .writeStream()
              .foreachRow(row -> {})
              .option("checkpointLocation", checkpoint)
              .trigger(HOURLY)
              .start()
              .guarantee();
      assertThat(plan).contains("live inputs are journaled");
    }
    assertThat(checkpoint.resolve("metadata.json")).content().contains("lateness by row");
  }
}
