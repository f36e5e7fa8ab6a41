package io.millrace.perf.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.perf.bench.BenchFigures.Sum;
import io.millrace.perf.bench.ScaleFigures.Point;
import io.millrace.perf.bench.ScaleFigures.Settings;
import io.millrace.perf.process.JsonFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Few readings, one query and two, without other engines. */
class ScaleTest {
  @TempDir private Path folder;

  @Test
  void queriesThatShareTheDevicesOutGiveTheSameAnswerTogether() {
    Size base = new Size(120_000, 100, 1, 1);
    Settings settings =
        new Settings(
            base,
            List.of(120_000L),
            List.of(100),
            List.of(1),
            List.of(1, 2),
            1,
            Passes.of(2),
            List.of(Engine.MILLRACE.id()));
    ScaleFigures figures = new Scale(settings, folder, folder, null).run();
    Path report = folder.resolve("report");
    ScaleReport.write(report, figures);

    assertThat(figures.points())
        .extracting(Point::size)
        .containsExactly(base, new Size(120_000, 100, 1, 2));
    Sum one = answer(figures.points().getFirst());
    assertThat(one.rows()).isPositive();
    assertThat(one.matches(answer(figures.points().getLast()))).isTrue();
    assertThat(JsonFile.read(report.resolve("scale.json"), ScaleFigures.class)).isEqualTo(figures);
    assertThat(report.resolve("README.md"))
        .content()
        .contains("More queries at once", "| millrace | 2 |", "queries-rate.png")
        .doesNotContain("NaN", "Infinity");
    assertThat(report.resolve("index.html")).content().contains("<svg").doesNotContain("<img");
    assertThat(report).isDirectoryContaining(file -> file.endsWith("queries-memory.png"));
  }

  private static Sum answer(Point point) {
    return point.runs().getFirst().last().answer();
  }
}
