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
  @CsvSource({
    "fused, 20251121, PLAIN",
    "staged, 20251122, PARTITIONED",
    "fused, 20251123, GROUPED",
    "staged, 20251124, GROUPED"
  })
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void nothingIsLostAndNothingIsThereTwice(String execution, long seed, QueryShape shape)
      throws Exception {
    new KillCampaign(directory, QuerySettings.all(execution), shape, seed).run(ROUNDS);
  }
}
