package io.millrace.perf.bench;

import io.millrace.perf.bench.BenchFigures.Run;
import io.millrace.perf.bench.ScaleFigures.Settings;
import io.millrace.perf.report.Page;
import io.millrace.perf.report.Spread;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures of what grows as a page of Markdown. */
final class ScalePage {
  static final String RATE = "rate";
  static final String MEMORY = "memory";
  static final double MILLION = 1e6;
  static final double MEBIBYTE = 1 << 20;

  private final ScaleFigures figures;
  private final Page page = new Page();

  private ScalePage(ScaleFigures figures) {
    this.figures = figures;
  }

  static String of(ScaleFigures figures) {
    ScalePage page = new ScalePage(figures);
    page.head();
    for (Axis axis : Axis.values()) {
      page.axis(axis);
    }
    page.engines();
    return page.page.toString();
  }

  private void head() {
    Settings settings = figures.settings();
    Size base = settings.base();
    page.line("# Scale, %s", figures.date());
    page.line("");
    page.line(
        "Windows of a minute by device over JSON lines in the page cache, while one thing grows and the"
            + " rest stays at");
    page.line(
        "%,d readings, %,d devices, %d threads and one query. %d programs each, in turns, with %d or more passes;"
            + " the last one, which begins after %s s,",
        base.rows(),
        base.devices(),
        base.threads(),
        settings.runs(),
        settings.passes().least(),
        settings.passes().warmUpSeconds());
    page.line(
        "counts. At each size all answers were the same by count and checksums. Memory is the peak of the"
            + " process.");
    page.line("");
    page.measured(figures.commit(), figures.machine());
    page.line(
        "- command: `./millrace bench scale%s --rows %d --runs %d %s`",
        Engine.peersOption(settings.engines()), base.rows(), settings.runs(), settings.passes());
    page.line("- all figures: [scale.json](scale.json)");
    page.line("");
  }

  private void axis(Axis axis) {
    page.line("## More %s", axis.title());
    page.line("");
    remarks(axis);
    page.line("![million rows per second](%s)", axis.picture(RATE));
    page.line("");
    page.line("![peak memory](%s)", axis.picture(MEMORY));
    page.line("");
    page.line("Median (least to most); times: the median over that of the first line.");
    page.line("");
    page.line("| engine | %s | million rows/s | times | peak MiB | times |", axis.title());
    page.line("| --- | --- | --- | --- | --- | --- |");
    for (String id : figures.settings().engines()) {
      List<Size> sizes = axis.sizes(figures.settings());
      for (Size size : sizes) {
        if (Scale.takesPart(Engine.of(id), size)) {
          row(Engine.of(id), axis, size, sizes.getFirst());
        }
      }
    }
    page.line("");
  }

  private void remarks(Axis axis) {
    switch (axis) {
      case ROWS, THREADS -> {}
      case DEVICES ->
          page.line(
              "A window holds 60,000 readings, so that is how many groups it has at most, however many"
                  + " devices there are.\n");
      case QUERIES -> {
        page.line(
            "All queries run in one JVM, each over the readings of its own devices; rows are those of all"
                + " together. A query");
        page.line(
            "has its share of the threads, and one at least. Flink's are parts of one job, the cheapest way"
                + " in one process;");
        page.line(
            "Jet's are jobs of one member, Spark's and Millrace's queries of one session. DuckDB is left"
                + " out: it has no queries");
        page.line("that stay.");
        page.line("");
      }
    }
  }

  private void row(Engine engine, Axis axis, Size size, Size smallest) {
    List<Run> runs = figures.measured(engine, size);
    if (runs.isEmpty()) {
      page.line("| %s | %,d | %s | | | |", engine.id(), axis.value(size), problem(engine, size));
      return;
    }
    List<Run> first = figures.measured(engine, smallest);
    ToDoubleFunction<Run> peak = run -> run.measured().peakResidentBytes();
    page.line(
        "| %s | %,d | %s | %s | %s | %s |",
        engine.id(),
        axis.value(size),
        Spread.of(runs, Run::warmRowsPerSecond).cell(MILLION, 2),
        times(runs, first, Run::warmRowsPerSecond),
        Spread.of(runs, peak).cell(MEBIBYTE, 0),
        times(runs, first, peak));
  }

  private static String times(List<Run> runs, List<Run> first, ToDoubleFunction<Run> figure) {
    return first.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "%.2f",
            Spread.of(runs, figure).median() / Spread.of(first, figure).median());
  }

  private String problem(Engine engine, Size size) {
    return figures.points().stream()
        .filter(point -> point.size().equals(size))
        .flatMap(point -> point.runs().stream())
        .filter(run -> run.engine().equals(engine.id()))
        .map(Run::problem)
        .findFirst()
        .orElse("");
  }

  private void engines() {
    BenchPage.engines(page, figures.settings().engines());
    page.line(
        "Other engines run with a heap of up to 3 GB and their JVM's default collector, which takes what"
            + " it may: their");
    page.line(
        "memory is what they had, not the least they need. Spark always keeps a checkpoint, here with its"
            + " default state store.");
  }
}
