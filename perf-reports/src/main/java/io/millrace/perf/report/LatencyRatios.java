package io.millrace.perf.report;

import io.millrace.perf.latency.InletLatency;
import io.millrace.perf.latency.LatencyFigures;
import io.millrace.perf.latency.PeerRun;
import io.millrace.perf.pace.Percentiles;
import io.millrace.perf.pace.Work;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** How many times better Millrace is than the best of the other engines. */
final class LatencyRatios {
  private static final double MICRO = 1e3;

  private final LatencyFigures figures;
  private final Page page;

  LatencyRatios(LatencyFigures figures, Page page) {
    this.figures = figures;
    this.page = page;
  }

  void write() {
    if (figures.peers().stream().allMatch(run -> run.latency() == null)) {
      return;
    }
    page.line("## Times better than the best peer (target: 10 at p50, 5 at p99)");
    page.line("");
    page.line(
        "Medians, the best of all modes there. Rows handed over are compared with an inlet that another");
    page.line(
        "thread reads, rows made in a source with one whose query the appending thread drives; windows and");
    page.line("updates with all modes, updates with those of durability `process`.");
    page.line("");
    page.line("| | at p50 | best peer | at p99 | best peer |");
    page.line("| --- | --- | --- | --- | --- |");
    for (Work work : Work.values()) {
      for (long rate : figures.rates(work)) {
        if (work == Work.FILTER) {
          filter(rate, true);
          filter(rate, false);
        } else {
          row(
              work,
              rate,
              "",
              figures.own(work, rate).stream()
                  .filter(run -> !run.durability().equals("disk"))
                  .toList(),
              figures.peers(work, rate));
        }
      }
    }
    page.line("");
  }

  private void filter(long rate, boolean handed) {
    row(
        Work.FILTER,
        rate,
        handed ? ", rows handed over" : ", rows made in a source",
        figures.own(Work.FILTER, rate).stream().filter(run -> run.handsOver() == handed).toList(),
        figures.peers(Work.FILTER, rate).stream().filter(run -> run.handed() == handed).toList());
  }

  private void row(
      Work work,
      long rate,
      String from,
      List<InletLatency.Figures> own,
      List<PeerRun.Figures> peers) {
    List<PeerRun.Figures> measured = peers.stream().filter(run -> run.latency() != null).toList();
    if (!own.isEmpty() && !measured.isEmpty()) {
      page.line(
          "| %s, %,d rows/s%s | %s | %s |",
          LatencyPage.title(work),
          rate,
          from,
          ratio(own, measured, Percentiles::p50),
          ratio(own, measured, Percentiles::p99));
    }
  }

  private static String ratio(
      List<InletLatency.Figures> own,
      List<PeerRun.Figures> peers,
      ToDoubleFunction<Percentiles> figure) {
    double ownBest =
        best(own, InletLatency.Figures::name, run -> figure.applyAsDouble(run.latency()))
            .getValue();
    Map.Entry<String, Double> peerBest =
        best(peers, PeerRun.Figures::name, run -> figure.applyAsDouble(run.latency()));
    return String.format(
        Locale.ROOT,
        "%.1f | %s, %.1f µs",
        peerBest.getValue() / ownBest,
        peerBest.getKey(),
        peerBest.getValue() / MICRO);
  }

  /** The least of the medians. */
  private static <T> Map.Entry<String, Double> best(
      List<T> runs, Function<T, String> name, ToDoubleFunction<T> figure) {
    Map<String, Double> medians = new TreeMap<>();
    Groups.of(runs, name)
        .forEach((key, same) -> medians.put(key, Spread.of(same, figure).median()));
    return medians.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
  }
}
