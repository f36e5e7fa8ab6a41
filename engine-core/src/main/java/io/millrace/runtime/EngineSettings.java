package io.millrace.runtime;

import io.millrace.physical.WatermarkClock;
import io.millrace.spi.Options;
import io.millrace.state.batch.BatchCompression;
import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.snapshot.SnapshotOptions;
import io.millrace.types.AnalysisException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A session's settings as a query needs them; defaults where the user said nothing.
 *
 * @param parallelism pipelines of a query that can be shared out
 * @param journal of a query with a checkpoint
 * @param stopTimeout how long a stop waits for callbacks and sinks before it interrupts them
 * @param memoryLimitBytes off-heap memory of one query
 * @param diskReserveBytes free space without which a query with a checkpoint begins no epoch; 0 for
 *     no such check
 * @param watermarkPolicy how several watermarks become one
 * @param lateness when a row is late, unless the query says otherwise; empty for the default of its
 *     trigger
 * @param snapshots when snapshots of state are written
 * @param ingestMaxBytes a continuous epoch that has taken in so much ends before its interval
 */
public record EngineSettings(
    int parallelism,
    Execution execution,
    WaitPolicy waitPolicy,
    BlockSizes sizes,
    boolean ansi,
    JournalOptions journal,
    Duration pollingDelay,
    Duration stopTimeout,
    long memoryLimitBytes,
    long diskReserveBytes,
    WatermarkClock.Policy watermarkPolicy,
    Optional<Lateness> lateness,
    SnapshotOptions snapshots,
    long ingestMaxBytes) {
  /** The file that describes the session's queries, for those who find a checkpoint. */
  public static final String PIPELINE = "millrace.pipeline";

  private static final String PREFIX = "millrace.";
  private static final long MIN_INGEST_SEGMENT_BYTES = 16 << 20;
  private static final long MIN_JOURNAL_BLOCK_BYTES = 64 << 10;

  /** To 16 MB where the first segment has one. */
  private static final int STATE_GROWTH = 16;

  private static final long DEFAULT_INGEST_MAX_BYTES = 256L << 20;
  private static final Duration DEFAULT_POLLING_DELAY = Duration.ofMillis(10);
  private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final long DEFAULT_DISK_RESERVE_BYTES = 16 << 20;

  /** Whether a query's stages share a thread. */
  public enum Execution {
    /** Several threads where input must be decoded and rows can be handled apart, else one. */
    AUTO,
    FUSED,
    STAGED
  }

  private static final List<String> KNOWN =
      List.of(
          "millrace.appName",
          PIPELINE,
          "millrace.parallelism",
          "millrace.execution",
          "millrace.wait",
          "millrace.blockRows",
          "millrace.chunkBytes",
          "millrace.ringSlots",
          "millrace.ansi",
          "millrace.durability",
          "millrace.journal",
          "millrace.journal.blockSize",
          "millrace.pollingDelay",
          "millrace.stopTimeout",
          "millrace.memoryLimit",
          "millrace.diskReserve",
          "millrace.ingest.maxBytes",
          "millrace.watermarkPolicy",
          "millrace.lateness",
          "millrace.snapshot.deltas",
          "millrace.snapshot.minBytes",
          "millrace.snapshot.compression");

  /**
   * @throws AnalysisException if a {@code millrace.} setting is unknown or has a wrong value
   */
  public static EngineSettings of(Map<String, String> config) {
    Options options = new Options("session", config);
    Options ours = new Options("session", onlyOurs(config));
    ours.requireKnown(KNOWN);
    int parallelism =
        options.getInt("millrace.parallelism", Runtime.getRuntime().availableProcessors());
    int blockRows = options.getInt("millrace.blockRows", BlockSizes.DEFAULT_ROWS);
    long chunkBytes = options.getBytes("millrace.chunkBytes", BlockSizes.DEFAULT_CHUNK_BYTES);
    int ringSlots = options.getInt("millrace.ringSlots", BlockSizes.DEFAULT_RING_SLOTS);
    long memoryLimit = options.getBytes("millrace.memoryLimit", Long.MAX_VALUE);
    long diskReserve = options.getBytes("millrace.diskReserve", DEFAULT_DISK_RESERVE_BYTES);
    require(parallelism >= 1 && parallelism <= 64, "millrace.parallelism", parallelism, "1 to 64");
    require(
        blockRows >= 64 && blockRows <= 1 << 20, "millrace.blockRows", blockRows, "64 to 1048576");
    require(
        chunkBytes >= 64 && chunkBytes <= 1 << 30,
        "millrace.chunkBytes",
        chunkBytes,
        "64 bytes to 1 GiB");
    require(
        Integer.bitCount(ringSlots) == 1 && ringSlots >= 2,
        "millrace.ringSlots",
        ringSlots,
        "a power of two");
    require(diskReserve >= 0, "millrace.diskReserve", diskReserve, "0 or more");
    long ingestMax = options.getBytes("millrace.ingest.maxBytes", DEFAULT_INGEST_MAX_BYTES);
    require(ingestMax > 0, "millrace.ingest.maxBytes", ingestMax, "more than 0");
    return new EngineSettings(
        parallelism,
        execution(options.get("millrace.execution", "auto")),
        WaitPolicy.parse(options.get("millrace.wait", "park")),
        new BlockSizes(blockRows, (int) chunkBytes, ringSlots),
        options.getBoolean("millrace.ansi", true),
        journal(options),
        options.getDuration("millrace.pollingDelay", DEFAULT_POLLING_DELAY),
        options.getDuration("millrace.stopTimeout", DEFAULT_STOP_TIMEOUT),
        memoryLimit,
        diskReserve,
        watermarkPolicy(options.get("millrace.watermarkPolicy", "min")),
        options.get("millrace.lateness").map(Lateness::parse),
        snapshots(options),
        ingestMax);
  }

  private static WatermarkClock.Policy watermarkPolicy(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "min" -> WatermarkClock.Policy.MIN;
      case "max" -> WatermarkClock.Policy.MAX;
      default ->
          throw new AnalysisException(
              "session: millrace.watermarkPolicy is " + text + ", it must be min or max");
    };
  }

  private static SnapshotOptions snapshots(Options options) {
    SnapshotOptions defaults = SnapshotOptions.DEFAULTS;
    return new SnapshotOptions(
        options.getInt("millrace.snapshot.deltas", defaults.deltas()),
        options.getBytes("millrace.snapshot.minBytes", defaults.minBytes()),
        defaults.memoryBytes(),
        compression(options.get("millrace.snapshot.compression", defaults.compression().name())));
  }

  private static BatchCompression compression(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "none" -> BatchCompression.NONE;
      case "lz4" -> BatchCompression.LZ4;
      case "zstd" -> BatchCompression.ZSTD;
      default ->
          throw new AnalysisException(
              "session: millrace.snapshot.compression is "
                  + text
                  + ", it must be none, lz4 or zstd");
    };
  }

  private static Map<String, String> onlyOurs(Map<String, String> config) {
    Map<String, String> ours = new java.util.TreeMap<>();
    config.forEach(
        (key, value) -> {
          if (key.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            ours.put(key, value);
          }
        });
    return ours;
  }

  private static void require(boolean holds, String key, long value, String expected) {
    if (!holds) {
      throw new AnalysisException("session: " + key + " is " + value + ", it must be " + expected);
    }
  }

  private static Execution execution(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "auto" -> Execution.AUTO;
      case "fused" -> Execution.FUSED;
      case "staged" -> Execution.STAGED;
      default ->
          throw new AnalysisException(
              "session: millrace.execution is " + text + ", it must be auto, fused or staged");
    };
  }

  private static JournalOptions journal(Options options) {
    long blockBytes =
        options.getBytes("millrace.journal.blockSize", JournalOptions.DEFAULT_SEGMENT_BYTES);
    require(
        blockBytes >= MIN_JOURNAL_BLOCK_BYTES && blockBytes <= 1 << 30,
        "millrace.journal.blockSize",
        blockBytes,
        "64 KiB to 1 GiB");
    return new JournalOptions(
        journalKind(options.get("millrace.journal", "chronicle")),
        durability(options.get("millrace.durability", "disk")),
        blockBytes);
  }

  /** Of what operators keep, of which an epoch may change much. */
  JournalOptions state() {
    return journal.growing(STATE_GROWTH);
  }

  /**
   * Of what queries take in. Segments are larger, since a change of segments costs time, and plain
   * files, which cost much less of it: a queue's appends are quicker, 0.2 microseconds at 100 bytes
   * instead of 1.2, but each change of queues takes as long as a thousand rows and more.
   */
  JournalOptions ingest() {
    return new JournalOptions(
        JournalKind.FILE,
        journal.durability(),
        Math.max(journal.segmentBytes(), MIN_INGEST_SEGMENT_BYTES));
  }

  private static JournalKind journalKind(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "chronicle" -> JournalKind.CHRONICLE;
      case "file" -> JournalKind.FILE;
      default ->
          throw new AnalysisException(
              "session: millrace.journal is " + text + ", it must be chronicle or file");
    };
  }

  private static Durability durability(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "disk" -> Durability.DISK;
      case "process" -> Durability.PROCESS;
      default ->
          throw new AnalysisException(
              "session: millrace.durability is " + text + ", it must be disk or process");
    };
  }
}
