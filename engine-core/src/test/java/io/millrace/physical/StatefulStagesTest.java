package io.millrace.physical;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analysis.Plans;
import io.millrace.types.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators with state in all modes of {@link OperatorHarness}. */
class StatefulStagesTest {
  private static final long SECOND = 1_000_000;

  /** Rows that go forward in time with the watermark some seconds behind; then all is over. */
  private static List<OperatorHarness.Batch> batches(long seed) {
    Random random = new Random(seed);
    List<OperatorHarness.Batch> batches = new ArrayList<>();
    long watermark = WatermarkClock.NONE;
    for (int i = 0; i < 8; i++) {
      List<Row> rows = new ArrayList<>();
      long latest = -50 + 15L * i;
      for (int row = random.nextInt(100); row > 0; row--) {
        rows.add(
            Row.of(
                "device " + (int) (20 * Math.pow(random.nextDouble(), 3)),
                random.nextInt(20) == 0 ? null : Instant.ofEpochSecond(latest - random.nextInt(30)),
                random.nextInt(10) == 0 ? null : random.nextInt(100) / 8.0));
      }
      watermark = i % 3 == 0 ? watermark : (latest - 20) * SECOND;
      batches.add(new OperatorHarness.Batch(rows, watermark));
    }
    batches.add(new OperatorHarness.Batch(List.of(), 1_000_000 * SECOND));
    return batches;
  }

  private static void check(String sql, Emission emission) {
    for (long seed = 1; seed <= 2; seed++) {
      var results = new OperatorHarness(Plans.sql(sql), emission, batches(seed)).check();
      assertThat(results.stream().mapToInt(List::size).sum()).as("rows").isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(Emission.class)
  void windows(Emission emission) {
    check(
        "SELECT window.start, deviceId, count(*), sum(temperature), min(temperature) FROM events"
            + " GROUP BY window(timestamp, '7 seconds'), deviceId",
        emission);
  }

  @ParameterizedTest
  @EnumSource(Emission.class)
  void slidingWindowsWithListsAndDistinctValues(Emission emission) {
    check(
        "SELECT window.end, collect_list(temperature), count(DISTINCT deviceId), last(deviceId),"
            + " stddev(temperature), max_by(deviceId, temperature) FROM events"
            + " GROUP BY window(timestamp, '10 seconds', '3 seconds')",
        emission);
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "timestamp, deviceId"})
  void eventTimeItself(String keys) {
    check(
        "SELECT "
            + keys
            + ", avg(temperature) FROM events WHERE timestamp IS NOT NULL GROUP BY "
            + keys,
        Emission.APPEND);
  }

  @ParameterizedTest
  @CsvSource({"20 seconds, 10 seconds", "30 seconds, 30 seconds"})
  void windowsOfWindows(String size, String slide) {
    check(
        "SELECT window.start, sum(n), collect_list(deviceId) FROM (SELECT window, deviceId,"
            + " count(*) AS n FROM events GROUP BY window(timestamp, '5 seconds'), deviceId)"
            + " GROUP BY window(window_time(window), '"
            + size
            + "', '"
            + slide
            + "')",
        Emission.APPEND);
  }

  @ParameterizedTest
  @EnumSource(names = {"APPEND", "COMPLETE"})
  void sessions(Emission emission) {
    check(
        "SELECT session_window.start, session_window.end, deviceId, count(*), sum(temperature),"
            + " collect_list(temperature) FROM events GROUP BY session_window(timestamp, '3 seconds'),"
            + " deviceId",
        emission);
  }

  @Test
  void windowsOfSessions() {
    check(
        "SELECT window.start, sum(n) FROM (SELECT session_window, deviceId, count(*) AS n FROM events"
            + " GROUP BY session_window(timestamp, concat(length(deviceId), ' seconds')), deviceId)"
            + " GROUP BY window(window_time(session_window), '30 seconds')",
        Emission.APPEND);
  }
}
