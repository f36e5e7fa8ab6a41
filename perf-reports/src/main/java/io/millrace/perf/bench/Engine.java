package io.millrace.perf.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** An engine, and how its own experts would set it up for this. */
public enum Engine {
  MILLRACE(
      "io.millrace.perf.bench.MillraceJob",
      List.of("default"),
      List.of(
          new Setting("-Xmx512m, serial collector", "as the launcher starts it"),
          new Setting(
              "one file per epoch where there are windows", "an epoch's windows leave at its end"),
          new Setting("millrace.parallelism", "cores that share keys"),
          new Setting(
              "from memory: Arrow batches move into an inlet; alerts by the continuous trigger",
              "how a program gives away what it has; on one thread, as nothing is decoded"),
          new Setting(
              "windows from memory: millrace.execution = staged, micro-batches",
              "threads share keys; the continuous trigger keeps them on one"))),
  SPARK(
      "io.millrace.peer.SparkJob",
      List.of("hdfs", "rocksdb"),
      List.of(
          new Setting(
              "local[cores], spark.sql.shuffle.partitions = cores", "no more tasks than cores"),
          new Setting("spark.sql.adaptive.enabled = false", "it does not help streams, and costs"),
          new Setting(
              "FileSystemBasedCheckpointFileManager",
              "the default starts a process per file operation"),
          new Setting("spark.sql.streaming.pollingDelay = 1ms", "no waiting between batches"),
          new Setting("maxFilesPerTrigger = cores", "each core decodes a file per batch"),
          new Setting("hdfs, rocksdb", "its two state stores"),
          new Setting(
              "from memory: a columnar source of our own, a partition per file",
              "MemoryStream is for tests: it keeps rows and copies them"))),
  FLINK(
      "io.millrace.peer.FlinkJob",
      List.of("heap", "rocksdb"),
      List.of(
          new Setting("enableObjectReuse", "no copies between chained operators"),
          new Setting("one Jackson parser per subtask", "its SQL format is half as fast"),
          new Setting("heap: hashmap state", "faster than RocksDB while it fits"),
          new Setting(
              "rocksdb: incremental checkpoints, 512 MB managed memory, bloom filters,"
                  + " FLASH_SSD_OPTIMIZED",
              "only changes are written, state stays in the block cache, keys that are not there"
                  + " cost no read"),
          new Setting("checkpoint per second to files", "only where checkpoints are on"),
          new Setting(
              "from memory: arrays, equal device names one text",
              "no parser, and a text keeps its hash"))),
  JET(
      "io.millrace.peer.JetJob",
      List.of("memory"),
      List.of(
          new Setting("cooperative threads = cores", "no more threads than cores"),
          new Setting("one Jackson parser per processor", "faster than its JSON file source"),
          new Setting("session gap + 1 ms", "its sessions are two where they just touch"),
          new Setting(
              "snapshots per second in memory", "only where checkpoints are on; it has no others"),
          new Setting(
              "from memory: arrays, equal device names one text",
              "no parser, and a text keeps its hash"))),
  DUCKDB(
      "io.millrace.peer.DuckDbJob",
      List.of("batch"),
      List.of(
          new Setting("threads = cores", "as many as there are"),
          new Setting("preserve_insertion_order = false", "rows have no order here"),
          new Setting("result into a table in memory", "reading it is not measured"),
          new Setting(
              "from memory: a table made before", "as its users keep what they ask again")));

  /** Why an engine is set up as it is. */
  public record Setting(String what, String why) {}

  private final String program;
  private final List<String> modes;
  private final List<Setting> settings;

  Engine(String program, List<String> modes, List<Setting> settings) {
    this.program = program;
    this.modes = modes;
    this.settings = settings;
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Engine of(String id) {
    return Arrays.stream(values())
        .filter(engine -> engine.id().equals(id.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no engine "
                        + id
                        + "; there are "
                        + Arrays.stream(values()).map(Engine::id).toList()));
  }

  /** What makes a command run the same engines again. */
  static String peersOption(List<String> engines) {
    List<String> peers = engines.stream().filter(id -> !id.equals(MILLRACE.id())).toList();
    return peers.isEmpty() ? "" : " --peers " + String.join(",", peers);
  }

  public List<String> modes() {
    return modes;
  }

  public List<Setting> settings() {
    return settings;
  }

  String program() {
    return program;
  }

  /** Whether it runs a workload as it is meant. */
  boolean runs(Workload workload, String mode) {
    return switch (this) {
      case SPARK ->
          workload.checkpoint()
              ? mode.equals("hdfs") || workload.hasWindows()
              : mode.equals("hdfs") && !hasTwin(workload);
      case FLINK -> mode.equals("heap") || workload.hasWindows() && workload.checkpoint();
      case DUCKDB -> !workload.checkpoint();
      default -> true;
    };
  }

  /** Spark always keeps a checkpoint, so it takes part where one is asked for, if there is such. */
  private static boolean hasTwin(Workload workload) {
    return Arrays.stream(Workload.values())
        .anyMatch(
            other ->
                other.checkpoint()
                    && other.program().equals(workload.program())
                    && other.input() == workload.input());
  }
}
