package io.millrace.perf.report;

import io.millrace.perf.windows.StateCost;
import io.millrace.perf.windows.WindowsFigures;
import io.millrace.perf.windows.WindowsPass;
import java.util.List;
import java.util.Locale;

/** The windows' figures as a page of Markdown. */
final class WindowsTable {
  private static final double MILLION = 1e6;
  private static final double MEBIBYTE = 1 << 20;

  private final Page page = new Page();

  private WindowsTable() {}

  static String of(WindowsFigures figures) {
    WindowsTable table = new WindowsTable();
    table.head(figures);
    List<String> names = figures.passes().stream().map(WindowsTable::name).distinct().toList();
    for (String name : names) {
      table.passes(
          name, figures.passes().stream().filter(pass -> name(pass).equals(name)).toList());
    }
    table.states(figures.states());
    return table.page.toString();
  }

  private void head(WindowsFigures figures) {
    page.line("# Windows and state, %s", figures.date());
    page.line("");
    page.line(
        "Count, average, least and greatest temperature per device (10,000) and tumbling window,"
            + " %,d readings as JSON lines",
        figures.passes().getFirst().rows());
    page.line(
        "in the page cache, a thousand per second of event time, append, checkpoint on disk.");
    page.line("");
    page.measured(figures.commit(), figures.machine());
    page.command("windows.json", "report=WindowsReport");
    page.table();
  }

  private static String name(WindowsPass.Figures pass) {
    return "windows of " + pass.window() + ", parallelism " + pass.parallelism();
  }

  private void passes(String name, List<WindowsPass.Figures> passes) {
    page.line("| %s: groups | | %,d | |", name, passes.getFirst().groups());
    page.row(
        name + ": warm, million rows/s", passes, WindowsPass.Figures::rowsPerSecond, MILLION, 2);
    page.row(
        name + ": first pass in its JVM, million rows/s",
        passes,
        WindowsPass.Figures::coldRowsPerSecond,
        MILLION,
        2);
    page.row(
        name + ": warm, CPU seconds per 10 million rows",
        passes,
        pass -> pass.use().cpuSeconds() / pass.rows() * 1e7,
        1,
        2);
    page.row(
        name + ": warm, bytes allocated on the heap per row",
        passes,
        pass -> pass.use().allocatedBytes() / (double) pass.rows(),
        1,
        2);
    page.row(
        name + ": peak resident MiB", passes, WindowsPass.Figures::peakResidentBytes, MEBIBYTE, 0);
  }

  private void states(List<StateCost.Figures> states) {
    for (int i = 0; i < states.getFirst().points().size(); i++) {
      int point = i;
      String keys = String.format(Locale.ROOT, "%,d", states.getFirst().points().get(i).keys());
      page.row(
          "1,000 of " + keys + " keys change: commit of the state, ms",
          states,
          state -> state.points().get(point).commitMs(),
          1,
          0);
      page.row(
          "1,000 of " + keys + " keys change: the epoch, ms",
          states,
          state -> state.points().get(point).epochMs(),
          1,
          0);
    }
    page.row("start with a million keys, ms", states, StateCost.Figures::startMs, 1, 0);
    page.row("a million keys, MiB off-heap", states, StateCost.Figures::stateBytes, MEBIBYTE, 0);
  }
}
