package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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
  private static final int GROUPS = 4;

  private static final FaultReport REPORT =
      new FaultReport(
          "power cuts",
          "query",
          "journal",
          "ext4",
          "cuts",
          "acknowledged",
          "rows",
          "lost",
          "doubled");

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
    QueryShape shape = QueryShape.values()[group % QueryShape.values().length];
    Random random = new Random(Parameters.SEED + group);
    GrowingInput input = new GrowingInput(directory.resolve("in"), random);
    Scene scene = new FileScene(directory, input, place(), shape);
    int cuts = Parameters.share(Parameters.CUTS, group, GROUPS);
    run("files, " + shape, scene, settings(group, journal), mode, cuts, random);
  }

  @ParameterizedTest
  @CsvSource({
    "0, chronicle, ordered, FILES",
    "1, chronicle, writeback, CALLBACK",
    "2, file, ordered, CALLBACK",
    "3, file, writeback, FILES"
  })
  void whatLiveSendersWereToldToBeSafeIsThere(
      int group, String journal, String mode, LiveShape shape) throws Exception {
    Random random = new Random(Parameters.SEED + GROUPS + group);
    Scene scene = new LiveScene(directory, place(), shape);
    int cuts = Parameters.share(Parameters.LIVE_CUTS, group, GROUPS);
    run("live, " + shape, scene, settings(group, journal), mode, cuts, random);
  }

  private Path place() {
    return directory.resolve("place");
  }

  private static QuerySettings settings(int group, String journal) {
    return new QuerySettings(group % 2 == 0 ? "staged" : "fused", journal, "disk");
  }

  private void run(
      String query, Scene scene, QuerySettings settings, String mode, int cuts, Random random)
      throws Exception {
    String options = "data=" + mode + ",commit=1"; // also between forces the disk gets something
    RandomMoment moment = new RandomMoment(scene, random);
    Path disks = directory.resolve("disks.img");
    Mounted.format("xfs", disks, DISKS_BYTES);
    try (Mounted disk = Mounted.image(disks, "nouuid", directory.resolve("disks"))) {
      Path image = disk.path().resolve("0.img");
      Mounted.format("ext4", image, IMAGE_BYTES);
      for (int cut = 1; cut <= cuts; cut++) {
        String when = query + ", " + settings + ", " + mode + ", cut " + cut;
        Path clone = disk.path().resolve(cut + ".img");
        List<String> acknowledged;
        try (Mounted _ = Mounted.image(image, options, place());
            ChildJvm child = scene.start(settings)) {
          moment.await(child, cut);
          ChildLog log = child.report();
          scene.requireResumed(log, when);
          scene.acknowledged(log);
          acknowledged = scene.output().upTo(scene.acknowledgedEpoch());
          Machine.run("cp", "--reflink=always", image, clone);
          child.kill();
        }
        Files.delete(image);
        image = clone;
        try (Mounted _ = Mounted.image(image, options, place())) {
          assertThat(scene.output().upTo(scene.acknowledgedEpoch()))
              .as("output of acknowledged epochs, %s", when)
              .containsExactlyInAnyOrderElementsOf(acknowledged);
          scene.requireNothingTwice(when);
        }
      }
      scene.feedLast();
      try (Mounted _ = Mounted.image(image, options, place())) {
        scene.runToTheEnd(settings);
        scene.requireExact(settings + ", " + mode);
      }
    }
    REPORT.add(
        query,
        settings.journal(),
        mode,
        cuts,
        scene.acknowledgedEpoch() + 1,
        scene.expected().size(),
        0,
        0);
  }
}
