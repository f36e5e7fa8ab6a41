package io.millrace.perf.latency;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.millrace.perf.pace.Delays;
import io.millrace.perf.pace.HistogramLog;
import io.millrace.perf.pace.Pace;
import io.millrace.perf.pace.Percentiles;
import io.millrace.perf.process.JsonFile;
import java.nio.file.Path;

/** The least that a change of threads costs: a number through a ring, at the same pace. */
public final class RingHop {
  private static final int SLOTS = 1 << 14;

  /** Times in nanoseconds. */
  public record Figures(
      String waitPolicy, long rowsPerSecond, Percentiles latency, Percentiles jitter) {
    /** Of its distributions. */
    public String id() {
      return "ring-" + waitPolicy + "-" + rowsPerSecond;
    }

    public String name() {
      return "a ring, " + waitPolicy;
    }
  }

  private RingHop() {}

  /** Arguments: the file for the figures, the wait policy, rows per second, warm-up, seconds. */
  public static void main(String[] arguments) throws InterruptedException {
    String waitPolicy = arguments[1];
    WaitStrategy waits =
        waitPolicy.equals("yield") ? new YieldingWaitStrategy() : new BusySpinWaitStrategy();
    Pace pace = Pace.soon(Long.parseLong(arguments[2]));
    double warmUpSeconds = Double.parseDouble(arguments[3]);
    Delays latency = new Delays(warmUpSeconds);
    Delays jitter = new Delays(warmUpSeconds);
    RingBuffer<long[]> ring = RingBuffer.createSingleProducer(() -> new long[1], SLOTS, waits);
    BatchEventProcessor<long[]> consumer =
        new BatchEventProcessorBuilder()
            .build(
                ring,
                ring.newBarrier(),
                (slot, sequence, endOfBatch) -> latency.record(slot[0], pace.elapsedNs()));
    ring.addGatingSequences(consumer.getSequence());
    Thread thread = new Thread(consumer, "consumer");
    thread.start();
    long rows = pace.rows(warmUpSeconds + Double.parseDouble(arguments[4]));
    for (long row = 0; row < rows; row++) {
      long intendedNs = pace.intendedNs(row);
      jitter.record(intendedNs, pace.await(intendedNs));
      long sequence = ring.next();
      ring.get(sequence)[0] = intendedNs;
      ring.publish(sequence);
    }
    while (consumer.getSequence().get() < rows - 1) {
      Thread.onSpinWait();
    }
    consumer.halt();
    thread.join();
    Path figures = Path.of(arguments[0]);
    HistogramLog.handOver(figures, latency.histogram("latency"), jitter.histogram("jitter"));
    JsonFile.write(
        figures,
        new Figures(
            waitPolicy, Long.parseLong(arguments[2]), latency.percentiles(), jitter.percentiles()));
  }
}
