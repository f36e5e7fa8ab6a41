package io.millrace.perf.report;

import io.millrace.perf.latency.IdleQuery;
import io.millrace.perf.latency.InletLatency;
import io.millrace.perf.latency.InletRate;
import io.millrace.perf.latency.LatencyFigures;
import io.millrace.perf.latency.PeerRun;
import io.millrace.perf.latency.RingHop;
import io.millrace.perf.pace.Percentiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The latency's figures as a page of Markdown; medians of the runs, with the least and the most.
 */
final class LatencyTable {
  private static final double MICRO = 1e3;
  private static final double MILLION = 1e6;
  private static final long FILTER_P50_US = 3;
  private static final long FILTER_P99_US = 12;
  private static final long AGGREGATE_P50_US = 10;
  private static final long AGGREGATE_P99_US = 50;
  private static final long WINDOW_P50_US = 100;
  private static final long WINDOW_P99_US = 1_000;

  private final LatencyFigures figures;
  private final Page page = new Page();

  private LatencyTable(LatencyFigures figures) {
    this.figures = figures;
  }

  static String of(LatencyFigures figures) {
    LatencyTable table = new LatencyTable(figures);
    table.head();
    table.latencies();
    table.markers();
    table.peers();
    table.ratios();
    table.rest();
    return table.page.toString();
  }

  private void head() {
    LatencyFigures.Settings settings = figures.settings();
    page.line("# Latency, %s", figures.date());
    page.line("");
    page.line(
        "From the moment at which a row was to be appended to the callback, in microseconds, the");
    page.line(
        "middle of %d JVMs (least to most). The generator's own jitter is the time",
        settings.runs());
    page.line("from that moment to the append.");
    page.line("");
    page.measured(figures.commit(), figures.machine());
    page.line(
        "- command, explained [here](../README.md): `mvn -q -Pmeasure -DskipTests verify -pl"
            + " perf-reports -am -Dmeasure.report=LatencyReport -Dmeasure.runs=%d"
            + " -Dmeasure.warmUpSeconds=%s -Dmeasure.latencySeconds=%s -Dmeasure.windowSeconds=%s"
            + " -Dmeasure.steadySeconds=%s`",
        settings.runs(),
        settings.warmUpSeconds(),
        settings.seconds(),
        settings.windowSeconds(),
        settings.steadySeconds());
    page.line("- all figures: [latency.json](latency.json)");
    page.line("");
  }

  private void latencies() {
    page.line("## Millrace, and the least that a change of threads costs");
    page.line("");
    page.line("| | target p50, p99 | p50 | p99 | p99.9 | max | jitter p50 | p99 | p99.9 |");
    page.line("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    grouped(figures.hops(), hop -> rate(hop.rowsPerSecond()) + "a ring, " + hop.waitPolicy())
        .forEach(
            (name, hops) -> row(name, "", hops, RingHop.Figures::latency, RingHop.Figures::jitter));
    latencyRows(figures.latencies());
    latencyRows(figures.windows());
    latencyRows(figures.steady());
    if (!figures.forces().isEmpty()) {
      page.line(
          "| one append and force of a journal, %s | | %s | %s | | | | | |",
          "disk",
          cell(figures.forces(), force -> force.commit().p50(), MICRO),
          cell(figures.forces(), force -> force.commit().p99(), MICRO));
    }
    page.line("");
  }

  private void latencyRows(List<InletLatency.Figures> all) {
    grouped(all, LatencyTable::name)
        .forEach(
            (name, runs) ->
                row(
                    name,
                    target(runs.getFirst()),
                    runs,
                    InletLatency.Figures::latency,
                    InletLatency.Figures::jitter));
  }

  private static String name(InletLatency.Figures run) {
    String what =
        switch (run.work()) {
          case "FILTER" -> "filter";
          case "AGGREGATE" -> "window of a second, update";
          default -> "result of a window of a second, append";
        };
    String durability =
        run.durability().equals("none")
            ? "no checkpoint"
            : "durability " + run.durability() + ", " + run.journal();
    return rate(run.rowsPerSecond()) + what + ", " + durability + ", " + run.waitPolicy();
  }

  private static String rate(long rowsPerSecond) {
    return String.format(Locale.ROOT, "%,d rows/s, ", rowsPerSecond);
  }

  private static String target(InletLatency.Figures run) {
    return switch (run.work()) {
      case "FILTER" -> FILTER_P50_US + ", " + FILTER_P99_US;
      case "AGGREGATE" ->
          run.durability().equals("disk") ? "a force" : AGGREGATE_P50_US + ", " + AGGREGATE_P99_US;
      default -> WINDOW_P50_US + ", " + WINDOW_P99_US;
    };
  }

  private void markers() {
    page.line("## Across commits: rows up to 5 ms after an epoch's end, and all others");
    page.line("");
    page.line("| | after p50 | p99 | p99.9 | max | others p50 | p99 | p99.9 | max |");
    page.line("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    List<InletLatency.Figures> runs = new ArrayList<>(figures.latencies());
    runs.addAll(figures.steady());
    grouped(runs, run -> name(run) + String.format(Locale.ROOT, ", %.0f s", run.seconds()))
        .forEach(
            (name, same) ->
                page.line(
                    "| %s | %s | %s |",
                    name,
                    cells(same, InletLatency.Figures::afterMarker),
                    cells(same, InletLatency.Figures::otherwise)));
    page.line("");
  }

  private void peers() {
    if (figures.peers().isEmpty()) {
      return;
    }
    page.line("## Other engines at their lowest latency");
    page.line("");
    page.line("| | p50 | p99 | p99.9 | max | jitter p50 | p99 | p99.9 |");
    page.line("| --- | --- | --- | --- | --- | --- | --- | --- |");
    grouped(figures.peers(), LatencyTable::name)
        .forEach(
            (name, runs) -> {
              List<PeerRun.Figures> measured = measured(runs);
              if (measured.isEmpty()) {
                page.line("| %s | %s | | | | | | |", name, runs.getFirst().problem());
              } else {
                page.line(
                    "| %s | %s | %s |",
                    name,
                    cells(measured, PeerRun.Figures::latency),
                    jitter(measured, PeerRun.Figures::jitter));
              }
            });
    page.line("");
  }

  private static String name(PeerRun.Figures run) {
    return rate(run.rowsPerSecond())
        + (run.work().equals("WINDOW") ? "result of a window, " : "filter, ")
        + run.name();
  }

  private static List<PeerRun.Figures> measured(List<PeerRun.Figures> runs) {
    return runs.stream().filter(run -> run.latency() != null).toList();
  }

  /** How many times the best peer's figure ours is better. */
  private void ratios() {
    List<PeerRun.Figures> peers = measured(figures.peers());
    if (peers.isEmpty()) {
      return;
    }
    page.line("## Times better than the best peer (target: 10 at p50, 5 at p99)");
    page.line("");
    page.line(
        "Medians, the best of all modes there. Rows handed over are compared with an inlet that another");
    page.line(
        "thread reads, rows made in their source with one whose query the appending thread drives.");
    page.line("");
    page.line("| | at p50 | best peer | at p99 | best peer |");
    page.line("| --- | --- | --- | --- | --- |");
    for (long rate : peers.stream().map(PeerRun.Figures::rowsPerSecond).distinct().toList()) {
      for (boolean handed : new boolean[] {true, false}) {
        List<PeerRun.Figures> filters =
            peers.stream()
                .filter(run -> run.work().equals("FILTER"))
                .filter(run -> run.rowsPerSecond() == rate && run.handed() == handed)
                .toList();
        List<InletLatency.Figures> ours =
            figures.latencies().stream()
                .filter(run -> run.work().equals("FILTER") && run.rowsPerSecond() == rate)
                .filter(run -> run.handsOver() == handed)
                .toList();
        ratio(
            rate(rate) + "filter, peers' rows " + (handed ? "handed over" : "made in their source"),
            ours,
            filters);
      }
    }
    ratio(
        "result of a window",
        figures.windows(),
        peers.stream().filter(run -> run.work().equals("WINDOW")).toList());
    page.line("");
  }

  private void ratio(String name, List<InletLatency.Figures> ours, List<PeerRun.Figures> peers) {
    if (!ours.isEmpty() && !peers.isEmpty()) {
      page.line(
          "| %s | %s | %s |",
          name, ratio(ours, peers, Percentiles::p50), ratio(ours, peers, Percentiles::p99));
    }
  }

  private static String ratio(
      List<InletLatency.Figures> ours,
      List<PeerRun.Figures> peers,
      ToDoubleFunction<Percentiles> figure) {
    double own =
        medians(ours, LatencyTable::name, run -> figure.applyAsDouble(run.latency()))
            .values()
            .stream()
            .min(Double::compare)
            .orElseThrow();
    Map.Entry<String, Double> best =
        medians(peers, PeerRun.Figures::name, run -> figure.applyAsDouble(run.latency()))
            .entrySet()
            .stream()
            .min(Map.Entry.comparingByValue())
            .orElseThrow();
    return String.format(
        Locale.ROOT,
        "%.1f | %s, %.1f µs",
        best.getValue() / own,
        best.getKey(),
        best.getValue() / MICRO);
  }

  private static <T> Map<String, Double> medians(
      List<T> runs, Function<T, String> name, ToDoubleFunction<T> figure) {
    Map<String, Double> medians = new TreeMap<>();
    grouped(runs, name).forEach((key, same) -> medians.put(key, Spread.of(same, figure).median()));
    return medians;
  }

  private void rest() {
    page.line("## One core, idle, and long");
    page.line("");
    page.line("| | target | middle (least to most) |");
    page.line("| --- | --- | --- |");
    grouped(figures.rates(), run -> run.way().name())
        .forEach(
            (way, runs) ->
                page.line(
                    "| %s, million rows/s | %s | %s |",
                    way.toLowerCase(Locale.ROOT).replace('_', ' '),
                    switch (runs.getFirst().way()) {
                      case BATCHES -> "10";
                      case ROW_BY_ROW -> "5";
                      case ROW_BY_ROW_JOURNALED -> "2";
                    },
                    cell(runs, InletRate.Figures::rowsPerSecond, MILLION)));
    if (!figures.idle().isEmpty()) {
      page.line(
          "| parked and idle, %% of a core | below 1 | %s |",
          cell(figures.idle(), IdleQuery.Figures::share, 0.01));
    }
    for (InletLatency.Figures run : figures.steady()) {
      String name = String.format(Locale.ROOT, "%.0f s of %s", run.seconds(), name(run));
      page.line("| %s: collections | 0 | %d |", name, run.use().gcCount());
      page.line(
          "| %s: bytes that the engine's threads allocated, per row | 0 | %.3f |",
          name, run.engineBytes() / (run.rowsPerSecond() * run.seconds()));
      page.line("| %s: rows that came through | | %,d |", name, run.latency().count());
    }
  }

  private <T> void row(
      String name,
      String target,
      List<T> runs,
      Function<T, Percentiles> latency,
      Function<T, Percentiles> jitter) {
    page.line("| %s | %s | %s | %s |", name, target, cells(runs, latency), jitter(runs, jitter));
  }

  private static <T> String cells(List<T> runs, Function<T, Percentiles> ns) {
    return jitter(runs, ns) + " | " + cell(runs, run -> ns.apply(run).max(), MICRO);
  }

  private static <T> String jitter(List<T> runs, Function<T, Percentiles> ns) {
    return cell(runs, run -> ns.apply(run).p50(), MICRO)
        + " | "
        + cell(runs, run -> ns.apply(run).p99(), MICRO)
        + " | "
        + cell(runs, run -> ns.apply(run).p999(), MICRO);
  }

  private static <T> String cell(List<T> runs, ToDoubleFunction<T> figure, double unit) {
    return Spread.of(runs, figure).cell(unit, 2);
  }

  private static <T> Map<String, List<T>> grouped(List<T> all, Function<T, String> name) {
    return all.stream()
        .collect(Collectors.groupingBy(name, LinkedHashMap::new, Collectors.toList()));
  }
}
