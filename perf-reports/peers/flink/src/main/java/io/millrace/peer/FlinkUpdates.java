package io.millrace.peer;

import io.millrace.perf.pace.PeerLoad;
import java.time.Duration;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.legacy.SinkFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/** Count and greatest temperature per device and second; each row gives a result at once. */
final class FlinkUpdates {
  /** State and result of one window. */
  public static final class Running {
    public long count;
    public double greatest = Double.NEGATIVE_INFINITY;
  }

  private static final class Add
      implements AggregateFunction<FlinkLatency.Reading, Running, Running> {
    private static final long serialVersionUID = 1;

    @Override
    public Running createAccumulator() {
      return new Running();
    }

    @Override
    public Running add(FlinkLatency.Reading reading, Running running) {
      running.count++;
      running.greatest = Math.max(running.greatest, reading.temperature);
      return running;
    }

    @Override
    public Running getResult(Running running) {
      return running;
    }

    @Override
    public Running merge(Running one, Running other) {
      one.count += other.count;
      one.greatest = Math.max(one.greatest, other.greatest);
      return one;
    }
  }

  /** The window itself clears its state at its end. */
  private static final class EachRow extends Trigger<FlinkLatency.Reading, TimeWindow> {
    private static final long serialVersionUID = 1;

    @Override
    public TriggerResult onElement(
        FlinkLatency.Reading reading, long timestampMs, TimeWindow window, TriggerContext context) {
      return TriggerResult.FIRE;
    }

    @Override
    public TriggerResult onProcessingTime(
        long timeMs, TimeWindow window, TriggerContext context) {
      return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onEventTime(long timeMs, TimeWindow window, TriggerContext context) {
      return TriggerResult.CONTINUE;
    }

    @Override
    public void clear(TimeWindow window, TriggerContext context) {}
  }

  private static final class Updates implements SinkFunction<Running> {
    private static final long serialVersionUID = 1;

    @Override
    public void invoke(Running running, Context context) {
      PeerLoad.received(running.greatest);
    }
  }

  private FlinkUpdates() {}

  static void of(DataStream<FlinkLatency.Reading> readings) {
    readings
        .keyBy(reading -> reading.deviceId)
        .window(TumblingEventTimeWindows.of(Duration.ofSeconds(1)))
        .trigger(new EachRow())
        .aggregate(new Add())
        .addSink(new Updates());
  }
}
