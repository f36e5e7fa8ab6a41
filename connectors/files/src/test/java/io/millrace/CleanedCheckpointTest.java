package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.LocalStorage;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files to files with names so long that the offsets journal must be kept short. */
class CleanedCheckpointTest {
  private static final int FILES_PER_EPOCH = 100;

  @TempDir private Path directory;
  private Path deep;
  private int written;

  private void write(int count) throws IOException {
    for (int i = 0; i < count; i++, written++) {
      Files.writeString(deep.resolve(written + ".json"), "{\"id\":" + written + "}\n");
    }
  }

  private void run() {
    try (Session session = DiskSession.open(new LocalStorage(), CrashPoints.NONE, "fused")) {
      session
          .readStream()
          .schema("id BIGINT")
          .option("recursiveFileLookup", true)
          .option("maxFilesPerTrigger", FILES_PER_EPOCH)
          .json(directory.resolve("in").toString())
          .writeStream()
          .format("json")
          .option("checkpointLocation", directory.resolve("ck").toString())
          .trigger(Trigger.availableNow())
          .start(directory.resolve("out").toString())
          .awaitTermination();
      assertThat(
              session
                  .read()
                  .schema(Schema.parse("id BIGINT"))
                  .json(directory.resolve("out").toString())
                  .orderBy("id")
                  .collect())
          .isEqualTo(LongStream.range(0, written).mapToObj(Row::of).toList());
    }
  }

  @Test
  void noFileIsReadTwiceOrLostWhenPlansAreGone() throws IOException {
    deep = directory.resolve("in");
    for (String folder : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
      deep = deep.resolve(folder.repeat(240));
    }
    Files.createDirectories(deep);
    Path first = directory.resolve("ck/offsets/00000000000000000000.journal");
    write(2_500);
    run();
    assertThat(first).as("a memory has begun and is not whole").exists();
    for (int i = 0; i < 3; i++) {
      write(FILES_PER_EPOCH / 2);
      run();
      assertThat(first).doesNotExist();
    }
  }
}
