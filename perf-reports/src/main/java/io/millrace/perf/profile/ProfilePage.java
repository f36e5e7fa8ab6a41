package io.millrace.perf.profile;

import io.millrace.perf.profile.Profile.Line;
import io.millrace.perf.report.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A profile as a page of Markdown. */
public final class ProfilePage {
  private static final int METHODS = 15;
  private static final double PERCENT = 0.01;

  private final Page page = new Page();
  private final double cpuSeconds;

  private ProfilePage(double cpuSeconds) {
    this.cpuSeconds = cpuSeconds;
  }

  /**
   * @param cpuSeconds of the whole process while the samples were taken
   */
  public static String of(String title, Samples samples, double cpuSeconds) {
    ProfilePage page = new ProfilePage(cpuSeconds);
    Profile profile = Profile.of(samples);
    page.head(title, samples);
    page.parts(profile, samples.failedSeconds());
    page.lines("innermost method of the engine", profile.engineMethods());
    page.lines("innermost method", profile.methods());
    return page.page.toString();
  }

  private void head(String title, Samples samples) {
    page.line("# Profile of %s", title);
    page.line("");
    page.line(
        "%.1f CPU seconds of the whole process, to which the shares refer; %d samples, one for each"
            + " %d ms of a thread's CPU time.",
        cpuSeconds, samples.stacks().size(), Samples.PERIOD_MS);
    page.line("");
  }

  private double percent(double seconds) {
    return seconds / cpuSeconds / PERCENT;
  }

  private void parts(Profile profile, double failedSeconds) {
    page.line("| part of the engine | %% |");
    page.line("| --- | --- |");
    List<Part> parts = new ArrayList<>(Arrays.asList(Part.values()));
    parts.sort(Comparator.comparing(profile::seconds).reversed());
    for (Part part : parts) {
      if (profile.seconds(part) > 0) {
        page.line("| %s | %.1f |", part.title(), percent(profile.seconds(part)));
      }
    }
    page.line("| threads whose stack could not be read | %.1f |", percent(failedSeconds));
    page.line(
        "| collector, compiler, the rest of the JVM | %.1f |",
        Math.max(0, percent(cpuSeconds - profile.totalSeconds() - failedSeconds)));
    page.line("");
    if (profile.seconds(Part.OTHER) > 0) {
      lines("other, by class", profile.others());
    }
  }

  private void lines(String what, List<Line> lines) {
    page.line("| %s | %% |", what);
    page.line("| --- | --- |");
    for (Line line : lines.subList(0, Math.min(METHODS, lines.size()))) {
      page.line("| `%s` | %.1f |", line.name(), percent(line.seconds()));
    }
    page.line("");
  }
}
