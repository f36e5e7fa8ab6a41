package io.millrace.gateway.faults;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few kills, of processes that take turns with journals and durabilities. */
class KillTest {
  private static final int ROUNDS = 12;
  private static final int LIVE_ROUNDS = 6;

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
    GrowingInput input = new GrowingInput(directory.resolve("in"), new Random(seed));
    Scene scene = new FileScene(directory, input, directory, shape);
    new KillCampaign(scene, QuerySettings.all(execution), seed).run(ROUNDS);
  }

  @ParameterizedTest
  @CsvSource({"fused, 20251125, FILES", "staged, 20251126, CALLBACK"})
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void whatLiveSendersSendIsTakenInOnce(String execution, long seed, LiveShape shape)
      throws Exception {
    Scene scene = new LiveScene(directory, directory, shape);
    new KillCampaign(scene, QuerySettings.all(execution), seed).run(LIVE_ROUNDS);
  }
}
