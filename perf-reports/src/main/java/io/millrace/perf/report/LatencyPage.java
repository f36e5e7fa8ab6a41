package io.millrace.perf.report;

import io.millrace.perf.latency.IdleQuery;
import io.millrace.perf.latency.InletLatency;
import io.millrace.perf.latency.InletRate;
import io.millrace.perf.latency.LatencyFigures;
import io.millrace.perf.latency.PeerRun;
import io.millrace.perf.latency.PeerRuns;
import io.millrace.perf.latency.RingHop;
import io.millrace.perf.pace.Percentiles;
import io.millrace.perf.pace.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The latency's figures as a page of Markdown; medians of the runs, with the least and the most.
 */
final class LatencyPage {
  private static final double MICRO = 1e3;
  private static final double MILLION = 1e6;
  private static final double BEHIND_SECONDS = 1.5;

  private final LatencyFigures figures;
  private final Set<String> pictures;
  private final Page page = new Page();

  private LatencyPage(LatencyFigures figures, Set<String> pictures) {
    this.figures = figures;
    this.pictures = pictures;
  }

  /**
   * @param pictures that there are
   */
  static String of(LatencyFigures figures, Set<String> pictures) {
    LatencyPage page = new LatencyPage(figures, pictures);
    page.head();
    for (Work work : Work.values()) {
      figures.rates(work).forEach(rate -> page.delays(work, rate));
    }
    new LatencyRatios(figures, page.page).write();
    page.commits();
    page.rest();
    page.engines();
    return page.page.toString();
  }

  static String title(Work work) {
    return switch (work) {
      case FILTER -> "L1: a filter, to the callback";
      case WINDOW -> "L2: a window's result after its end";
      case AGGREGATE -> "L3: a result per row, with state and checkpoints";
    };
  }

  private void head() {
    LatencyFigures.Settings settings = figures.settings();
    page.line("# Latency, %s", figures.date());
    page.line("");
    page.line(
        "From the moment at which a row was to be appended to the callback, in microseconds, the middle of %d",
        settings.runs());
    page.line(
        "JVMs (least to most). Jitter is the time from that moment to the append. *Handed over*: an application's");
    page.line(
        "thread hands the rows to another engine's source, as it does to Millrace's inlet; otherwise that source");
    page.line("makes them and nothing is handed over before the engine does it.");
    page.line("");
    page.measured(figures.commit(), figures.machine());
    page.line(
        "- command, explained [here](../README.md): `./millrace bench latency%s --rates %s --runs %d --warm-up %s"
            + " --seconds %s --window-seconds %s --steady-seconds %s`",
        settings.peers().isEmpty() ? "" : " --peers " + String.join(",", settings.peers()),
        settings.rates().stream().map(String::valueOf).collect(Collectors.joining(",")),
        settings.runs(),
        settings.warmUpSeconds(),
        settings.seconds(),
        settings.windowSeconds(),
        settings.steadySeconds());
    page.line(
        "- all figures: [latency.json](latency.json); distributions, readable by HdrHistogram's tools: [hdr](hdr)");
    page.line("");
  }

  private void delays(Work work, long rate) {
    page.line("## %s, %,d rows/s", title(work), rate);
    page.line("");
    String picture = LatencyCharts.file(work, rate);
    if (pictures.contains(picture)) {
      page.line("![µs by percentile](%s)", picture);
      page.line("");
    }
    page.line("| | target p50, p99 | p50 | p90 | p99 | p99.9 | max | jitter p50 | p99 | p99.9 |");
    page.line("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    Groups.of(figures.hops(rate), RingHop.Figures::name)
        .forEach(
            (name, runs) -> row(name, "", runs, RingHop.Figures::latency, RingHop.Figures::jitter));
    Groups.of(figures.own(work, rate), InletLatency.Figures::name)
        .forEach(
            (name, runs) ->
                row(
                    name,
                    target(runs.getFirst()),
                    runs,
                    InletLatency.Figures::latency,
                    InletLatency.Figures::jitter));
    for (InletLatency.Figures run : figures.steady(work, rate)) {
      row(
          longName(run),
          target(run),
          List.of(run),
          InletLatency.Figures::latency,
          InletLatency.Figures::jitter);
    }
    if (work == Work.AGGREGATE && !figures.forces().isEmpty()) {
      page.line(
          "| one append and force of a journal, disk | | %s | %s | %s | %s | | | | |",
          cell(figures.forces(), force -> force.commit().p50(), MICRO),
          cell(figures.forces(), force -> force.commit().p90(), MICRO),
          cell(figures.forces(), force -> force.commit().p99(), MICRO),
          cell(figures.forces(), force -> force.commit().p999(), MICRO));
    }
    Groups.of(figures.peers(work, rate), PeerRun.Figures::name).forEach(this::peer);
    page.line("");
  }

  private static String target(InletLatency.Figures run) {
    return switch (run.work()) {
      case FILTER -> "3, 12";
      case AGGREGATE -> run.durability().equals("disk") ? "a force" : "10, 50";
      case WINDOW -> "100, 1000";
    };
  }

  private void peer(String name, List<PeerRun.Figures> runs) {
    List<PeerRun.Figures> measured = runs.stream().filter(run -> run.latency() != null).toList();
    if (measured.isEmpty()) {
      page.line("| %s: %s | | | | | | | | | |", name, runs.getFirst().problem());
      return;
    }
    Spread behind = Spread.of(measured, PeerRun.Figures::behindSeconds);
    String slow =
        behind.max() < BEHIND_SECONDS ? "" : " (behind at the end: " + behind.cell(1, 1) + " s)";
    row(name + slow, "", measured, PeerRun.Figures::latency, PeerRun.Figures::jitter);
  }

  private void commits() {
    page.line("## Across commits: rows up to 5 ms after an epoch's end, and all others");
    page.line("");
    page.line("| | after p50 | p90 | p99 | p99.9 | max | others p50 | p90 | p99 | p99.9 | max |");
    page.line("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    List<InletLatency.Figures> runs = new ArrayList<>(figures.latencies());
    runs.addAll(figures.steady());
    Groups.of(
            runs,
            run -> String.format(Locale.ROOT, "%s, %,d rows/s", longName(run), run.rowsPerSecond()))
        .forEach(
            (name, same) ->
                page.line(
                    "| %s | %s | %s |",
                    name,
                    cells(same, InletLatency.Figures::afterMarker),
                    cells(same, InletLatency.Figures::otherwise)));
    page.line("");
  }

  static String longName(InletLatency.Figures run) {
    return String.format(Locale.ROOT, "%s, %.0f s", run.name(), run.seconds());
  }

  private void rest() {
    page.line("## One core, idle, and long");
    page.line("");
    page.line("| | target | middle (least to most) |");
    page.line("| --- | --- | --- |");
    Groups.of(figures.rates(), run -> run.way().name())
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
      String name = longName(run);
      page.line("| %s: collections | 0 | %d |", name, run.use().gcCount());
      page.line(
          "| %s: bytes that the engine's threads allocated, per row | 0 | %.3f |",
          name, run.engineBytes() / (run.rowsPerSecond() * run.seconds()));
      page.line("| %s: rows that came through | | %,d |", name, run.latency().count());
    }
    page.line("");
  }

  private void engines() {
    page.line("## How each engine was set up");
    page.line("");
    page.line("| engine | setting | reason |");
    page.line("| --- | --- | --- |");
    for (PeerRuns.Setting setting : PeerRuns.SETTINGS) {
      if (setting.engine().equals("millrace")
          || figures.settings().peers().contains(setting.engine())) {
        page.line("| %s | %s | %s |", setting.engine(), setting.what(), setting.why());
      }
    }
  }

  private <T> void row(
      String name,
      String target,
      List<T> runs,
      Function<T, Percentiles> latency,
      Function<T, Percentiles> jitter) {
    page.line(
        "| %s | %s | %s | %s | %s | %s |",
        name,
        target,
        cells(runs, latency),
        cell(runs, run -> jitter.apply(run).p50(), MICRO),
        cell(runs, run -> jitter.apply(run).p99(), MICRO),
        cell(runs, run -> jitter.apply(run).p999(), MICRO));
  }

  private static <T> String cells(List<T> runs, Function<T, Percentiles> ns) {
    return String.join(
        " | ",
        cell(runs, run -> ns.apply(run).p50(), MICRO),
        cell(runs, run -> ns.apply(run).p90(), MICRO),
        cell(runs, run -> ns.apply(run).p99(), MICRO),
        cell(runs, run -> ns.apply(run).p999(), MICRO),
        cell(runs, run -> ns.apply(run).max(), MICRO));
  }

  private static <T> String cell(List<T> runs, ToDoubleFunction<T> figure, double unit) {
    return Spread.of(runs, figure).cell(unit, 2);
  }
}
