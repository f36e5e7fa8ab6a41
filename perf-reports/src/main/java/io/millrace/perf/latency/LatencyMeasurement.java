package io.millrace.perf.latency;

import io.millrace.perf.journals.AppendCost;
import io.millrace.perf.latency.InletRate.Way;
import io.millrace.perf.latency.LatencyFigures.Settings;
import io.millrace.perf.machine.Commit;
import io.millrace.perf.machine.Machine;
import io.millrace.perf.process.ChildJvm;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Measures latency, each thing in a JVM of its own, all things in turn as often as asked. */
public final class LatencyMeasurement {
  private static final long[] RATES = {10_000, 100_000};
  private static final long WINDOW_RATE = 10_000;
  private static final long STEADY_RATE = 100_000;
  private static final List<String> WAITS = List.of("yield", "busy-spin");
  private static final List<String> THREADS = List.of("yield", "busy-spin", Queries.CALLER);
  private static final List<String> SMALL_HEAP = List.of("-Xmx64m");
  private static final List<String> LAUNCHERS_HEAP = List.of();

  private static final List<PeerRun> FILTERS =
      List.of(
          new PeerRun("flink", "exchange", "FILTER", false),
          new PeerRun("flink", "chained", "FILTER", false),
          new PeerRun("flink", "chained", "FILTER", true),
          new PeerRun("jet", "50", "FILTER", false),
          new PeerRun("jet", "50", "FILTER", true),
          new PeerRun("spark", "real-time", "FILTER", false),
          new PeerRun("spark", "real-time", "FILTER", true),
          new PeerRun("spark", "continuous", "FILTER", false),
          new PeerRun("spark", "continuous", "FILTER", true));

  private static final List<PeerRun> WINDOWS =
      List.of(
          new PeerRun("flink", "exchange", "WINDOW", false),
          new PeerRun("jet", "50", "WINDOW", false),
          new PeerRun("spark", "micro-batch", "WINDOW", false));

  private final Settings settings;
  private final Path home;
  private final Path work;
  private final Path peerFolder;
  private final List<RingHop.Figures> hops = new ArrayList<>();
  private final List<InletLatency.Figures> latencies = new ArrayList<>();
  private final List<InletLatency.Figures> windows = new ArrayList<>();
  private final List<AppendCost.Figures> forces = new ArrayList<>();
  private final List<InletRate.Figures> rates = new ArrayList<>();
  private final List<IdleQuery.Figures> idle = new ArrayList<>();
  private final List<InletLatency.Figures> steady = new ArrayList<>();
  private final List<PeerRun.Figures> peers = new ArrayList<>();

  /**
   * @param home the checkout
   * @param work for checkpoints and logs
   * @param peerFolder where the peers' classes and class paths are; null to leave them out
   */
  public LatencyMeasurement(Settings settings, Path home, Path work, Path peerFolder) {
    this.settings = settings;
    this.home = home;
    this.work = work;
    this.peerFolder = peerFolder;
  }

  public LatencyFigures run() {
    String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    for (int run = 0; run < settings.runs(); run++) {
      for (long rate : RATES) {
        measureRate(rate);
      }
      for (String threads : THREADS) {
        windows.add(
            latency("WINDOW", Queries.NONE, threads, WINDOW_RATE, settings.windowSeconds()));
      }
      measureCore();
      if (peerFolder != null) {
        for (PeerRun peer : WINDOWS) {
          peers.add(peer(peer, WINDOW_RATE, settings.windowSeconds()));
        }
      }
    }
    steady.add(
        latency(
            LAUNCHERS_HEAP,
            List.of("AGGREGATE", "process", Queries.JOURNAL, "yield", "" + STEADY_RATE),
            settings.steadySeconds()));
    return new LatencyFigures(
        date,
        Commit.of(home),
        Machine.here(),
        settings,
        hops,
        latencies,
        windows,
        forces,
        rates,
        idle,
        steady,
        peers);
  }

  private void measureRate(long rate) {
    for (String wait : WAITS) {
      say("hop, " + wait + ", " + rate);
      hops.add(
          ChildJvm.run(
              SMALL_HEAP,
              RingHop.class,
              RingHop.Figures.class,
              work,
              List.of(wait, "" + rate, "" + settings.warmUpSeconds(), "" + settings.seconds())));
    }
    for (String threads : THREADS) {
      latencies.add(latency("FILTER", Queries.NONE, threads, rate, settings.seconds()));
      latencies.add(latency("AGGREGATE", "process", threads, rate, settings.seconds()));
    }
    latencies.add(latency("AGGREGATE", "disk", "yield", rate, settings.seconds()));
    latencies.add(latency("AGGREGATE", "process", "file", "yield", rate, settings.seconds()));
    if (peerFolder != null) {
      for (PeerRun peer : FILTERS) {
        peers.add(peer(peer, rate, settings.seconds()));
      }
    }
  }

  private void measureCore() {
    say("force");
    forces.add(
        ChildJvm.run(
            AppendCost.class,
            AppendCost.Figures.class,
            work,
            List.of(work.resolve("journal").toString(), "FILE", "DISK", "200")));
    List<String> times = List.of("" + settings.warmUpSeconds(), "" + settings.seconds());
    for (Way way : Way.values()) {
      say("rate, " + way);
      rates.add(
          ChildJvm.run(
              SMALL_HEAP,
              InletRate.class,
              InletRate.Figures.class,
              work,
              List.of(checkpoint(), way.name(), times.get(0), times.get(1))));
    }
    say("idle");
    idle.add(
        ChildJvm.run(
            SMALL_HEAP,
            IdleQuery.class,
            IdleQuery.Figures.class,
            work,
            List.of(checkpoint(), times.get(0), times.get(1))));
  }

  private InletLatency.Figures latency(
      String query, String durability, String wait, long rate, double seconds) {
    return latency(query, durability, Queries.JOURNAL, wait, rate, seconds);
  }

  private InletLatency.Figures latency(
      String query, String durability, String journal, String wait, long rate, double seconds) {
    return latency(SMALL_HEAP, List.of(query, durability, journal, wait, "" + rate), seconds);
  }

  private InletLatency.Figures latency(List<String> heap, List<String> query, double seconds) {
    say(String.join(", ", query));
    List<String> arguments = new ArrayList<>(List.of(checkpoint()));
    arguments.addAll(query);
    arguments.addAll(List.of("" + settings.warmUpSeconds(), "" + seconds));
    return ChildJvm.run(heap, InletLatency.class, InletLatency.Figures.class, work, arguments);
  }

  private PeerRun.Figures peer(PeerRun peer, long rate, double seconds) {
    say(peer + ", " + rate);
    return peer.measure(peerFolder, work, rate, settings.warmUpSeconds(), seconds);
  }

  private String checkpoint() {
    return work.resolve("latency-checkpoint").toString();
  }

  private static void say(String what) {
    System.err.println("measuring: " + what);
  }
}
