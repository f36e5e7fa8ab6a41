package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A query writes to an ext4 file system in a file. At a random moment that file is cloned, which
 * the XFS that holds it does in one step, between two writes: the clone has what had reached the
 * disk, and nothing of what stood in memory only. The next process goes on from the clone, as after
 * a power cut of a machine whose disk keeps what it has taken.
 */
@Tag("faults")
class PowerCutTest {
  private static final long DISKS_BYTES = 1L << 30;
  private static final long IMAGE_BYTES = 96L << 20;
  private static final Pattern EPOCH = Pattern.compile("-e(\\d+)-");
  private static final int GROUPS = 4;

  private static final FaultReport REPORT =
      new FaultReport(
          "power cuts", "journal", "ext4", "cuts", "acknowledged", "rows", "lost", "doubled");

  @TempDir Path directory;

  @BeforeAll
  static void requireMachine() throws IOException {
    Machine.requireEverything();
  }

  @AfterAll
  static void report() throws IOException {
    REPORT.write();
  }

  @ParameterizedTest
  @CsvSource({
    "0, chronicle, ordered",
    "1, chronicle, writeback",
    "2, file, ordered",
    "3, file, writeback"
  })
  void acknowledgedEpochsAreThere(int group, String journal, String mode) throws Exception {
    int cuts = Parameters.share(Parameters.CUTS, group, GROUPS);
    long seed = Parameters.SEED + group;
    String options = "data=" + mode + ",commit=1"; // also between forces the disk gets something
    QuerySettings settings =
        new QuerySettings(group % 2 == 0 ? "staged" : "fused", journal, "disk");
    Random random = new Random(seed);
    GrowingInput input = new GrowingInput(directory.resolve("in"), random);
    Path place = directory.resolve("place");
    Scene scene =
        new Scene(directory, input, place, QueryShape.values()[group % QueryShape.values().length]);
    RandomMoment moment = new RandomMoment(scene, random);
    Path disks = directory.resolve("disks.img");
    Mounted.format("xfs", disks, DISKS_BYTES);
    long acknowledged = -1;
    try (Mounted disk = Mounted.image(disks, "nouuid", directory.resolve("disks"))) {
      Path image = disk.path().resolve("0.img");
      Mounted.format("ext4", image, IMAGE_BYTES);
      for (int cut = 1; cut <= cuts; cut++) {
        String when = settings + ", " + mode + ", cut " + cut + ", seed " + seed;
        Path clone = disk.path().resolve(cut + ".img");
        Map<Path, String> files;
        try (Mounted _ = Mounted.image(image, options, place);
            ChildJvm child = scene.start(settings)) {
          moment.await(child, cut);
          requireResumed(child.report(), acknowledged, when);
          acknowledged = Math.max(acknowledged, child.report().committedEpoch());
          files = filesOfEpochs(scene.output(), acknowledged);
          Machine.run("cp", "--reflink=always", image, clone);
          child.kill();
        }
        Files.delete(image);
        image = clone;
        try (Mounted _ = Mounted.image(image, options, place)) {
          assertThat(filesOfEpochs(scene.output(), acknowledged))
              .as("files of acknowledged epochs, %s", when)
              .isEqualTo(files);
          scene.requireNothingTwice(when);
        }
      }
      input.addFile();
      try (Mounted _ = Mounted.image(image, options, place)) {
        requireResumed(scene.runToTheEnd(settings), acknowledged, "at the end");
        scene.requireExact(settings + ", " + mode + ", seed " + seed);
      }
    }
    REPORT.add(journal, mode, cuts, acknowledged + 1, scene.expected().size(), 0, 0);
  }

  /**
   * A process that has opened its checkpoint has found all that was acknowledged before the cut.
   */
  private static void requireResumed(ChildLog report, long acknowledged, String when) {
    report
        .resumedAfter()
        .ifPresent(
            epoch ->
                assertThat(epoch)
                    .as("committed, as the checkpoint says, %s", when)
                    .isGreaterThanOrEqualTo(acknowledged));
  }

  /** The visible files of the epochs up to one, with what is in them. */
  private static Map<Path, String> filesOfEpochs(JsonOutput output, long last) throws IOException {
    Map<Path, String> files = new HashMap<>();
    for (Path file : output.files()) {
      Matcher epoch = EPOCH.matcher(file.getFileName().toString());
      assertThat(epoch.find()).as("an epoch in the name of %s", file).isTrue();
      if (Long.parseLong(epoch.group(1)) <= last) {
        files.put(file, Files.readString(file));
      }
    }
    return files;
  }
}
