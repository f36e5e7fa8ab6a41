package io.millrace.perf.bench;

import io.millrace.perf.bench.IdleFigures.Measured;
import io.millrace.perf.bench.IdleFigures.Run;
import io.millrace.perf.bench.IdleFigures.Settings;
import io.millrace.perf.report.Page;
import io.millrace.perf.report.Spread;
import java.util.List;
import java.util.Objects;

/** The cost of waiting as a page of Markdown. */
final class IdlePage {
  private static final double MEBIBYTE = 1 << 20;
  private static final double PERCENT = 0.01;

  private IdlePage() {}

  static String of(IdleFigures figures) {
    Page page = new Page();
    Settings settings = figures.settings();
    page.line("# Idle, %s", figures.date());
    page.line("");
    page.line(
        "A query for alerts over an empty folder of JSON lines, which the engine's own source watches,"
            + " in a JVM of its own;");
    page.line(
        "heap of 512 MB and serial collector for all. %.0f s after it ran, CPU of the process over %.0f s"
            + " and the memory that was",
        settings.settleSeconds(), settings.seconds());
    page.line(
        "resident then. At last a file comes, whose alert must come out. %d programs each, in turns.",
        settings.runs());
    page.line("");
    page.measured(figures.commit(), figures.machine());
    page.line(
        "- command: `./millrace bench idle%s --runs %d --seconds %.0f`",
        Engine.peersOption(settings.engines()), settings.runs(), settings.seconds());
    page.line("- all figures: [idle.json](idle.json)");
    page.line("");
    page.line("Median (least to most).");
    page.line("");
    page.line(
        "| engine | CPU, %% of a core | resident MiB | s from JVM start until it runs | s from a file to its"
            + " alert |");
    page.line("| --- | --- | --- | --- | --- |");
    settings.engines().forEach(engine -> row(page, engine, figures));
    page.line("");
    page.line("| engine | setting | reason |");
    page.line("| --- | --- | --- |");
    for (String engine : settings.engines()) {
      for (Engine.Setting setting : IdleCost.settings(Engine.of(engine))) {
        page.line("| %s | %s | %s |", engine, setting.what(), setting.why());
      }
    }
    return page.toString();
  }

  private static void row(Page page, String engine, IdleFigures figures) {
    List<Run> runs = figures.runs().stream().filter(run -> run.engine().equals(engine)).toList();
    List<Measured> measured = runs.stream().map(Run::measured).filter(Objects::nonNull).toList();
    if (measured.isEmpty()) {
      page.line("| %s | %s | | | |", engine, runs.getFirst().problem());
      return;
    }
    page.line(
        "| %s | %s | %s | %s | %s |",
        engine,
        Spread.of(measured, Measured::cpuShare).cell(PERCENT, 2),
        Spread.of(measured, Measured::residentBytes).cell(MEBIBYTE, 0),
        Spread.of(measured, Measured::startSeconds).cell(1, 2),
        Spread.of(measured, Measured::alertSeconds).cell(1, 3));
  }
}
