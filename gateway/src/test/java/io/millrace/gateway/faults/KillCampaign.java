package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A query that is killed with SIGKILL again and again while its input grows, and its oracle. */
final class KillCampaign {
  private final Scene scene;
  private final List<QuerySettings> settings;
  private final long seed;
  private final RandomMoment moment;
  private final List<Long> firstEpochMs = new ArrayList<>();

  /**
   * @param settings of the first, the second ... process, over again from the first
   * @param seed of the moments
   */
  KillCampaign(Scene scene, List<QuerySettings> settings, long seed) {
    this.scene = scene;
    this.settings = settings;
    this.seed = seed;
    this.moment = new RandomMoment(scene, new Random(seed));
  }

  void run(int rounds) throws IOException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      QuerySettings now = settings.get(round % settings.size());
      String when = now + ", round " + round + ", seed " + seed;
      try (ChildJvm child = scene.start(now)) {
        moment.await(child, round);
        child.kill();
        ChildLog log = child.report();
        scene.requireResumed(log, when);
        scene.acknowledged(log);
        log.firstEpochMs().ifPresent(firstEpochMs::add);
      }
      scene.requireNothingTwice(when);
    }
    scene.feedLast();
    scene.runToTheEnd(settings.getFirst());
    scene.requireExact("seed " + seed);
    assertThat(scene.expected()).isNotEmpty();
    assertThat(scene.output().epochs()).isPositive();
  }

  /** From the start of a process to its first commit, of each that came so far. */
  List<Long> firstEpochMs() {
    return firstEpochMs;
  }

  int rows() throws IOException {
    return scene.expected().size();
  }

  long epochs() throws IOException {
    return scene.output().epochs();
  }
}
