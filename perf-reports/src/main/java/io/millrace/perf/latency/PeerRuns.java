package io.millrace.perf.latency;

import io.millrace.perf.pace.Work;
import java.util.List;

/** Other engines in the modes that give them the lowest latency, and how they are set up. */
public final class PeerRuns {
  /** Those that take part. */
  public static final List<String> ENGINES = List.of("flink", "jet", "spark");

  private static final List<PeerRun> ALL =
      List.of(
          new PeerRun("flink", "exchange", Work.FILTER, false),
          new PeerRun("flink", "chained", Work.FILTER, false),
          new PeerRun("flink", "chained", Work.FILTER, true),
          new PeerRun("jet", "50", Work.FILTER, false),
          new PeerRun("jet", "50", Work.FILTER, true),
          new PeerRun("spark", "real-time", Work.FILTER, false),
          new PeerRun("spark", "real-time", Work.FILTER, true),
          new PeerRun("spark", "continuous", Work.FILTER, false),
          new PeerRun("spark", "continuous", Work.FILTER, true),
          new PeerRun("flink", "exchange", Work.WINDOW, false),
          new PeerRun("jet", "50", Work.WINDOW, false),
          new PeerRun("spark", "micro-batch", Work.WINDOW, false),
          new PeerRun("flink", "exchange", Work.AGGREGATE, false),
          new PeerRun("jet", "50", Work.AGGREGATE, false),
          new PeerRun("spark", "micro-batch", Work.AGGREGATE, false));

  /** Why an engine is set up as it is. */
  public record Setting(String engine, String what, String why) {}

  /** For the report. */
  public static final List<Setting> SETTINGS =
      List.of(
          new Setting(
              "millrace",
              "-Xmx64m, serial collector",
              "as the launcher starts it, with less memory; the long run with the launcher's own"),
          new Setting(
              "millrace",
              "yield, busy-spin, caller",
              "how its thread waits; with caller it has none, and the thread that appends runs the query"),
          new Setting(
              "millrace",
              "durability process, disk",
              "L3: rows and state outlive the process, or a power cut: disk forces before a result is given out"),
          new Setting(
              "flink", "mini cluster, parallelism 1, object reuse", "no copies, no network"),
          new Setting("flink", "buffer timeout 0", "a row does not wait for its buffer to fill"),
          new Setting(
              "flink",
              "chained, exchange",
              "the source's thread calls back, or hands rows on once"),
          new Setting(
              "flink",
              "L2: a watermark for each new millisecond",
              "a window closes as early as it can; its own generators wait 200 ms"),
          new Setting(
              "flink",
              "L3: window with a trigger that fires for each row, hashmap state",
              "a result at once; faster than RocksDB while it fits"),
          new Setting(
              "flink",
              "L3: at least once, a checkpoint per second to files",
              "results are visible at once; exactly once they would wait for the checkpoint"),
          new Setting(
              "jet",
              "one member, two cooperative threads",
              "no more threads than cores, no network"),
          new Setting(
              "jet",
              "50: µs that a thread without work sleeps",
              "by default it backs off to 500 and more"),
          new Setting(
              "jet",
              "L3: state per device, a result per row; at least once, snapshot per second in memory",
              "its windows give early results only by a timer; it has no other snapshots"),
          new Setting("spark", "local[2]", "as many tasks as cores"),
          new Setting(
              "spark",
              "real-time with a batch of 5 minutes, continuous",
              "its two modes without micro-batches; neither takes an aggregate"),
          new Setting(
              "spark",
              "L2, L3: micro-batches without a pause, pollingDelay = 1ms",
              "nothing faster can keep state; it checkpoints each batch, and in L3 gives a result per batch and group"),
          new Setting(
              "spark", "spark.sql.shuffle.partitions = 1", "100 keys; a task and a commit less"),
          new Setting(
              "spark",
              "FileSystemBasedCheckpointFileManager",
              "the default starts a process per file operation"),
          new Setting("flink", "heap 1 GB, G1", "the JVM's default collector"),
          new Setting("jet", "heap 1 GB, G1", "the same"),
          new Setting("spark", "heap 1 GB, G1", "the same"));

  private PeerRuns() {}

  static List<PeerRun> of(Work work, List<String> engines) {
    return ALL.stream()
        .filter(run -> run.work() == work && engines.contains(run.engine()))
        .toList();
  }
}
