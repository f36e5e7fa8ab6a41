package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Clock;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.LocalStorage;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wall clock is set back by an hour, while a query runs and between two runs. */
class ClockStepTest {
  private static final long HOUR_US = 3_600_000_000L;

  @TempDir private Path directory;

  /** Each look at the clock finds it an hour further back. */
  private static final class BackwardsClock implements Clock {
    private long us = Clock.SYSTEM.nowUs();

    @Override
    public synchronized long nowUs() {
      us -= HOUR_US;
      return us;
    }

    @Override
    public long nanoTime() {
      return Clock.SYSTEM.nanoTime();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"chronicle", "file"})
  void orderComesFromTheJournalsOwnNumbers(String journal) throws IOException {
    Path in = Files.createDirectories(directory.resolve("in"));
    BackwardsClock clock = new BackwardsClock();
    int rows = 0;
    for (int run = 0; run < 3; run++) {
      for (int file = 0; file < 4; file++, rows++) {
        Files.writeString(in.resolve(rows + ".json"), "{\"id\":" + rows + "}\n");
      }
      RuntimeConfig config = new RuntimeConfig(Map.of("millrace.journal", journal));
      try (Session session =
          new Session(
              config, new LocalEngine(config, new LocalStorage(), clock, CrashPoints.NONE))) {
        StreamingQuery query =
            session
                .readStream()
                .schema("id BIGINT")
                .option("maxFilesPerTrigger", 1)
                .json(in.toString())
                .writeStream()
                .format("json")
                .option("checkpointLocation", directory.resolve("ck").toString())
                .trigger(Trigger.availableNow())
                .start(directory.resolve("out").toString());
        query.awaitTermination();
        assertThat(query.lastProgress().batchId()).isEqualTo(rows - 1);
        List<Row> written =
            session
                .read()
                .schema(Schema.parse("id BIGINT"))
                .json(directory.resolve("out").toString())
                .orderBy("id")
                .collect();
        assertThat(written).isEqualTo(LongStream.range(0, rows).mapToObj(Row::of).toList());
      }
    }
  }
}
