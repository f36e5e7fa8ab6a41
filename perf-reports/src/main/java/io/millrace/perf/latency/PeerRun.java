package io.millrace.perf.latency;

import io.millrace.perf.pace.Percentiles;
import io.millrace.perf.pace.Work;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.Outcome;
import io.millrace.perf.process.PeerJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Another engine under the same load, in a JVM of its own with its own class path, which {@code
 * perf-reports/peers} resolves.
 *
 * @param engine folder below the peers
 * @param mode as the peer's program names it
 * @param handed whether an application's thread hands the rows over to the engine's source; else
 *     that source makes them and nothing is handed over before the engine does
 */
public record PeerRun(String engine, String mode, Work work, boolean handed) {
  private static final Duration GRACE = Duration.ofSeconds(90);

  /** What the peer's program writes. */
  public record Measured(Percentiles latency, Percentiles jitter, double behindSeconds) {}

  /**
   * Times in nanoseconds.
   *
   * @param latency of what came out up to a second after the load's end; null if there is none
   * @param behindSeconds how old the newest row was that had come out a second after the load's
   *     end, counted from that end
   * @param problem why there is none; null if there is
   */
  public record Figures(
      String engine,
      String mode,
      Work work,
      boolean handed,
      long rowsPerSecond,
      Percentiles latency,
      Percentiles jitter,
      double behindSeconds,
      String problem) {
    /** Of its distribution. */
    public String id() {
      String from = handed ? "handed" : "made";
      return String.format(Locale.ROOT, "%s-%s-%s-%s-%d", work, engine, mode, from, rowsPerSecond)
          .toLowerCase(Locale.ROOT);
    }

    /** Engine, mode and whether its rows are handed over. */
    public String name() {
      return engine + ", " + mode + (handed ? ", handed over" : "");
    }
  }

  /**
   * Runs it; whatever goes wrong is in the figures.
   *
   * @param result file for the figures
   */
  Figures measure(
      Path peers, Path result, long rowsPerSecond, double warmUpSeconds, double seconds) {
    Path log = result.resolveSibling("peer-" + engine + ".log");
    Path checkpoints = Folder.fresh(result.resolveSibling("peer-checkpoints"));
    List<String> arguments =
        List.of(
            result.toString(),
            checkpoints.toString(),
            mode,
            work.name(),
            Boolean.toString(handed),
            Long.toString(rowsPerSecond),
            Double.toString(warmUpSeconds),
            Double.toString(seconds));
    Duration limit = GRACE.plusSeconds((long) (warmUpSeconds + seconds));
    Outcome<Measured> outcome;
    try {
      outcome =
          Outcome.of(command(peers.resolve(engine), arguments), result, Measured.class, log, limit);
    } finally {
      Folder.delete(checkpoints);
    }
    Measured measured = outcome.figures();
    if (measured == null) {
      return failed(rowsPerSecond, outcome.problem());
    }
    return measured.latency().count() == 0
        ? failed(rowsPerSecond, "nothing came out in " + seconds + " s")
        : new Figures(
            engine,
            mode,
            work,
            handed,
            rowsPerSecond,
            measured.latency(),
            measured.jitter(),
            measured.behindSeconds(),
            null);
  }

  private Figures failed(long rowsPerSecond, String problem) {
    return new Figures(engine, mode, work, handed, rowsPerSecond, null, null, 0, problem);
  }

  private List<String> command(Path folder, List<String> arguments) {
    String program = engine.substring(0, 1).toUpperCase(Locale.ROOT) + engine.substring(1);
    return PeerJvm.command(folder, "1g", "io.millrace.peer." + program + "Latency", arguments);
  }
}
