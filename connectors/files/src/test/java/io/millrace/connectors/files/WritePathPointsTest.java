package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.DiskSession;
import io.millrace.Session;
import io.millrace.Trigger;
import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.PointedStorage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No way of a whole query to the disk is without crash points. */
class WritePathPointsTest {
  @TempDir Path directory;
  private final PointedStorage storage = new PointedStorage();

  private void run(String execution, String journal) {
    Map<String, String> settings =
        Map.of("millrace.execution", execution, "millrace.journal", journal);
    try (Session session = DiskSession.open(storage, storage, settings)) {
      session
          .readStream()
          .schema("id BIGINT, name STRING")
          .option("maxFilesPerTrigger", 1)
          .option("mode", "DROPMALFORMED")
          .option("rejectsTo", "json:" + directory.resolve("rejects"))
          .json(directory.resolve("in").toString())
          .writeStream()
          .format("json")
          .option("mode", "overwrite")
          .option("maxRecordsPerFile", 1)
          .option("checkpointLocation", directory.resolve("ck").toString())
          .partitionBy("name")
          .trigger(Trigger.availableNow())
          .start(directory.resolve("out").toString())
          .awaitTermination();
    }
  }

  @ParameterizedTest
  @CsvSource({"fused, file", "staged, file", "fused, chronicle", "staged, chronicle"})
  void everyStepHasItsPoints(String execution, String journal) {
    Fixture out = new Fixture(directory.resolve("out"));
    out.file("name=old/old.json", "old\n");
    Fixture in = new Fixture(directory.resolve("in"));
    for (int i = 0; i < 4; i++) {
      in.file(i + ".json", ("{\"id\":" + i + ",\"name\":\"n" + i + "\"}\n").repeat(2) + "bad\n");
      if (i > 1) {
        run(execution, journal); // more epochs in one run, then a restart
      }
    }
    assertThat(SinkRun.visible(directory.resolve("out"))).hasSize(8);
    assertThat(SinkRun.visible(directory.resolve("rejects"))).hasSize(4);
    assertThat(storage.requireAllPointed())
        .contains(
            CrashPoint.BEFORE_APPEND,
            CrashPoint.BEFORE_FILE_WRITE,
            CrashPoint.BEFORE_MANIFEST_WRITE,
            CrashPoint.BEFORE_FORCE,
            CrashPoint.BEFORE_RENAME,
            CrashPoint.BEFORE_DELETE);
  }
}
