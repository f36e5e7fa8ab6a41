package io.millrace.perf.report;

import io.millrace.perf.alerts.AlertsFigures;
import io.millrace.perf.alerts.AlertsFigures.OrderFigures;
import io.millrace.perf.alerts.ColdPass;
import io.millrace.perf.alerts.Limits;
import io.millrace.perf.alerts.SteadyRate;
import io.millrace.perf.process.WatchedProcess;
import java.util.List;
import java.util.Locale;

/** The alerts' figures as a page of Markdown. */
final class AlertsTable {
  private static final double MILLION = 1e6;
  private static final double GIGA = 1e9;
  private static final double MEBIBYTE = 1 << 20;

  private final AlertsFigures figures;
  private final Page page = new Page();

  private AlertsTable(AlertsFigures figures) {
    this.figures = figures;
  }

  static String of(AlertsFigures figures) {
    AlertsTable table = new AlertsTable(figures);
    table.head();
    for (OrderFigures order : figures.orders()) {
      table.order(order);
    }
    table.startUps(figures.startUps());
    table.limits(figures.limits());
    return table.page.toString();
  }

  private void head() {
    AlertsFigures.Settings settings = figures.settings();
    page.line("# Alerts over JSON lines, %s", figures.date());
    page.line("");
    page.line(
        "%s", "`SELECT deviceId, temperature, timestamp FROM readings WHERE temperature > 100`,");
    page.line(
        "5 %% of the rows match; files in the page cache, every answer checked against the data's.");
    page.line("");
    page.line(
        "- commit `%s`%s",
        figures.commit().id(), figures.commit().changed() ? " with changes" : "");
    page.line(
        "- %s, %d cores, %.1f GiB, %s",
        figures.machine().cpu(),
        figures.machine().cores(),
        figures.machine().memoryBytes() / (double) (1 << 30),
        figures.machine().kernel());
    page.line("- %s", figures.machine().jdk());
    page.line("- `%s`", String.join(" ", figures.machine().jvmFlags()));
    page.line(
        "- %,d rows in %d files; cold: one pass in a fresh JVM, %d times; steady: over %s s after"
            + " %s s of warm-up, %d JVMs",
        settings.rows(),
        settings.files(),
        settings.coldRuns(),
        settings.seconds(),
        settings.warmUpSeconds(),
        settings.runs());
    page.command(
        "alerts.json",
        "rows=" + settings.rows(),
        "files=" + settings.files(),
        "warmUpSeconds=" + settings.warmUpSeconds(),
        "seconds=" + settings.seconds(),
        "runs=" + settings.runs(),
        "coldRuns=" + settings.coldRuns(),
        "startUps=" + settings.startUps());
    page.table();
  }

  private void order(OrderFigures order) {
    String name = order.order().name().toLowerCase(Locale.ROOT);
    List<SteadyRate.Figures> steady = order.steady();
    page.row(
        name + ", steady, million rows/s", steady, SteadyRate.Figures::rowsPerSecond, MILLION, 2);
    page.row(
        name + ", steady, CPU seconds per 10 million rows",
        steady,
        run -> run.use().cpuSeconds() / run.rows() * 1e7,
        1,
        2);
    page.row(
        name + ", steady, bytes allocated per row",
        steady,
        run -> (double) run.use().allocatedBytes() / run.rows(),
        1,
        3);
    page.row(name + ", steady, collections", steady, run -> run.use().gcCount(), 1, 0);
    page.row(name + ", steady, ms in collections", steady, run -> run.use().gcMillis(), 1, 0);
    page.row(
        name + ", steady, peak resident MiB",
        steady,
        SteadyRate.Figures::peakResidentBytes,
        MEBIBYTE,
        0);
    cold(name + ", cold", order.cold());
    cold(name + ", cold with an AOT cache", order.cached());
  }

  private void cold(String name, List<ColdPass.Figures> cold) {
    page.row(name + ", million rows/s", cold, ColdPass.Figures::rowsPerSecond, MILLION, 2);
    page.row(name + ", seconds from JVM start", cold, ColdPass.Figures::secondsFromJvmStart, 1, 2);
    page.row(name + ", CPU seconds", cold, run -> run.use().cpuSeconds(), 1, 2);
    page.row(name + ", peak resident MiB", cold, ColdPass.Figures::peakResidentBytes, MEBIBYTE, 0);
  }

  private void startUps(List<WatchedProcess> startUps) {
    page.row("`millrace run`, four lines, seconds", startUps, WatchedProcess::seconds, 1, 2);
    page.row(
        "`millrace run`, peak resident MiB",
        startUps,
        WatchedProcess::peakResidentBytes,
        MEBIBYTE,
        0);
  }

  private void limits(List<Limits.Figures> limits) {
    page.row(
        "limit: memory read, 1 thread, GB/s", limits, Limits.Figures::memoryOneThread, GIGA, 1);
    page.row(
        "limit: memory read, all cores, GB/s", limits, Limits.Figures::memoryAllThreads, GIGA, 1);
    page.row("limit: file read, 1 thread, GB/s", limits, Limits.Figures::fileRead, GIGA, 1);
    page.row(
        "limit: decode alone, stable, 1 thread, million rows/s",
        limits,
        Limits.Figures::decodeStable,
        MILLION,
        1);
    page.row(
        "limit: decode alone, shuffled, 1 thread, million rows/s",
        limits,
        Limits.Figures::decodeShuffled,
        MILLION,
        1);
  }
}
