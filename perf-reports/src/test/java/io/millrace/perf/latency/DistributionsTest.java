package io.millrace.perf.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.data.Percentage.withPercentage;

import io.millrace.perf.pace.Delays;
import io.millrace.perf.pace.HistogramLog;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs hand over, and where it goes. */
class DistributionsTest {
  @TempDir private Path folder;

  @Test
  void eachRunIsInTheLogAndAllAreInTheCurve() {
    Path figures = folder.resolve("figures.json");
    Distributions distributions = new Distributions();
    for (int run = 1; run <= 2; run++) {
      Delays delays = new Delays(1);
      delays.record(0, 9); // while it warms up
      for (int i = 0; i < run * 100; i++) {
        delays.record(1_000_000_000, 1_000_000_000 + run * 1_000_000);
      }
      HistogramLog.handOver(figures, delays.histogram("latency"));
      distributions.take("filter", figures);
    }
    distributions.take("failed", figures);
    distributions.write(folder.resolve("hdr"));

    assertThat(HistogramLog.read(folder.resolve("hdr/filter-latency.hlog")))
        .extracting(Histogram::getTag, Histogram::getTotalCount)
        .containsExactly(tuple("run-1", 100L), tuple("run-2", 200L));
    Histogram all = distributions.latency("filter").orElseThrow();
    assertThat(all.getTotalCount()).isEqualTo(300);
    assertThat(all.getValueAtPercentile(33)).isCloseTo(1_000_000, withPercentage(1));
    assertThat(all.getValueAtPercentile(34)).isCloseTo(2_000_000, withPercentage(1));
    assertThat(distributions.latency("failed")).isEmpty();
  }
}
