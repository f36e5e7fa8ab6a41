package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Somebody else fills a query's disk at random moments and makes room again later. The query waits
 * and goes on by itself; now and then it is killed and starts again.
 */
@Tag("faults")
class FullDiskTest {
  private static final long DISK_BYTES = 40L << 20;
  private static final int GROUPS = 8;
  private static final long POLL_NS = 1_000_000;
  private static final int FILLS_PER_PROCESS = 4;

  private static final FaultReport REPORT =
      new FaultReport(
          "full disks",
          "disk",
          "journal",
          "reserve",
          "fills",
          "waited",
          "refused to start",
          "rows",
          "lost",
          "doubled");

  @TempDir Path directory;
  private QuerySettings settings;
  private Scene scene;
  private RandomMoment moment;
  private Ballast ballast;
  private int waited;
  private int refused;

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
    "0, tmpfs, chronicle, 0",
    "1, tmpfs, chronicle, 8m",
    "2, tmpfs, file, 0",
    "3, tmpfs, file, 8m",
    "4, ext4, chronicle, 0",
    "5, ext4, chronicle, 8m",
    "6, ext4, file, 0",
    "7, ext4, file, 8m"
  })
  void queryWaitsForRoomAndGoesOn(int group, String disk, String journal, String reserve)
      throws Exception {
    int fills = Parameters.share(Parameters.FILLS, group, GROUPS);
    Random random = new Random(Parameters.SEED + group);
    GrowingInput input = new GrowingInput(directory.resolve("in"), random);
    Path place = directory.resolve("place");
    settings =
        new QuerySettings(
            group % 2 == 0 ? "fused" : "staged",
            journal,
            "disk",
            List.of("millrace.diskReserve=" + reserve));
    scene = new FileScene(directory, input, place, QueryShape.PLAIN);
    moment = new RandomMoment(scene, random);
    ballast = new Ballast(place.resolve("ballast"));
    try (Mounted _ = mount(disk, place)) {
      for (int fill = 0; fill < fills; ) {
        int last = Math.min(fills, fill + FILLS_PER_PROCESS);
        try (ChildJvm child = scene.start(settings)) {
          boolean running = true;
          while (running && fill < last) {
            running = fillAndFree(child, fill++);
          }
        }
        scene.requireNothingTwice(settings + ", " + disk + ", fill " + fill);
      }
      scene.feedLast();
      scene.runToTheEnd(settings);
      scene.requireExact(settings + ", " + disk);
    }
    REPORT.add(disk, journal, reserve, fills, waited, refused, scene.expected().size(), 0, 0);
  }

  private Mounted mount(String disk, Path place) throws IOException {
    if (disk.equals("tmpfs")) {
      return Mounted.tmpfs(DISK_BYTES, place);
    }
    Path image = directory.resolve("disk.img");
    Mounted.format(disk, image, DISK_BYTES);
    return Mounted.image(image, "rw", place);
  }

  /**
   * Fills the disk until the query waits, and makes room until it has gone on. A process that finds
   * no room while it starts says so and ends.
   *
   * @return whether it runs
   */
  private boolean fillAndFree(ChildJvm child, int round) throws IOException, InterruptedException {
    moment.await(child, round);
    long pauses = child.report().pauses();
    ballast.fill();
    while (child.isAlive() && child.report().pauses() == pauses) {
      work();
    }
    long epochs = scene.output().epochs();
    ballast.drop();
    if (!child.isAlive()) {
      assertThat(child.awaitEnd()).as(child::printed).isEqualTo(1);
      assertThat(child.printed())
          .contains("No space left on device")
          .doesNotContain(ChildReport.COMMITTED);
      refused++;
      return false;
    }
    while (scene.output().epochs() == epochs) {
      child.requireAlive();
      work();
    }
    waited++;
    return true;
  }

  private void work() throws IOException {
    scene.feed();
    LockSupport.parkNanos(POLL_NS);
  }
}
