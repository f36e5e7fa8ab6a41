package io.millrace.peer;

import io.millrace.perf.job.Answer;
import io.millrace.perf.job.Input;
import io.millrace.perf.job.Job;
import io.millrace.perf.job.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.legacy.RichSinkFunction;
import org.apache.flink.streaming.api.functions.source.legacy.RichParallelSourceFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/**
 * The workloads on Flink in a mini cluster with object reuse: DataStream API; each subtask reads
 * every P-th file in order, with one Jackson parser or from memory, and gives a watermark each
 * {@value #READINGS_PER_WATERMARK} readings. Queries at once
 * are parts of one Flink job. Checkpoints once a second. Modes: {@code heap} and
 * {@code rocksdb}, where state is kept.
 */
public final class FlinkJob {
  private static final int READINGS_PER_WATERMARK = 1_000;

  /** One row. */
  public static final class Reading {
    public String deviceId;
    public long timeMs;
    public double temperature;
  }

  /** One result. */
  public static final class Group {
    public long startMs;
    public long endMs;
    public String deviceId;
    public Tally tally;
  }

  private static final class Source extends RichParallelSourceFunction<Reading> {
    private static final long serialVersionUID = 1;
    private final List<String> files;
    private final boolean watermarks;
    private volatile boolean cancelled;

    Source(List<String> files, boolean watermarks) {
      this.files = files;
      this.watermarks = watermarks;
    }

    @Override
    public void run(SourceContext<Reading> context) throws Exception {
      int index = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      int step = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
      long latestMs = Long.MIN_VALUE;
      int left = READINGS_PER_WATERMARK;
      Reading reading = new Reading();
      for (int i = index; i < files.size() && !cancelled; i += step) {
        try (ReadingCursor cursor = ReadingColumns.open(files.get(i))) {
          while (cursor.next()) {
            reading.deviceId = cursor.deviceId;
            reading.timeMs = cursor.timeMs;
            reading.temperature = cursor.temperature;
            if (!watermarks) {
              context.collect(reading);
              continue;
            }
            context.collectWithTimestamp(reading, cursor.timeMs);
            latestMs = Math.max(latestMs, cursor.timeMs);
            if (--left == 0) {
              left = READINGS_PER_WATERMARK;
              context.emitWatermark(new Watermark(latestMs - Job.DELAY_SECONDS * 1_000L - 1));
            }
          }
        }
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private static final class Count implements AggregateFunction<Reading, Tally, Tally> {
    private static final long serialVersionUID = 1;

    @Override
    public Tally createAccumulator() {
      return new Tally();
    }

    @Override
    public Tally add(Reading reading, Tally tally) {
      return tally.add(reading.temperature);
    }

    @Override
    public Tally getResult(Tally tally) {
      return tally;
    }

    @Override
    public Tally merge(Tally one, Tally other) {
      return one.add(other);
    }
  }

  private static final class Result
      extends ProcessWindowFunction<Tally, Group, String, TimeWindow> {
    private static final long serialVersionUID = 1;
    private transient Group group;

    @Override
    public void open(OpenContext context) {
      group = new Group();
    }

    @Override
    public void process(
        String device, Context context, Iterable<Tally> tallies, Collector<Group> groups) {
      group.startMs = context.window().getStart();
      group.endMs = context.window().getEnd();
      group.deviceId = device;
      group.tally = tallies.iterator().next();
      groups.collect(group);
    }
  }

  private abstract static class Sink<T> extends RichSinkFunction<T> {
    private static final long serialVersionUID = 1;
    transient Answer.Part answer;

    @Override
    public void open(OpenContext context) {
      answer = Answer.part();
    }
  }

  private static final class Alerts extends Sink<Reading> {
    private static final long serialVersionUID = 1;

    @Override
    public void invoke(Reading reading, Context context) {
      answer.row(Answer.device(reading.deviceId), reading.timeMs * 1_000, reading.temperature);
    }
  }

  private static final class Decoded extends Sink<Reading> {
    private static final long serialVersionUID = 1;

    @Override
    public void invoke(Reading reading, Context context) {
      answer.decoded(1, reading.deviceId.length(), reading.timeMs * 1_000, reading.temperature);
    }
  }

  private static final class Groups extends Sink<Group> {
    private static final long serialVersionUID = 1;

    @Override
    public void invoke(Group group, Context context) {
      answer.window(
          group.startMs * 1_000,
          group.endMs * 1_000,
          Answer.device(group.deviceId),
          group.tally.count,
          group.tally.mean(),
          group.tally.least,
          group.tally.greatest);
    }
  }

  private FlinkJob() {}

  public static void main(String[] arguments) throws Exception {
    Job job = new Job(arguments);
    if (job.input() == Input.MEMORY) {
      ReadingColumns.load(job.files());
    }
    job.run(place -> run(job, place));
  }

  private static Runnable run(Job job, Path place) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("security.delegation.tokens.enabled", "false");
    configuration.setString("execution.checkpointing.dir", place.toUri().toString());
    if (job.mode().equals("rocksdb")) {
      useRocksDb(configuration, place);
    } else {
      configuration.setString("state.backend.type", "hashmap");
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(job.parallelism(), configuration);
    environment.getConfig().enableObjectReuse();
    if (job.checkpoint()) {
      environment.enableCheckpointing(1_000);
    }
    for (Job query : job.queries()) {
      add(environment, query);
    }
    environment.execute();
    return () -> {};
  }

  private static void add(StreamExecutionEnvironment environment, Job job) throws Exception {
    environment.setParallelism(job.parallelism());
    List<String> files = new ArrayList<>();
    job.files().forEach(file -> files.add(file.toString()));
    Windows windows = Windows.of(job.workload());
    DataStream<Reading> readings = environment.addSource(new Source(files, windows != null));
    if (windows != null) {
      readings
          .keyBy(reading -> reading.deviceId)
          .window(assigner(windows))
          .aggregate(new Count(), new Result())
          .addSink(new Groups());
    } else if (job.workload().equals("W1")) {
      readings.filter(reading -> reading.temperature > 100).addSink(new Alerts());
    } else {
      readings.addSink(new Decoded());
    }
  }

  private static void useRocksDb(Configuration configuration, Path place) {
    configuration.setString("state.backend.type", "rocksdb");
    configuration.setString("state.backend.rocksdb.localdir", place.resolve("rocksdb").toString());
    configuration.setString("state.backend.rocksdb.predefined-options", "FLASH_SSD_OPTIMIZED");
    configuration.setString("state.backend.rocksdb.use-bloom-filter", "true");
    configuration.setString("taskmanager.memory.managed.size", "512m");
    configuration.setString("execution.checkpointing.incremental", "true");
  }

  private static WindowAssigner<Object, TimeWindow> assigner(Windows windows) {
    Duration size = Duration.ofSeconds(windows.sizeSeconds());
    if (windows.session()) {
      return EventTimeSessionWindows.withGap(size);
    }
    return windows.slideSeconds() == windows.sizeSeconds()
        ? TumblingEventTimeWindows.of(size)
        : SlidingEventTimeWindows.of(size, Duration.ofSeconds(windows.slideSeconds()));
  }
}
