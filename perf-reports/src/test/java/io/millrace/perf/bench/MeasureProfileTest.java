package io.millrace.perf.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workload on few readings, recorded. */
class MeasureProfileTest {
  @TempDir private Path folder;

  @Test
  void aRecordedRunIsGrouped() throws IOException {
    assertThat(MeasureProfile.profile(Workload.W2_SECOND, 100_000, 3, folder))
        .contains("W2-1s", "| grouping: hash table and aggregates |", "| `io.millrace.")
        .doesNotContain("NaN", "Infinity");
  }
}
