package io.millrace.perf.latency;

import io.millrace.perf.journals.AppendCost;
import io.millrace.perf.latency.InletRate.Way;
import io.millrace.perf.latency.LatencyFigures.Settings;
import io.millrace.perf.machine.Commit;
import io.millrace.perf.machine.Machine;
import io.millrace.perf.pace.Work;
import io.millrace.perf.process.ChildJvm;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Measures latency, each thing in a JVM of its own, all things in turn as often as asked. */
public final class LatencyMeasurement {
  private static final long WINDOW_RATE = 10_000;
  private static final long STEADY_RATE = 100_000;
  private static final List<String> WAITS = List.of("yield", "busy-spin");
  private static final List<String> THREADS = List.of("yield", "busy-spin", Queries.CALLER);
  private static final List<String> SMALL_HEAP = List.of("-Xmx64m");
  private static final List<String> LAUNCHERS_HEAP = List.of();

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
  private final Distributions distributions = new Distributions();

  /**
   * @param home the checkout
   * @param work for checkpoints and logs
   * @param peerFolder where the peers' classes and class paths are
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
      settings.rates().forEach(this::measureFilter);
      measureWindows();
      settings.statefulRates().forEach(this::measureState);
      measureCore();
    }
    if (settings.steadySeconds() > 0) {
      InletLatency.Figures run =
          run(
              LAUNCHERS_HEAP,
              List.of("AGGREGATE", "process", Queries.JOURNAL, "yield", "" + STEADY_RATE),
              settings.steadySeconds());
      distributions.take(run.longId(), ChildJvm.figures(InletLatency.class, work));
      steady.add(run);
    }
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

  /** As measured by then. */
  public Distributions distributions() {
    return distributions;
  }

  private void measureFilter(long rate) {
    for (String wait : WAITS) {
      say("hop, " + wait + ", " + rate);
      RingHop.Figures hop =
          ChildJvm.run(
              SMALL_HEAP,
              RingHop.class,
              RingHop.Figures.class,
              work,
              List.of(wait, "" + rate, "" + settings.warmUpSeconds(), "" + settings.seconds()));
      distributions.take(hop.id(), ChildJvm.figures(RingHop.class, work));
      hops.add(hop);
    }
    for (String threads : THREADS) {
      latencies.add(
          latency(Work.FILTER, Queries.NONE, Queries.JOURNAL, threads, rate, settings.seconds()));
    }
    measurePeers(Work.FILTER, rate, settings.seconds());
  }

  private void measureWindows() {
    for (String threads : THREADS) {
      windows.add(
          latency(
              Work.WINDOW,
              Queries.NONE,
              Queries.JOURNAL,
              threads,
              WINDOW_RATE,
              settings.windowSeconds()));
    }
    measurePeers(Work.WINDOW, WINDOW_RATE, settings.windowSeconds());
  }

  private void measureState(long rate) {
    for (String threads : THREADS) {
      latencies.add(state("process", Queries.JOURNAL, threads, rate));
    }
    latencies.add(state("disk", Queries.JOURNAL, "yield", rate));
    latencies.add(state("process", "file", "yield", rate));
    measurePeers(Work.AGGREGATE, rate, settings.seconds());
  }

  private InletLatency.Figures state(String durability, String journal, String threads, long rate) {
    return latency(Work.AGGREGATE, durability, journal, threads, rate, settings.seconds());
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
      Work query, String durability, String journal, String threads, long rate, double seconds) {
    InletLatency.Figures run =
        run(SMALL_HEAP, List.of(query.name(), durability, journal, threads, "" + rate), seconds);
    distributions.take(run.id(), ChildJvm.figures(InletLatency.class, work));
    return run;
  }

  private InletLatency.Figures run(List<String> heap, List<String> query, double seconds) {
    say(String.join(", ", query));
    List<String> arguments = new ArrayList<>(List.of(checkpoint()));
    arguments.addAll(query);
    arguments.addAll(List.of("" + settings.warmUpSeconds(), "" + seconds));
    return ChildJvm.run(heap, InletLatency.class, InletLatency.Figures.class, work, arguments);
  }

  private void measurePeers(Work query, long rate, double seconds) {
    Path result = work.resolve("peer-figures.json");
    for (PeerRun peer : PeerRuns.of(query, settings.peers())) {
      say(peer + ", " + rate);
      PeerRun.Figures run =
          peer.measure(peerFolder, result, rate, settings.warmUpSeconds(), seconds);
      distributions.take(run.id(), result);
      peers.add(run);
    }
  }

  private String checkpoint() {
    return work.resolve("latency-checkpoint").toString();
  }

  private static void say(String what) {
    System.err.println("measuring: " + what);
  }
}
