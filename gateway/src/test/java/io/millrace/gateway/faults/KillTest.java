package io.millrace.gateway.faults;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few kills, of processes that take turns with journals and durabilities. */
class KillTest {
  private static final int ROUNDS = 12;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"fused, 20251121, false", "staged, 20251122, true"})
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void nothingIsLostAndNothingIsThereTwice(String execution, long seed, boolean partitioned)
      throws Exception {
    new KillCampaign(directory, QuerySettings.all(execution), partitioned, seed).run(ROUNDS);
  }
}
