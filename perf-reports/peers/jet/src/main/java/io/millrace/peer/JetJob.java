package io.millrace.peer;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.aggregate.AggregateOperation;
import com.hazelcast.jet.aggregate.AggregateOperation1;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.datamodel.KeyedWindowResult;
import com.hazelcast.jet.pipeline.BatchSource;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.SinkBuilder;
import com.hazelcast.jet.pipeline.SourceBuilder;
import com.hazelcast.jet.pipeline.StreamSource;
import com.hazelcast.jet.pipeline.WindowDefinition;
import io.millrace.perf.job.Answer;
import io.millrace.perf.job.Input;
import io.millrace.perf.job.Job;
import io.millrace.perf.job.Windows;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The workloads on Hazelcast Jet: one member without a network, as many cooperative threads as
 * asked. Its streams have no end, so behind the last reading come readings of {@value #ENDS} made-up
 * devices a day or two later; when all their windows are out all others are.
 */
public final class JetJob {
  private static final int ENDS = 64;
  private static final String END = "end-";
  private static final long DAY_MS = 86_400_000;

  /**
   * Two days after the first reading, the same for all that read, so that it is known how many
   * windows that makes. Every window's end between is gone through, so it is not far.
   */
  private static final long END_MS = Instant.parse("2025-10-12T12:00:00Z").toEpochMilli();

  private static final int READINGS_PER_CALL = 512;

  /** Added to a session's gap, since elsewhere sessions that just touch are one. */
  private static final long TOUCH_MS = 1;

  private static CountDownLatch ended;

  /** One row. */
  private record Reading(String deviceId, long timeMs, double temperature)
      implements Serializable {}

  /** Every P-th file in order. */
  private static final class Readings {
    private final List<String> files = new ArrayList<>();
    private ReadingCursor cursor;
    private int file;
    private int end = -1;
    private long latestMs = Long.MIN_VALUE;

    Readings(List<String> all, int index, int step) {
      for (int i = index; i < all.size(); i += step) {
        files.add(all.get(i));
      }
    }

    /** The next one; null at the end. */
    Reading next() throws IOException {
      while (true) {
        if (cursor == null) {
          if (file == files.size()) {
            return null;
          }
          cursor = ReadingColumns.open(files.get(file++));
        }
        if (cursor.next()) {
          latestMs = Math.max(latestMs, cursor.timeMs);
          return new Reading(cursor.deviceId, cursor.timeMs, cursor.temperature);
        }
        cursor.close();
        cursor = null;
      }
    }

    /** Readings that end windows; null when there are no more. */
    Reading nextEnd() {
      if (latestMs > END_MS - DAY_MS / 2) {
        throw new IllegalStateException("there are readings for more than a day and a half");
      }
      end++;
      if (end < ENDS) {
        return new Reading(END + end, END_MS, 0);
      }
      return end == ENDS ? new Reading(END, END_MS + DAY_MS, 0) : null;
    }
  }

  private JetJob() {}

  public static void main(String[] arguments) throws Exception {
    Job job = new Job(arguments);
    if (job.input() == Input.MEMORY) {
      ReadingColumns.load(job.files());
    }
    Config config = new Config();
    config.getJetConfig().setEnabled(true).setCooperativeThreadCount(job.parallelism());
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
    job.run(place -> run(member, job));
  }

  private static Runnable run(HazelcastInstance member, Job job) throws Exception {
    List<Job> queries = job.queries();
    Windows windows = Windows.of(job.workload());
    if (windows != null) {
      ended = new CountDownLatch(ENDS * windowsPerReading(windows) * queries.size());
    }
    List<com.hazelcast.jet.Job> running = new ArrayList<>();
    for (Job query : queries) {
      running.add(start(member, query));
    }
    if (windows == null) {
      running.forEach(com.hazelcast.jet.Job::join);
    } else {
      ended.await();
      running.forEach(com.hazelcast.jet.Job::cancel);
    }
    return () -> {};
  }

  private static int windowsPerReading(Windows windows) {
    return windows.session() ? 1 : windows.sizeSeconds() / windows.slideSeconds();
  }

  private static com.hazelcast.jet.Job start(HazelcastInstance member, Job job) throws Exception {
    List<String> files = new ArrayList<>();
    job.files().forEach(file -> files.add(file.toString()));
    Windows windows = Windows.of(job.workload());
    JobConfig config = new JobConfig();
    if (job.checkpoint()) {
      config
          .setProcessingGuarantee(ProcessingGuarantee.EXACTLY_ONCE)
          .setSnapshotIntervalMillis(1_000);
    }
    Pipeline pipeline = Pipeline.create();
    if (windows == null) {
      boolean alerts = job.workload().equals("W1");
      var readings = pipeline.readFrom(batch(files, job.parallelism()));
      if (alerts) {
        readings
            .filter(reading -> reading.temperature() > 100)
            .setLocalParallelism(job.parallelism())
            .writeTo(rows(job.parallelism(), true));
      } else {
        readings.writeTo(rows(job.parallelism(), false));
      }
      return member.getJet().newJob(pipeline, config);
    }
    pipeline
        .readFrom(stream(files, job.parallelism()))
        .withNativeTimestamps(Job.DELAY_SECONDS * 1_000L)
        .groupingKey(Reading::deviceId)
        .window(definition(windows))
        .aggregate(tally())
        .setLocalParallelism(job.parallelism())
        .writeTo(groups(job.parallelism(), windows.session() ? TOUCH_MS : 0));
    return member.getJet().newJob(pipeline, config);
  }

  private static BatchSource<Reading> batch(List<String> files, int parallelism) {
    return SourceBuilder.batch(
            "readings",
            context ->
                new Readings(files, context.globalProcessorIndex(), context.totalParallelism()))
        .<Reading>fillBufferFn(
            (readings, buffer) -> {
              for (int i = 0; i < READINGS_PER_CALL; i++) {
                Reading reading = readings.next();
                if (reading == null) {
                  buffer.close();
                  return;
                }
                buffer.add(reading);
              }
            })
        .distributed(parallelism)
        .build();
  }

  private static StreamSource<Reading> stream(List<String> files, int parallelism) {
    return SourceBuilder.timestampedStream(
            "readings",
            context ->
                new Readings(files, context.globalProcessorIndex(), context.totalParallelism()))
        .<Reading>fillBufferFn(
            (readings, buffer) -> {
              for (int i = 0; i < READINGS_PER_CALL; i++) {
                Reading reading = readings.next();
                if (reading == null) {
                  reading = readings.nextEnd();
                }
                if (reading == null) {
                  return;
                }
                buffer.add(reading, reading.timeMs());
              }
            })
        .distributed(parallelism)
        .build();
  }

  private static WindowDefinition definition(Windows windows) {
    long sizeMs = windows.sizeSeconds() * 1_000L;
    return windows.session()
        ? WindowDefinition.session(sizeMs + TOUCH_MS)
        : WindowDefinition.sliding(sizeMs, windows.slideSeconds() * 1_000L);
  }

  private static AggregateOperation1<Reading, Tally, Tally> tally() {
    return AggregateOperation.withCreate(Tally::new)
        .andAccumulate((Tally tally, Reading reading) -> tally.add(reading.temperature()))
        .andCombine((tally, other) -> tally.add(other))
        .andExportFinish(tally -> tally);
  }

  private static Sink<Reading> rows(int parallelism, boolean alerts) {
    return SinkBuilder.sinkBuilder("rows", context -> Answer.part())
        .<Reading>receiveFn(
            (answer, reading) -> {
              if (alerts) {
                answer.row(
                    Answer.device(reading.deviceId()),
                    reading.timeMs() * 1_000,
                    reading.temperature());
              } else {
                answer.decoded(
                    1,
                    reading.deviceId().length(),
                    reading.timeMs() * 1_000,
                    reading.temperature());
              }
            })
        .preferredLocalParallelism(parallelism)
        .build();
  }

  private static Sink<KeyedWindowResult<String, Tally>> groups(int parallelism, long addedMs) {
    return SinkBuilder.sinkBuilder("windows", context -> Answer.part())
        .<KeyedWindowResult<String, Tally>>receiveFn(
            (answer, window) -> {
              if (window.key().startsWith(END)) {
                ended.countDown();
                return;
              }
              Tally tally = window.result();
              answer.window(
                  window.start() * 1_000,
                  (window.end() - addedMs) * 1_000,
                  Answer.device(window.key()),
                  tally.count,
                  tally.mean(),
                  tally.least,
                  tally.greatest);
            })
        .preferredLocalParallelism(parallelism)
        .build();
  }
}
