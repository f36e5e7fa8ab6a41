package io.millrace.perf.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hundred devices, every second row. */
class FirstResultsTest {
  @Test
  void eachRowOfTheDeviceCountsOnce() {
    FirstResults results = new FirstResults(new Pace(0, 1_000_000_000));
    List<Long> rows = new ArrayList<>();
    results.until(406, rows::add);
    results.until(206, rows::add);
    results.until(606, rows::add);
    results.until(8, rows::add);
    assertThat(rows).containsExactly(6L, 206L, 406L, 606L, 8L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 999, 10_000, 1_000_000, 999_999_999})
  void aMomentIsThatOfItsRow(long rowsPerSecond) {
    Pace pace = new Pace(0, rowsPerSecond);
    for (long row = 0; row < 10_000; row += 7) {
      assertThat(pace.row(pace.intendedNs(row))).isEqualTo(row);
    }
  }
}
