package io.millrace.peer;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.jet.core.JobStatus;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.SinkBuilder;
import com.hazelcast.jet.pipeline.Sources;
import io.millrace.perf.job.Idle;
import java.util.Map;

/** Alerts over an empty folder on Hazelcast Jet, with its watcher of JSON files. */
public final class JetIdle {
  private JetIdle() {}

  public static void main(String[] arguments) throws Exception {
    Idle idle = new Idle(arguments);
    Config config = new Config();
    config.getJetConfig().setEnabled(true);
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    Pipeline pipeline = Pipeline.create();
    pipeline
        .readFrom(Sources.jsonWatcher(idle.readings().toString()))
        .withoutTimestamps()
        .filter(reading -> temperature(reading) > Idle.LIMIT)
        .writeTo(
            SinkBuilder.sinkBuilder("alerts", context -> "")
                .<Map<String, Object>>receiveFn(
                    (none, reading) ->
                        Idle.alert((String) reading.get("deviceId"), temperature(reading)))
                .build());
    var job = Hazelcast.newHazelcastInstance(config).getJet().newJob(pipeline);
    while (job.getStatus() != JobStatus.RUNNING) {
      Thread.sleep(1);
    }
    idle.measure();
  }

  private static double temperature(Map<String, Object> reading) {
    return ((Number) reading.get("temperature")).doubleValue();
  }
}
