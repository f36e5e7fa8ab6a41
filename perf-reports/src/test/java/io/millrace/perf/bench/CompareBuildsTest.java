package io.millrace.perf.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What can be said of two builds before and after they were run. */
class CompareBuildsTest {
  @ParameterizedTest
  @CsvSource({"--pairs, 5, at least 6", "--workload, W99, no workload W99"})
  void whatCannotBeMeasuredIsSaidBeforeAnythingIsBuilt(String option, String value, String said) {
    StringWriter text = new StringWriter();
    int status =
        new CommandLine(new CompareBuilds())
            .setErr(new PrintWriter(text, true))
            .execute("no-commit", "no-other", option, value);
    assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(text.toString()).contains(said);
  }

  @Test
  void anIntervalLeavesOutWhatACoinWould() {
    Interval interval =
        Interval.ofMedian(DoubleStream.iterate(1, value -> value + 1).limit(10).boxed().toList());
    assertThat(interval.median()).isEqualTo(5.5);
    assertThat(interval.low()).isEqualTo(2);
    assertThat(interval.high()).isEqualTo(9);
    assertThat(interval.confidence()).isBetween(0.978, 0.979);
    assertThatThrownBy(() -> Interval.ofMedian(List.of(1.0))).hasMessageContaining("6 values");
  }
}
