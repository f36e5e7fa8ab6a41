package io.millrace.gateway.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Many kills: of each journal and durability by itself, and of processes that take turns. */
@Tag("faults")
class KillsTest {
  /** A campaign's output is read after each kill, so many short ones take less time. */
  private static final int ROUNDS_PER_CAMPAIGN = 50;

  private static final QueryShape[] SHAPES = QueryShape.values();
  private static final FaultReport REPORT =
      new FaultReport(
          "kills",
          "query",
          "execution",
          "journal",
          "durability",
          "kills",
          "epochs",
          "rows",
          "lost",
          "doubled",
          "first epochs",
          "p50 ms",
          "max ms");

  @TempDir Path directory;

  /** Makes what the next campaign kills. */
  @FunctionalInterface
  private interface Scenes {
    Scene open(int number, Path place, long seed) throws IOException;
  }

  @BeforeAll
  static void requireMachine() throws IOException {
    Machine.requireEverything();
  }

  @AfterAll
  static void report() throws IOException {
    REPORT.write();
  }

  /** Each combination of settings by itself, and all together. */
  static List<List<QuerySettings>> settings() {
    List<List<QuerySettings>> groups = new ArrayList<>();
    for (String execution : List.of("fused", "staged")) {
      List<QuerySettings> all = QuerySettings.all(execution);
      all.forEach(one -> groups.add(List.of(one)));
      groups.add(all);
    }
    return groups;
  }

  @ParameterizedTest
  @MethodSource("settings")
  void nothingIsLostAndNothingIsThereTwice(List<QuerySettings> settings) throws Exception {
    int group = settings().indexOf(settings);
    int kills = Parameters.share(Parameters.ROUNDS, group, settings().size());
    run("files", settings, kills, Parameters.SEED + 1000L * group, KillsTest::files);
  }

  private static Scene files(int number, Path place, long seed) throws IOException {
    GrowingInput input = new GrowingInput(place.resolve("in"), new Random(seed));
    return new FileScene(place, input, place, SHAPES[number % SHAPES.length]);
  }

  @ParameterizedTest
  @EnumSource
  void whatLiveSendersSendIsTakenInOnce(LiveShape shape) throws Exception {
    int shapes = LiveShape.values().length;
    int kills = Parameters.share(Parameters.LIVE_ROUNDS, shape.ordinal(), shapes);
    List<QuerySettings> settings = new ArrayList<>(QuerySettings.all("fused"));
    settings.addAll(QuerySettings.all("staged"));
    run(
        "live, " + shape,
        settings,
        kills,
        Parameters.SEED + 1000L * (100 + shape.ordinal()),
        (_, place, _) -> new LiveScene(place, place, shape));
  }

  private void run(String query, List<QuerySettings> settings, int kills, long seed, Scenes scenes)
      throws Exception {
    int left = kills;
    long epochs = 0;
    long rows = 0;
    List<Long> firstEpochMs = new ArrayList<>();
    for (int number = 0; left > 0; number++) {
      Scene scene = scenes.open(number, directory.resolve("campaign-" + number), seed + number);
      KillCampaign campaign = new KillCampaign(scene, settings, seed + number);
      campaign.run(Math.min(left, ROUNDS_PER_CAMPAIGN));
      left -= ROUNDS_PER_CAMPAIGN;
      epochs += campaign.epochs();
      rows += campaign.rows();
      firstEpochMs.addAll(campaign.firstEpochMs());
    }
    add(query, settings, kills, epochs, rows, firstEpochMs);
  }

  private static void add(
      String query,
      List<QuerySettings> settings,
      int kills,
      long epochs,
      long rows,
      List<Long> firstEpochMs) {
    QuerySettings first = settings.getFirst();
    boolean alone = settings.size() == 1;
    Collections.sort(firstEpochMs);
    REPORT.add(
        query,
        first.execution(),
        alone ? first.journal() : "in turn",
        alone ? first.durability() : "in turn",
        kills,
        epochs,
        rows,
        0, // or the campaign would have failed
        0,
        firstEpochMs.size(),
        firstEpochMs.isEmpty() ? "" : firstEpochMs.get(firstEpochMs.size() / 2),
        firstEpochMs.isEmpty() ? "" : firstEpochMs.getLast());
  }
}
