package io.millrace.perf.bench;

import io.millrace.perf.bench.BenchFigures.Pass;
import io.millrace.perf.bench.BenchFigures.Run;
import io.millrace.perf.bench.BenchFigures.Settings;
import io.millrace.perf.report.Page;
import io.millrace.perf.report.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The figures side by side as a page of Markdown. */
final class BenchPage {
  static final String WARM = "warm.png";
  static final String COLD = "cold.png";
  static final String CPU = "cpu.png";

  private static final double MILLION = 1e6;
  private static final double MEBIBYTE = 1 << 20;

  private final BenchFigures figures;
  private final Page page = new Page();

  private BenchPage(BenchFigures figures) {
    this.figures = figures;
  }

  static String of(BenchFigures figures) {
    BenchPage page = new BenchPage(figures);
    page.head();
    page.headline();
    for (String workload : figures.settings().workloads()) {
      page.workload(Workload.of(workload));
    }
    page.engines();
    page.missing();
    return page.page.toString();
  }

  private void head() {
    Settings settings = figures.settings();
    page.line("# Side by side, %s", figures.date());
    page.line("");
    page.line(
        "JSON lines in the page cache, or the same readings in memory: 10,000 devices%s, a thousand readings"
            + " per second of event time, up to 5 s out of",
        settings.zipf() ? " by Zipf's law" : "");
    page.line(
        "order, one in a thousand up to 25 s; fields in %s order. %d threads, %d programs each, in turns,"
            + " with %d or more passes",
        settings.shuffled() ? "shuffled" : "the same",
        settings.parallelism(),
        settings.runs(),
        settings.passes().least());
    page.line(
        "over the input: the first is cold; the last, which begins after %s s, is warm. All answers were the same: each pass by count"
            + " and checksums, and",
        settings.passes().warmUpSeconds());
    page.line("once on 100,000 readings value by value.");
    page.line("");
    page.measured(figures.commit(), figures.machine());
    page.line(
        "- command: `./millrace bench run %s%s --rows %d --runs %d %s --parallelism %d%s%s`",
        String.join(",", settings.workloads()),
        Engine.peersOption(settings.engines()),
        settings.rows(),
        settings.runs(),
        settings.passes(),
        settings.parallelism(),
        settings.shuffled() ? " --shuffled" : "",
        settings.zipf() ? " --zipf" : "");
    page.line("- all figures: [bench.json](bench.json)");
    page.line("");
  }

  private void headline() {
    page.line("## Million rows per second, warm; medians");
    page.line("");
    page.line("| workload | millrace | best streaming peer | times | DuckDB (batch) | times |");
    page.line("| --- | --- | --- | --- | --- | --- |");
    for (String id : figures.settings().workloads()) {
      Map<String, List<Run>> runs = runs(id);
      Double own = median(runs.get(Engine.MILLRACE.id()));
      Double batch = median(runs.get(Engine.DUCKDB.id()));
      String bestName = null;
      Double best = null;
      for (Map.Entry<String, List<Run>> entry : runs.entrySet()) {
        Engine engine = Engine.of(entry.getValue().getFirst().engine());
        Double rate = median(entry.getValue());
        if (engine != Engine.MILLRACE
            && engine != Engine.DUCKDB
            && rate != null
            && (best == null || rate > best)) {
          best = rate;
          bestName = entry.getKey();
        }
      }
      page.line(
          "| %s: %s | %s | %s | %s | %s | %s |",
          id,
          Workload.of(id).title(),
          rate(own),
          best == null ? "" : bestName + " " + rate(best),
          times(own, best),
          rate(batch),
          times(own, batch));
    }
    page.line("");
    page.line(
        "In the pictures, bars are medians; the whiskers are as long as the range of the runs, half up and half down.");
    page.line("");
    page.line("![warm, thousand rows per second](%s)", WARM);
    page.line("");
    page.line("![cold, thousand rows per second](%s)", COLD);
    page.line("");
    page.line("![CPU nanoseconds per row](%s)", CPU);
    page.line("");
  }

  private static String rate(Double rowsPerSecond) {
    return rowsPerSecond == null ? "" : String.format(Locale.ROOT, "%.2f", rowsPerSecond / MILLION);
  }

  private static String times(Double own, Double other) {
    return own == null || other == null ? "" : String.format(Locale.ROOT, "%.1f", own / other);
  }

  private static Double median(List<Run> runs) {
    List<Run> measured = runs == null ? List.of() : measured(runs);
    return measured.isEmpty() ? null : Spread.of(measured, Run::warmRowsPerSecond).median();
  }

  static List<Run> measured(List<Run> runs) {
    return runs.stream().filter(run -> run.measured() != null).toList();
  }

  /** By engine and mode, in the order of the first round. */
  private Map<String, List<Run>> runs(String workload) {
    return runs(figures, workload);
  }

  static Map<String, List<Run>> runs(BenchFigures figures, String workload) {
    return figures.runs().stream()
        .filter(run -> run.workload().equals(workload))
        .collect(Collectors.groupingBy(Run::name, LinkedHashMap::new, Collectors.toList()));
  }

  private void workload(Workload workload) {
    Map<String, List<Run>> runs = runs(workload.id());
    page.line("## %s: %s", workload.id(), workload.title());
    page.line("");
    page.line(
        "%,d readings. Median (least to most); CPU, allocation and collections are those of the last pass.",
        runs.values().iterator().next().getFirst().rows());
    page.line("");
    page.line(
        "| | warm, million rows/s | cold | s from JVM start to the answer on 100,000 readings | CPU s per 10"
            + " million rows | heap bytes per row | ms in collections | peak MiB |");
    page.line("| --- | --- | --- | --- | --- | --- | --- | --- |");
    runs.forEach(this::row);
    page.line("");
  }

  private void row(String name, List<Run> all) {
    List<Run> runs = measured(all);
    if (runs.isEmpty()) {
      page.line("| %s | %s | | | | | | |", name, all.getFirst().problem());
      return;
    }
    List<String> cells = new ArrayList<>();
    cells.add(cell(runs, Run::warmRowsPerSecond, MILLION, 2));
    cells.add(cell(runs, Run::coldRowsPerSecond, MILLION, 2));
    cells.add(
        figures.small().stream()
            .filter(run -> run.workload().equals(runs.getFirst().workload()))
            .filter(run -> run.name().equals(name) && run.measured() != null)
            .map(run -> String.format(Locale.ROOT, "%.1f", run.last().secondsSinceStart()))
            .findFirst()
            .orElse(""));
    cells.add(cell(runs, BenchPage::cpuSecondsPer10Million, 1, 1));
    cells.add(cell(runs, run -> run.last().use().allocatedBytes() / (double) run.rows(), 1, 1));
    cells.add(cell(runs, run -> run.last().use().gcMillis(), 1, 0));
    cells.add(cell(runs, run -> run.measured().peakResidentBytes(), MEBIBYTE, 0));
    page.line("| %s | %s |", name, String.join(" | ", cells));
  }

  static double cpuSecondsPer10Million(Run run) {
    Pass last = run.last();
    return last.use().cpuSeconds() / run.rows() * 1e7;
  }

  private static String cell(
      List<Run> runs, ToDoubleFunction<Run> figure, double unit, int digits) {
    return Spread.of(runs, figure).cell(unit, digits);
  }

  /** How each was set up, and why. */
  static void engines(Page page, List<String> engines) {
    page.line("## How each engine was set up");
    page.line("");
    page.line("| engine | setting | reason |");
    page.line("| --- | --- | --- |");
    for (String id : engines) {
      for (Engine.Setting setting : Engine.of(id).settings()) {
        page.line("| %s | %s | %s |", id, setting.what(), setting.why());
      }
    }
    page.line("");
  }

  private void engines() {
    engines(page, figures.settings().engines());
    page.line(
        "Other engines run with a heap of 3 GB and their JVM's default collector. Spark always keeps a"
            + " checkpoint and");
    page.line("therefore stands with the workloads that have one, where there is such a twin.");
    page.line("");
  }

  private void missing() {
    page.line("## Missing");
    page.line("");
    Workload.MISSING.forEach(line -> page.line("- %s", line));
  }
}
