package io.millrace.peer;

import io.millrace.perf.pace.Devices;
import io.millrace.perf.pace.PeerLoad;
import java.time.Duration;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.legacy.SinkFunction;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/**
 * Flink in a mini cluster, parallelism 1, object reuse, no checkpoint. Modes: {@code exchange},
 * where rows change threads behind the source with buffer timeout 0, and {@code chained}, where the
 * thread that makes a row also calls back, and nothing is handed over.
 */
public final class FlinkLatency {
  /** One row. */
  public static final class Reading {
    public String deviceId;
    public long timestampMs;
    public double temperature;
  }

  /** Makes rows, and a watermark for each new millisecond if windows are counted. */
  private static final class Source implements SourceFunction<Reading> {
    private static final long serialVersionUID = 1;
    private volatile boolean cancelled;

    @Override
    public void run(SourceContext<Reading> context) {
      PeerLoad.begin();
      String[] devices = new String[Devices.names().length];
      for (int i = 0; i < devices.length; i++) {
        devices[i] = Devices.name(i);
      }
      Reading reading = new Reading();
      long watermarkMs = Long.MIN_VALUE;
      long rows = PeerLoad.rows();
      for (long row = 0; row < rows && !cancelled; row++) {
        long intendedNs = PeerLoad.await(row);
        reading.deviceId = devices[(int) ((row >> 1) % devices.length)];
        reading.timestampMs = PeerLoad.timestampMs(intendedNs);
        reading.temperature = PeerLoad.temperature(row, intendedNs);
        if (!PeerLoad.windows()) {
          context.collect(reading);
          continue;
        }
        context.collectWithTimestamp(reading, reading.timestampMs);
        if (reading.timestampMs - 1 > watermarkMs) {
          watermarkMs = reading.timestampMs - 1;
          context.emitWatermark(new Watermark(watermarkMs));
        }
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private static final class Rows implements SinkFunction<Reading> {
    private static final long serialVersionUID = 1;

    @Override
    public void invoke(Reading reading, Context context) {
      PeerLoad.received(reading.temperature);
    }
  }

  private static final class Windows implements SinkFunction<Long> {
    private static final long serialVersionUID = 1;

    @Override
    public void invoke(Long endMs, Context context) {
      PeerLoad.receivedWindow(endMs);
    }
  }

  private static final class Count implements AggregateFunction<Reading, Long, Long> {
    private static final long serialVersionUID = 1;

    @Override
    public Long createAccumulator() {
      return 0L;
    }

    @Override
    public Long add(Reading reading, Long count) {
      return count + 1;
    }

    @Override
    public Long getResult(Long count) {
      return count;
    }

    @Override
    public Long merge(Long one, Long other) {
      return one + other;
    }
  }

  private static final class End extends ProcessWindowFunction<Long, Long, String, TimeWindow> {
    private static final long serialVersionUID = 1;

    @Override
    public void process(
        String device, Context context, Iterable<Long> counts, Collector<Long> ends) {
      ends.collect(context.window().getEnd());
    }
  }

  private FlinkLatency() {}

  public static void main(String[] arguments) throws Exception {
    PeerLoad.read(arguments);
    Configuration configuration = new Configuration();
    configuration.setString("security.delegation.tokens.enabled", "false");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    environment.getConfig().enableObjectReuse();
    environment.setBufferTimeout(0);
    DataStream<Reading> readings = environment.addSource(new Source());
    if (PeerLoad.windows()) {
      readings
          .keyBy(reading -> reading.deviceId)
          .window(TumblingEventTimeWindows.of(Duration.ofSeconds(1)))
          .aggregate(new Count(), new End())
          .addSink(new Windows());
    } else {
      var filtered = readings.filter(reading -> reading.temperature >= 0);
      if (PeerLoad.mode().equals("exchange")) {
        filtered.startNewChain();
      }
      filtered.addSink(new Rows());
    }
    environment.executeAsync();
    PeerLoad.finish();
  }
}
