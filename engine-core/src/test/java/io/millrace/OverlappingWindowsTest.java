package io.millrace;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.first;
import static io.millrace.Functions.max;
import static io.millrace.Functions.min;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Row;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows that are put together of panes are those to which every row was added by itself. */
class OverlappingWindowsTest {
  private static final long SEED = Long.getLong("millrace.test.seed", 815);
  private static final int BATCHES = 14;

  @TempDir private Path directory;

  /**
   * @param seen what each step gave out and said
   * @param kept groups after each step
   */
  private record Told(List<String> seen, List<Long> kept) {}

  private static List<Row[]> batches() {
    Random random = new Random(SEED);
    List<Row[]> batches = new ArrayList<>();
    for (int batch = 0; batch < BATCHES; batch++) {
      // After a silence there are windows without a row.
      long now = batch * 9L + (batch > 9 ? 300 : 0);
      Row[] rows = new Row[random.nextInt(120)];
      for (int i = 0; i < rows.length; i++) {
        long millis = 1000 * now - 20_000 + random.nextInt(29_000);
        String key = "device-with-a-long-name-" + random.nextInt(6);
        rows[i] =
            Row.of(
                random.nextInt(9) == 0 ? null : random.nextBoolean() ? key : key.substring(20),
                random.nextInt(9) == 0 ? null : random.nextLong(1000),
                random.nextInt(20) == 0 ? null : Instant.ofEpochMilli(millis));
      }
      batches.add(rows);
    }
    return batches;
  }

  private static DataFrame grouped(DataFrame input, String windows, boolean byPane) {
    String[] parts = windows.split("/", -1);
    GroupedData groups =
        input
            .withWatermark("ts", "7 seconds")
            .groupBy(window(col("ts"), parts[0], parts[1], parts[2]), col("k"));
    // What depends on the order of rows is not put together of panes.
    Column last = byPane ? count("*").as("last") : first(col("v")).as("last");
    return groups
        .agg(
            count("*").as("n"),
            sum("v").as("total"),
            min("v").as("least"),
            max("k").as("greatest"),
            last)
        .select("window.start", "window.end", "k", "n", "total", "least", "greatest", "last");
  }

  private static Told tell(Path checkpoint, String windows, int threads, boolean byPane) {
    List<String> seen = new ArrayList<>();
    List<Long> kept = new ArrayList<>();
    try (Story story =
        Story.of("append", input -> grouped(input, windows, byPane))
            .checkpoint(checkpoint)
            .option("lateRowsTo", "memory:late")) {
      if (threads > 1) {
        story.parallel(threads);
      }
      List<Row[]> batches = batches();
      for (int i = 0; i < batches.size(); i++) {
        story.add(batches.get(i)).process();
        story.seen().forEach(row -> seen.add(row.substring(0, row.lastIndexOf(' '))));
        StreamingQueryProgress progress = story.progress();
        var state = progress.stateOperators().getFirst();
        kept.add(state.numRowsTotal());
        seen.add("late " + state.numRowsDroppedByWatermark() + ", " + progress.eventTime());
        story.session().table("late").collect().forEach(row -> seen.add(row.values().toString()));
        if (i % 4 == 3) {
          story.restart();
        }
      }
    }
    return new Told(seen, kept);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 10 seconds/2 seconds/0 seconds",
    "2, 10 seconds/2 seconds/1 second",
    "3, 30 seconds/1 second/0 seconds",
    "1, 2 minutes/1 minute/20 seconds"
  })
  void panesMakeUpTheSameWindows(int threads, String windows) {
    Told byPane = tell(directory.resolve("panes"), windows, threads, true);
    Told byWindow = tell(directory.resolve("windows"), windows, 1, false);
    assertThat(byPane.seen())
        .as("seed %d: -Dmillrace.test.seed=%d", SEED, SEED)
        .isEqualTo(byWindow.seen())
        .anyMatch(line -> line.startsWith("[stateStoreSave, late"))
        .anyMatch(line -> line.contains("device-with-a-long-name"));
    assertThat(total(byPane.kept()))
        .as("groups kept")
        .isPositive()
        .isLessThan(total(byWindow.kept()));
  }

  private static long total(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }

  /** Its saved rows would be taken for something else. */
  @Test
  void stateByPaneIsNotTakenForStateByWindow() {
    Path checkpoint = directory.resolve("checkpoint");
    try (Story story = counts("append", checkpoint)) {
      story.add(10, 11).gives();
    }
    try (Story story = counts("update", checkpoint)) {
      story.add(10, 11).refused("pane of window.start");
    }
  }

  private static Story counts(String mode, Path checkpoint) {
    return Story.of(
            mode,
            input ->
                input
                    .withWatermark("ts", "7 seconds")
                    .groupBy(window(col("ts"), "10 seconds", "5 seconds"))
                    .agg(count("*")))
        .checkpoint(checkpoint);
  }
}
