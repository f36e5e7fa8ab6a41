package io.millrace.peer;

import static com.hazelcast.jet.aggregate.AggregateOperations.counting;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.function.ToDoubleFunctionEx;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.SinkBuilder;
import com.hazelcast.jet.pipeline.SourceBuilder;
import com.hazelcast.jet.pipeline.StreamSource;
import com.hazelcast.jet.pipeline.StreamStage;
import com.hazelcast.jet.pipeline.WindowDefinition;
import io.millrace.perf.pace.Devices;
import io.millrace.perf.pace.PeerLoad;
import io.millrace.perf.pace.Work;
import java.io.Serializable;

/**
 * Hazelcast Jet as one member without a network, two cooperative threads, parallelism 1; snapshots,
 * once a second in memory, only where each row gives a result. The mode is how many microseconds a
 * thread without work sleeps.
 */
public final class JetLatency {
  /** One row. */
  private record Reading(String deviceId, long timestampMs, double temperature)
      implements Serializable {}

  /** The second of a device that is counted now. */
  private static final class Running implements Serializable {
    private static final long serialVersionUID = 1;
    private long second = Long.MIN_VALUE;
    private long count;
    private double greatest;

    Update add(Reading reading) {
      long its = Math.floorDiv(reading.timestampMs(), 1_000L);
      boolean same = its == second;
      second = its;
      count = same ? count + 1 : 1;
      greatest = same ? Math.max(greatest, reading.temperature()) : reading.temperature();
      return new Update(reading.deviceId(), second, count, greatest);
    }
  }

  /** What a row makes of its second. */
  private record Update(String deviceId, long second, long count, double greatest)
      implements Serializable {}

  /** Makes rows, one at a time. */
  private static final class Rows {
    private long row;

    Rows() {
      PeerLoad.begin();
    }

    /** The next row at its moment; null when there is none any more. */
    Reading next() {
      if (row == PeerLoad.rows()) {
        return null;
      }
      long intendedNs = PeerLoad.await(row);
      Reading reading =
          new Reading(
              Devices.name(row >> 1),
              PeerLoad.timestampMs(intendedNs),
              PeerLoad.temperature(row, intendedNs));
      row++;
      return reading;
    }
  }

  private JetLatency() {}

  public static void main(String[] arguments) throws Exception {
    PeerLoad.read(arguments);
    Config config = new Config();
    config.getJetConfig().setEnabled(true).setCooperativeThreadCount(2);
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    for (String threads : new String[] {"cooperative", "noncooperative"}) {
      for (String bound : new String[] {"min", "max"}) {
        config.setProperty(
            "hazelcast.jet.idle." + threads + "." + bound + ".microseconds", PeerLoad.mode());
      }
    }
    config.setProperty("hazelcast.phone.home.enabled", "false");
    JobConfig job = new JobConfig();
    if (PeerLoad.work() == Work.AGGREGATE) {
      job.setProcessingGuarantee(ProcessingGuarantee.AT_LEAST_ONCE)
          .setSnapshotIntervalMillis(1_000);
    }
    Hazelcast.newHazelcastInstance(config).getJet().newJob(pipeline(), job);
    PeerLoad.finish();
  }

  private static Pipeline pipeline() {
    Pipeline pipeline = Pipeline.create();
    StreamSource<Reading> source =
        SourceBuilder.timestampedStream("readings", context -> new Rows())
            .<Reading>fillBufferFn(
                (rows, buffer) -> {
                  Reading reading = rows.next();
                  if (reading != null) {
                    buffer.add(reading, reading.timestampMs());
                  }
                })
            .createSnapshotFn(rows -> rows.row)
            .restoreSnapshotFn((rows, saved) -> rows.row = saved.getFirst())
            .build();
    if (PeerLoad.work() == Work.WINDOW) {
      pipeline
          .readFrom(source)
          .withNativeTimestamps(0)
          .setLocalParallelism(1)
          .groupingKey(Reading::deviceId)
          .window(WindowDefinition.tumbling(1_000))
          .aggregate(counting())
          .setLocalParallelism(1)
          .writeTo(
              SinkBuilder.sinkBuilder("windows", context -> context)
                  .<com.hazelcast.jet.datamodel.KeyedWindowResult<String, Long>>receiveFn(
                      (context, window) -> PeerLoad.receivedWindow(window.end()))
                  .preferredLocalParallelism(1)
                  .build());
      return pipeline;
    }
    StreamStage<Reading> readings =
        pipeline.readFrom(source).withoutTimestamps().setLocalParallelism(1);
    StreamStage<Reading> filtered =
        readings.filter(reading -> reading.temperature() >= 0).setLocalParallelism(1);
    if (PeerLoad.work() == Work.FILTER) {
      filtered.writeTo(callback(Reading::temperature));
    } else {
      filtered
          .groupingKey(Reading::deviceId)
          .mapStateful(Running::new, (running, device, reading) -> running.add(reading))
          .setLocalParallelism(1)
          .writeTo(callback(Update::greatest));
    }
    return pipeline;
  }

  private static <T> Sink<T> callback(ToDoubleFunctionEx<T> moment) {
    return SinkBuilder.sinkBuilder("rows", context -> context)
        .<T>receiveFn((context, row) -> PeerLoad.received(moment.applyAsDouble(row)))
        .preferredLocalParallelism(1)
        .build();
  }
}
