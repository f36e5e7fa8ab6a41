package io.millrace.perf.report;

import io.millrace.perf.latency.Distributions;
import io.millrace.perf.latency.InletLatency;
import io.millrace.perf.latency.LatencyFigures;
import io.millrace.perf.latency.PeerRun;
import io.millrace.perf.latency.RingHop;
import io.millrace.perf.pace.Work;
import io.millrace.perf.report.PercentileChart.Family;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A picture for each thing and rate: Millrace, other engines, and the least that can be. */
final class LatencyCharts {
  private final LatencyFigures figures;
  private final Distributions distributions;
  private final Path folder;
  private final Map<String, String> vectors = new LinkedHashMap<>();

  LatencyCharts(LatencyFigures figures, Distributions distributions, Path folder) {
    this.figures = figures;
    this.distributions = distributions;
    this.folder = folder;
  }

  /** Of what was done at a rate. */
  static String file(Work work, long rowsPerSecond) {
    return work.name().toLowerCase(Locale.ROOT) + "-" + rowsPerSecond + ".png";
  }

  /**
   * Writes each as PNG.
   *
   * @return the same as SVG, by the names of the files
   */
  Map<String, String> write() {
    for (Work work : Work.values()) {
      figures.rates(work).forEach(rate -> write(work, rate));
    }
    return vectors;
  }

  private void write(Work work, long rate) {
    PercentileChart chart = new PercentileChart();
    limits(chart, rate);
    Groups.of(figures.own(work, rate), InletLatency.Figures::name)
        .forEach((name, runs) -> add(chart, Family.MILLRACE, name, runs.getFirst().id()));
    figures
        .steady(work, rate)
        .forEach(run -> add(chart, Family.MILLRACE, LatencyPage.longName(run), run.longId()));
    Groups.of(figures.peers(work, rate), PeerRun.Figures::name)
        .forEach(
            (name, runs) -> {
              PeerRun.Figures run = runs.getFirst();
              add(chart, Family.valueOf(run.engine().toUpperCase(Locale.ROOT)), name, run.id());
            });
    if (!chart.isEmpty()) {
      String file = file(work, rate);
      vectors.put(file, chart.write(folder.resolve(file)));
    }
  }

  /** What a change of threads costs, and how late the generator is then. */
  private void limits(PercentileChart chart, long rate) {
    Groups.of(figures.hops(rate), RingHop.Figures::name)
        .forEach((name, hops) -> add(chart, Family.LIMIT, name, hops.getFirst().id()));
    figures.hops(rate).stream()
        .findFirst()
        .flatMap(hop -> distributions.jitter(hop.id()))
        .ifPresent(ns -> chart.add(Family.LIMIT, "jitter", ns));
  }

  private void add(PercentileChart chart, Family family, String name, String id) {
    distributions.latency(id).ifPresent(ns -> chart.add(family, name, ns));
  }
}
