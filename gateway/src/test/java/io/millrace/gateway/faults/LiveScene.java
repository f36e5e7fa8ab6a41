package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.faults.LiveReadings.Group;
import io.millrace.spi.RowPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A {@link LiveQuery}: it has its senders in its own process, and keeps windows as its state. */
final class LiveScene extends Scene {
  private static final Pattern START = Pattern.compile("\\{\"start\":(\\d+),.*");

  private final Path place;
  private final LiveShape shape;
  private final Map<String, Long> safe = new HashMap<>();
  private long rows;

  /**
   * @param directory for what the processes print; no fault is made there
   * @param place where the query keeps its checkpoint and its output
   */
  LiveScene(Path directory, Path place, LiveShape shape) throws IOException {
    super(
        Files.createDirectories(directory),
        place,
        shape == LiveShape.FILES
            ? new JsonOutput(place.resolve("out"))
            : new EffectsOutput(place.resolve("effects")));
    this.place = place;
    this.shape = shape;
  }

  /** The senders never stop. */
  @Override
  void feed() {}

  @Override
  void feedLast() {}

  @Override
  Class<?> program() {
    return LiveQuery.class;
  }

  @Override
  String[] arguments(boolean bounded, QuerySettings settings) {
    List<String> arguments =
        new ArrayList<>(List.of(place.toString(), shape.name(), Boolean.toString(bounded)));
    arguments.addAll(settings.arguments());
    return arguments.toArray(String[]::new);
  }

  @Override
  void requireResumed(ChildLog log, String when) {
    super.requireResumed(log, when);
    safe.forEach(
        (sender, number) ->
            log.foundSafe(sender)
                .ifPresent(
                    found ->
                        assertThat(found)
                            .as("the last safe row of sender %s, %s", sender, when)
                            .isGreaterThanOrEqualTo(number)));
  }

  @Override
  void acknowledged(ChildLog log) {
    super.acknowledged(log);
    for (String sender : LiveReadings.SENDERS) {
      log.safe(sender).ifPresent(number -> safe.merge(sender, number, Math::max));
    }
    log.goal().ifPresent(goal -> rows = goal);
  }

  @Override
  List<String> expected() {
    long end =
        shape == LiveShape.FILES
            ? LiveReadings.openFrom(rows)
            : LiveReadings.seconds(LiveReadings.SENDERS.size(), rows);
    return LiveReadings.windows(end, rows).stream().map(Group::json).toList();
  }

  @Override
  void requireNothingTwice(String when) throws IOException {
    if (output() instanceof EffectsOutput effects) {
      requireEachRowOnce(effects.effects(), when);
    } else {
      requireEachWindowOnce(output().rows(), when);
    }
    requireNoCrash(when);
  }

  private static void requireEachWindowOnce(List<String> windows, String when) {
    assertThat(windows).as("windows, %s", when).doesNotHaveDuplicates();
    Set<String> possible = new HashSet<>();
    for (long start : windows.stream().map(LiveScene::start).distinct().toList()) {
      LiveReadings.window(start, Long.MAX_VALUE).forEach(group -> possible.add(group.json()));
    }
    assertThat(possible).as("whole windows, %s", when).containsAll(windows);
  }

  private static long start(String window) {
    return Long.parseLong(START.matcher(window).replaceFirst("$1"));
  }

  /** Rows come in order, and with each update a group has more rows than before. */
  private static void requireEachRowOnce(List<EffectsOutput.Effect> effects, String when) {
    RowPosition last = RowPosition.START;
    Map<String, Long> counts = new HashMap<>();
    for (EffectsOutput.Effect effect : effects) {
      RowPosition position = effect.position();
      assertThat(position.epoch())
          .as("%s, %s", position, when)
          .isGreaterThanOrEqualTo(last.epoch());
      long expected = position.epoch() == last.epoch() ? last.rowNumber() + 1 : 0;
      assertThat(position.rowNumber()).as("%s, %s", position, when).isEqualTo(expected);
      last = position;
      Group group = effect.group();
      Long before = counts.put(group.start() + " " + group.device(), group.count());
      assertThat(group.count())
          .as("rows of %s at %s, %s", group, position, when)
          .isGreaterThan(before == null ? 0 : before);
    }
  }
}
