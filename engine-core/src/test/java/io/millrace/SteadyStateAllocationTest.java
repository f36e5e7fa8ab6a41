package io.millrace;

import static io.millrace.Functions.avg;
import static io.millrace.Functions.col;
import static io.millrace.Functions.count;
import static io.millrace.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millrace.types.Schema;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Once warm, a row's way from an application thread to a callback allocates nothing. */
@ExtendWith(EngineThreads.class)
class SteadyStateAllocationTest {
  private static final int ROWS = 100_000;
  private static final double MAX_BYTES_PER_ROW = 2;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private double sum;
  private long matched;

  private void rows(InletWriter writer, StreamingQuery query, byte[] device, int perPoll) {
    for (int i = 0; i < ROWS; i++) {
      writer.setUtf8(0, device, 0, device.length).setTimestamp(1, i).setDouble(2, i % 200).append();
      if (i % perPoll == 0) {
        query.poll();
      }
    }
    query.processAllAvailable();
    query.poll(); // idle, and then idle again
    query.poll();
  }

  private void row(RowView row) {
    sum += row.getDouble(2);
    matched++;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void aWarmContinuousQueryAllocatesNothingPerRow(int perPoll) {
    byte[] device = "device-A".getBytes(StandardCharsets.UTF_8);
    try (Session session = TestSession.open()) {
      Inlet inlet =
          session.inlet("i", Schema.parse("deviceId STRING, ts TIMESTAMP, temperature DOUBLE"));
      StreamingQuery query =
          inlet
              .toDF()
              .filter("temperature > 100")
              .writeStream()
              .foreachRow(this::row)
              .trigger(Trigger.continuous("1 hour"))
              .threads(Threads.CALLER)
              .start();
      try (InletWriter writer = inlet.writer()) {
        for (int i = 0; i < 10; i++) {
          rows(writer, query, device, perPoll);
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        rows(writer, query, device, perPoll);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat((double) allocated / ROWS).isLessThan(MAX_BYTES_PER_ROW);
      }
      assertThat(matched).isEqualTo(11L * ROWS * 99 / 200);
      assertThat(sum).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "default"})
  void anIdlePollAllocatesNothing(String trigger) {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("i", Schema.parse("id BIGINT"));
      StreamingQuery query =
          inlet
              .toDF()
              .writeStream()
              .foreachRow(this::row)
              .trigger(trigger.equals("default") ? Trigger.DEFAULT : Trigger.continuous("1 hour"))
              .threads(Threads.CALLER)
              .start();
      for (int i = 0; i < ROWS; i++) {
        query.poll();
      }
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < ROWS; i++) {
        query.poll();
      }
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertThat((double) allocated / ROWS).isLessThan(MAX_BYTES_PER_ROW);
    }
  }

  /**
   * What the query's thread may allocate: files of a journal come and go, a batch leaves nothing.
   */
  private static final double MAX_BYTES_PER_JOURNALED_ROW = 1;

  private static final double MAX_BYTES_PER_BATCH = 8;

  private DataStreamWriter query(Inlet inlet, boolean grouped, Path checkpoint) {
    DataFrame frame =
        grouped
            ? inlet
                .toDF()
                .withWatermark("ts", "1 second")
                .groupBy(window(col("ts"), "1 second"), col("deviceId"))
                .agg(count("*").as("rows"), avg(col("temperature")).as("temperature"))
            : inlet.toDF().filter("temperature > 100");
    DataStreamWriter writer =
        frame.writeStream().foreachRow(row -> matched++).trigger(Trigger.continuous("1 hour"));
    return checkpoint == null ? writer : writer.option("checkpointLocation", checkpoint.toString());
  }

  private static byte[][] devices() {
    return IntStream.range(0, 100)
        .mapToObj(i -> "device-%05d".formatted(i).getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }

  private static void append(InletWriter writer, byte[] device, long row) {
    writer.setUtf8(0, device, 0, device.length).setTimestamp(1, row * 1_000);
    writer.setDouble(2, row % 200).append();
  }

  @ParameterizedTest
  @CsvSource({
    "append, false, false, 1",
    "append, false, true, 1",
    "append, false, true, 100",
    "append, true, false, 100",
    "append, true, true, 1",
    "update, true, false, 100",
    "update, true, true, 1"
  })
  void aWarmQueryAllocatesNothingPerBatch(
      String mode, boolean grouped, boolean journaled, int perPoll, @TempDir Path folder) {
    byte[][] devices = devices();
    try (Session session = TestSession.open("millrace.durability", "process")) {
      Inlet inlet =
          session.inlet("i", Schema.parse("deviceId STRING, ts TIMESTAMP, temperature DOUBLE"));
      StreamingQuery query =
          query(inlet, grouped, journaled ? folder.resolve("ck") : null)
              .outputMode(mode)
              .threads(Threads.CALLER)
              .start();
      double bytesPerBatch = 0;
      try (InletWriter writer = inlet.writer("sender")) {
        long row = 0;
        for (int round = 0; round < 12; round++) {
          long before = THREADS.getCurrentThreadAllocatedBytes();
          for (int i = 0; i < ROWS; i++, row++) {
            append(writer, devices[i % devices.length], row);
            if (i % perPoll == 0) {
              query.poll();
            }
          }
          long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
          bytesPerBatch = (double) allocated * perPoll / ROWS;
        }
      }
      assertThat(matched).isPositive();
      assertThat(bytesPerBatch)
          .isLessThan(
              MAX_BYTES_PER_BATCH + (journaled ? MAX_BYTES_PER_JOURNALED_ROW * perPoll : 0));
    }
  }

  @ParameterizedTest
  @CsvSource({"false, park", "true, park", "true, yield"})
  void aWarmQueryThreadAllocatesNothing(boolean grouped, String wait, @TempDir Path folder) {
    byte[][] devices = devices();
    try (Session session =
        TestSession.open("millrace.durability", "process", "millrace.wait", wait)) {
      Inlet inlet =
          session.inlet("i", Schema.parse("deviceId STRING, ts TIMESTAMP, temperature DOUBLE"));
      query(inlet, grouped, folder.resolve("ck")).queryName("steady").start();
      long thread =
          Thread.getAllStackTraces().keySet().stream()
              .filter(each -> each.getName().equals("millrace-steady-query"))
              .mapToLong(Thread::threadId)
              .findFirst()
              .orElseThrow();
      double bytesPerRow = 0;
      try (InletWriter writer = inlet.writer("sender")) {
        long row = 0;
        for (int round = 0; round < 12; round++) {
          long before = THREADS.getThreadAllocatedBytes(thread);
          for (int i = 0; i < ROWS; i++, row++) {
            append(writer, devices[i % devices.length], row);
          }
          bytesPerRow = (double) (THREADS.getThreadAllocatedBytes(thread) - before) / ROWS;
        }
      }
      assertThat(bytesPerRow).isLessThan(MAX_BYTES_PER_ROW);
    }
  }
}
