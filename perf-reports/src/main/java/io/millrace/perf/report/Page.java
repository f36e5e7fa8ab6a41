package io.millrace.perf.report;

import io.millrace.perf.machine.Commit;
import io.millrace.perf.machine.Machine;
import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A report's text in Markdown, as it grows. */
public final class Page {
  private final StringBuilder text = new StringBuilder();

  /**
   * @param format as {@link String#format}
   */
  public void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** What was measured, and on what. */
  public void measured(Commit commit, Machine machine) {
    line(
        "- commit `%s`%s, %s, %d cores, %s",
        commit.id(),
        commit.changed() ? " with changes" : "",
        machine.cpu(),
        machine.cores(),
        machine.jdk());
    line("- kernel %s", machine.kernel());
  }

  /**
   * How it was measured, and where all figures are.
   *
   * @param raw file of the figures
   * @param settings of the measurement as they were, each {@code name=value}
   */
  public void command(String raw, String... settings) {
    line(
        "- command, explained [here](../README.md): `mvn -q -Pmeasure -DskipTests verify -pl"
            + " perf-reports -am -Dmeasure.%s`",
        String.join(" -Dmeasure.", settings));
    line("- all figures: [%s](%s)", raw, raw);
    line("");
  }

  /** Begins a table of {@link #row}s. */
  public void table() {
    line("| | min | median | max |");
    line("| --- | --- | --- | --- |");
  }

  /**
   * A row of a {@link #table}.
   *
   * @param runs none for no row
   */
  public <T> void row(
      String name, Collection<T> runs, ToDoubleFunction<T> figure, double unit, int digits) {
    if (!runs.isEmpty()) {
      line("| %s | %s |", name, Spread.of(runs, figure).cells(unit, digits));
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
