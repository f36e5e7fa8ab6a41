package io.millrace.perf.report;

import io.millrace.perf.journals.AppendCost;
import io.millrace.perf.journals.EpochRate;
import io.millrace.perf.journals.Growth;
import io.millrace.perf.journals.JournalFigures;
import io.millrace.perf.pace.Percentiles;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** The journals' figures as a page of Markdown. */
final class JournalsTable {
  private static final double MICRO = 1e3;
  private static final double MEBIBYTE = 1 << 20;

  private final Page page = new Page();

  private JournalsTable() {}

  static String of(JournalFigures figures) {
    JournalsTable table = new JournalsTable();
    table.head(figures);
    table.appends(figures.appends());
    table.epochs(figures.epochs());
    figures.growth().forEach(table::growth);
    return table.page.toString();
  }

  private void head(JournalFigures figures) {
    page.line("# Journals, %s", figures.date());
    page.line("");
    page.measured(figures.commit(), figures.machine());
    page.command("journals.json", "report=JournalsReport");
    page.table();
  }

  private void appends(List<AppendCost.Figures> all) {
    List<String> names = all.stream().map(JournalsTable::name).distinct().toList();
    for (String name : names) {
      List<AppendCost.Figures> runs = all.stream().filter(run -> name(run).equals(name)).toList();
      times("append, " + name, runs, AppendCost.Figures::append);
      times("append and force, " + name, runs, AppendCost.Figures::commit);
    }
  }

  private static String name(AppendCost.Figures run) {
    return String.format(
        Locale.ROOT, "%s, %s, %d bytes", run.kind(), run.durability(), run.payloadBytes());
  }

  private void times(
      String name,
      List<AppendCost.Figures> runs,
      Function<AppendCost.Figures, Percentiles> figures) {
    List<Percentiles> all = runs.stream().map(figures).toList();
    page.row(name + ", µs, p50", all, Percentiles::p50, MICRO, 2);
    page.row(name + ", µs, p99", all, Percentiles::p99, MICRO, 2);
  }

  private void epochs(List<EpochRate.Figures> all) {
    Stream<String> names = all.stream().map(JournalsTable::name).distinct();
    names.forEach(
        name ->
            page.row(
                "epochs of one row per second, " + name,
                all.stream().filter(run -> name(run).equals(name)).toList(),
                EpochRate.Figures::epochsPerSecond,
                1,
                0));
  }

  private static String name(EpochRate.Figures run) {
    return run.kind() + ", " + run.durability();
  }

  private void growth(Growth.Figures figures) {
    page.line("");
    page.line(
        "%s, a checkpoint that lives long (PROCESS), with a source that remembers 16 KB; an epoch,"
            + " its part in keeping the journal short included: p50 %.1f, p99 %.1f, p99.9 %.1f,"
            + " max %.0f µs",
        figures.kind(),
        figures.epoch().p50() / MICRO,
        figures.epoch().p99() / MICRO,
        figures.epoch().p999() / MICRO,
        figures.epoch().max() / MICRO);
    page.line("");
    page.line("| epochs | MiB on disk | ms to start |");
    page.line("| --- | --- | --- |");
    for (Growth.Point point : figures.points()) {
      page.line(
          "| %,d | %.2f | %.1f |", point.epochs(), point.sizeBytes() / MEBIBYTE, point.startMs());
    }
  }
}
