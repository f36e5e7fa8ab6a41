package io.millrace.peer;

import static com.hazelcast.jet.aggregate.AggregateOperations.counting;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.SinkBuilder;
import com.hazelcast.jet.pipeline.SourceBuilder;
import com.hazelcast.jet.pipeline.StreamSource;
import com.hazelcast.jet.pipeline.StreamStage;
import com.hazelcast.jet.pipeline.WindowDefinition;
import io.millrace.perf.pace.Devices;
import io.millrace.perf.pace.PeerLoad;
import java.io.Serializable;

/**
 * Hazelcast Jet as one member without a network, two cooperative threads, parallelism 1, no
 * snapshots. The mode is how many microseconds a thread without work sleeps.
 */
public final class JetLatency {
  /** One row. */
  private record Reading(String deviceId, long timestampMs, double temperature)
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
    Hazelcast.newHazelcastInstance(config).getJet().newJob(pipeline());
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
            .build();
    if (PeerLoad.windows()) {
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
    readings
        .filter(reading -> reading.temperature() >= 0)
        .setLocalParallelism(1)
        .writeTo(
            SinkBuilder.sinkBuilder("rows", context -> context)
                .<Reading>receiveFn((context, reading) -> PeerLoad.received(reading.temperature()))
                .preferredLocalParallelism(1)
                .build());
    return pipeline;
  }
}
