package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millrace.types.Schema;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
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
}
