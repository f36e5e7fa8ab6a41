package io.millrace.peer;

import io.millrace.perf.pace.Devices;
import io.millrace.perf.pace.PeerLoad;
import io.millrace.perf.pace.Work;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.legacy.SinkFunction;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/**
 * Flink in a mini cluster, parallelism 1, object reuse; checkpoints, once a second to files, only
 * where each row gives a result. Modes: {@code exchange}, where rows change threads behind the
 * source with buffer timeout 0, and {@code chained}, where the thread that makes a row also calls
 * back, and nothing is handed over.
 */
public final class FlinkLatency {
  /** As Flink's own generators of watermarks do. */
  private static final long USUAL_WATERMARK_MS = 200;

  /** One row. */
  public static final class Reading {
    public String deviceId;
    public long timestampMs;
    public double temperature;
  }

  /** Makes rows, and watermarks: for each new millisecond if windows give nothing before. */
  private static final class Source implements SourceFunction<Reading>, CheckpointedFunction {
    private static final long serialVersionUID = 1;
    private volatile boolean cancelled;
    private transient ListState<Long> saved;
    private long next;

    @Override
    public void run(SourceContext<Reading> context) {
      PeerLoad.begin();
      String[] devices = new String[Devices.names().length];
      for (int i = 0; i < devices.length; i++) {
        devices[i] = Devices.name(i);
      }
      Reading reading = new Reading();
      long watermarkMs = Long.MIN_VALUE;
      long stepMs = PeerLoad.work() == Work.WINDOW ? 1 : USUAL_WATERMARK_MS;
      long rows = PeerLoad.rows();
      for (long row = next; row < rows && !cancelled; row++) {
        next = row; // if there is a checkpoint now, this row comes again: at least once
        long intendedNs = PeerLoad.await(row);
        reading.deviceId = devices[(int) ((row >> 1) % devices.length)];
        reading.timestampMs = PeerLoad.timestampMs(intendedNs);
        reading.temperature = PeerLoad.temperature(row, intendedNs);
        if (PeerLoad.work() == Work.FILTER) {
          context.collect(reading);
          continue;
        }
        context.collectWithTimestamp(reading, reading.timestampMs);
        if (reading.timestampMs - 1 - stepMs >= watermarkMs) {
          watermarkMs = reading.timestampMs - 1;
          context.emitWatermark(new Watermark(watermarkMs));
        }
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      saved =
          context
              .getOperatorStateStore()
              .getListState(new ListStateDescriptor<>("next", Types.LONG));
      for (long row : saved.get()) {
        next = row;
      }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
      saved.update(List.of(next));
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
    configuration.setString(
        "execution.checkpointing.dir", PeerLoad.checkpoints().toUri().toString());
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    environment.getConfig().enableObjectReuse();
    environment.setBufferTimeout(0);
    DataStream<Reading> readings = environment.addSource(new Source());
    switch (PeerLoad.work()) {
      case FILTER -> {
        var filtered = filtered(readings);
        if (PeerLoad.mode().equals("exchange")) {
          filtered.startNewChain();
        }
        filtered.addSink(new Rows());
      }
      case WINDOW ->
          readings
              .keyBy(reading -> reading.deviceId)
              .window(TumblingEventTimeWindows.of(Duration.ofSeconds(1)))
              .aggregate(new Count(), new End())
              .addSink(new Windows());
      case AGGREGATE -> {
        environment.enableCheckpointing(1_000, CheckpointingMode.AT_LEAST_ONCE);
        FlinkUpdates.of(filtered(readings));
      }
    }
    environment.executeAsync();
    PeerLoad.finish();
  }

  private static SingleOutputStreamOperator<Reading> filtered(DataStream<Reading> readings) {
    return readings.filter(reading -> reading.temperature >= 0);
  }
}
