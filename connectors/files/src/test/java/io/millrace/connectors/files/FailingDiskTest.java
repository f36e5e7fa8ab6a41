package io.millrace.connectors.files;

import static io.millrace.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.DiskSession;
import io.millrace.Session;
import io.millrace.Trigger;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.StreamingQueryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files to files with rejects, in several epochs, on disks that get full or are lost; then the
 * query is started again on a sound one.
 */
class FailingDiskTest {
  private static final int FILES = 2;
  private static final int STEP_BYTES = 61;

  /** Checksums and times are written as decimal text, so two runs differ by a few bytes. */
  private static final int VARYING_BYTES = 80;

  @TempDir Path directory;
  private final List<String> rows = new ArrayList<>();
  private final List<String> rejects = new ArrayList<>();

  @BeforeEach
  void writeInput() {
    Fixture files = new Fixture(directory.resolve("in"));
    for (int i = 0; i < FILES; i++) {
      String bad = "{\"id\":" + i;
      String good = "{\"id\":1" + i + ",\"value\":2}\n";
      Path file = files.file("f" + i, good + bad + "\n" + good.repeat(i) + "{\"value\":1}\n");
      for (int row = 0; row <= i; row++) {
        rows.add("{\"id\":1" + i + "}");
      }
      String raw = Base64.getEncoder().encodeToString(bad.getBytes(StandardCharsets.UTF_8));
      rejects.add(file + "@" + good.length() + " " + raw);
    }
  }

  /** Runs the query to its end in directories of its own. */
  private void run(FailingDisk disk, String execution, String name) {
    try (Session session = DiskSession.open(disk, disk, execution)) {
      session
          .readStream()
          .format("json")
          .schema("id BIGINT, value INT")
          .option("maxFilesPerTrigger", 1)
          .option("mode", "DROPMALFORMED")
          .option("rejectsTo", "json:" + directory.resolve(name, "rejects"))
          .load(directory.resolve("in").toString())
          .filter(col("value").gt(1))
          .select("id")
          .writeStream()
          .format("json")
          .option("path", directory.resolve(name, "out"))
          .option("checkpointLocation", directory.resolve(name, "ck"))
          .trigger(Trigger.availableNow())
          .start()
          .awaitTermination();
    }
  }

  private void requireExact(String name) {
    assertThat(lines(name, "out")).as(name).containsExactlyElementsOf(rows);
    assertThat(lines(name, "rejects").stream().map(FailingDiskTest::reject))
        .as(name)
        .containsExactlyElementsOf(rejects);
  }

  private static String reject(String line) {
    return line.replaceFirst(
        "\\{\"source\":\"(.*)\",\"offset\":(\\d+),\"reason\":\".+\",\"raw\":\"(.*)\"}", "$1@$2 $3");
  }

  /** The lines of all visible files, which must be whole. */
  private List<String> lines(String name, String output) {
    Path folder = directory.resolve(name, output);
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<String> lines = new ArrayList<>();
      for (Path file : entries.filter(Files::isRegularFile).sorted().toList()) {
        String text = Files.readString(file);
        assertThat(text).endsWith("\n");
        text.lines().forEach(lines::add);
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void fullDiskFailsTheQueryWithThePathAndLosesNothing(String execution) {
    FailingDisk sound = FailingDisk.sound();
    run(sound, execution, "sound");
    requireExact("sound");
    long sometimesEnough = sound.bytesUsed() - VARYING_BYTES;
    for (long bytes = 0; bytes < sometimesEnough; bytes += STEP_BYTES) {
      String name = "full-" + bytes;
      FailingDisk disk = FailingDisk.ofBytes(bytes);
      MillraceException failure =
          catchThrowableOfType(MillraceException.class, () -> run(disk, execution, name));
      assertThat(failure)
          .as(name)
          .hasMessageContaining(directory.resolve(name).toString())
          .hasMessageContaining("No space left on device");
      assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCES);
      if (failure instanceof StreamingQueryException) {
        assertThat(failure).hasMessageStartingWith("query ");
      }
      List<String> visible = lines(name, "out");
      assertThat(rows.subList(0, visible.size())).as("visible, " + name).isEqualTo(visible);
      run(FailingDisk.sound(), execution, name);
      requireExact(name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void processThatDiesAnywhereLosesAndRepeatsNothing(String execution) {
    boolean died = true;
    for (int point = 1; died; point++) {
      String name = "point-" + point;
      FailingDisk disk = FailingDisk.lostAtPoint(point);
      MillraceException failure =
          catchThrowableOfType(MillraceException.class, () -> run(disk, execution, name));
      died = disk.isLost();
      assertThat(failure != null).isEqualTo(died);
      List<String> visible = lines(name, "out");
      assertThat(rows.subList(0, visible.size())).as("visible, " + name).isEqualTo(visible);
      run(FailingDisk.sound(), execution, name);
      requireExact(name);
    }
  }
}
