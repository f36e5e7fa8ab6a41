package io.millrace.connectors.files;

import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.sum;
import static io.millrace.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.DataStreamWriter;
import io.millrace.Inlet;
import io.millrace.InletWriter;
import io.millrace.RowFunction;
import io.millrace.RowView;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Threads;
import io.millrace.Trigger;
import io.millrace.spi.RowPosition;
import io.millrace.types.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts per window over an inlet that one sender with a name appends to, who goes on behind what
 * is safe after each start; into json files, or a callback that keeps the last row's position. Late
 * rows go to json files. The caller's thread drives it.
 */
final class LivePipeline {
  private static final Schema SCHEMA = Schema.parse("k STRING, v BIGINT, ts TIMESTAMP");
  private static final String SENDER = "sender";
  private static final int ROWS = 60;
  private static final int ROWS_PER_STEP = 5;
  private static final long SECOND_US = 1_000_000;

  private final Path base;
  private final boolean toFiles;
  private final Application application = new Application();
  private long safe = -1;

  LivePipeline(Path base, boolean toFiles) {
    this.base = base;
    this.toFiles = toFiles;
  }

  /** Keeps what it is given together with the last row's position. */
  private static final class Application implements RowFunction {
    private final List<String> rows = new ArrayList<>();
    private RowPosition last = RowPosition.START;

    @Override
    public void accept(RowView row) {
      rows.add(row.toRow().toString());
      last = new RowPosition(row.epoch(), row.rowNumber());
    }

    @Override
    public Optional<RowPosition> resumeFrom() {
      return Optional.of(last);
    }
  }

  /** Runs until all rows are processed, or fails. */
  void run(Session session, boolean continuous) {
    Inlet inlet = session.inlet("in", SCHEMA);
    DataStreamWriter writer =
        inlet
            .toDF()
            .withWatermark("ts", "2 seconds")
            .groupBy(window(col("ts"), "5 seconds"), col("k"))
            .agg(count("*").as("n"), sum("v").as("total"))
            .select("window.start", "k", "n", "total")
            .writeStream()
            .outputMode("append")
            .option("checkpointLocation", base.resolve("ck"))
            .option("lateness", "row")
            .option("lateRowsTo", "json:" + base.resolve("late"))
            .trigger(continuous ? Trigger.continuous("1 millisecond") : Trigger.DEFAULT)
            .threads(Threads.CALLER);
    StreamingQuery query =
        toFiles
            ? writer.format("json").start(base.resolve("out").toString())
            : writer.foreachRow(application).start();
    try {
      drive(query, inlet);
    } finally {
      query.stop();
      assertThat(query.isActive()).isFalse();
    }
    if (query.exception().isPresent()) {
      throw query.exception().get();
    }
  }

  private void drive(StreamingQuery query, Inlet inlet) {
    tell(inlet);
    try (InletWriter writer = inlet.writer(SENDER)) {
      int next = (int) safe + 1;
      while (next <= ROWS) {
        for (int i = 0; i < ROWS_PER_STEP && next <= ROWS; i++) {
          append(writer, next++);
        }
        query.poll();
        tell(inlet);
      }
      query.processAllAvailable();
      tell(inlet);
    }
    assertThat(safe).isEqualTo(ROWS);
  }

  /** What is safe once stays safe. */
  private void tell(Inlet inlet) {
    long now = inlet.safeSequence(SENDER);
    assertThat(now).as("safe").isGreaterThanOrEqualTo(safe);
    safe = now;
  }

  /** Some are late by their row; the last one closes all windows of the others. */
  private static void append(InletWriter writer, int row) {
    long second = row == ROWS ? 10 * ROWS : row / 2 - (row % 11 == 10 ? 8 : 0);
    writer.setString(0, "k" + row % 3).setLong(1, row).setTimestamp(2, second * SECOND_US);
    assertThat(writer.append()).isEqualTo(row);
  }

  /** What came out, in the order in which it did. */
  List<String> rows() {
    return toFiles ? lines("out") : application.rows;
  }

  /** Late rows without what the watermark was then, which depends on how the input was cut. */
  List<String> late() {
    return lines("late").stream()
        .map(line -> line.replaceFirst("\"watermark\":\"[^\"]*\",", ""))
        .toList();
  }

  private List<String> lines(String folder) {
    List<String> lines = new ArrayList<>();
    SinkRun.visible(base.resolve(folder))
        .values()
        .forEach(text -> text.lines().forEach(lines::add));
    return lines;
  }
}
