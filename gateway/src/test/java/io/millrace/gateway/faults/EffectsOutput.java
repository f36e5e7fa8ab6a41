package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.faults.LiveReadings.Group;
import io.millrace.spi.RowPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands in an {@link EffectsFile}, seen from outside. */
record EffectsOutput(Path path) implements Output {
  /** A row's effect, and which row it was. */
  record Effect(RowPosition position, Group group) {
    private static Effect parse(String line) {
      String[] fields = line.split(" ", -1);
      assertThat(fields).as(line).hasSize(6);
      return new Effect(
          new RowPosition(Long.parseLong(fields[0]), Long.parseLong(fields[1])),
          new Group(
              Long.parseLong(fields[2]),
              fields[3],
              Long.parseLong(fields[4]),
              Long.parseLong(fields[5])));
    }
  }

  List<Effect> effects() throws IOException {
    return wholeLines().lines().map(Effect::parse).toList();
  }

  Optional<Effect> last() throws IOException {
    String lines = wholeLines();
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Effect.parse(lines.substring(lines.lastIndexOf('\n', lines.length() - 2) + 1).strip()));
  }

  long wholeBytes() throws IOException {
    return wholeLines().length(); // it is ASCII
  }

  /** The newest of each group. */
  @Override
  public List<String> rows() throws IOException {
    Map<String, String> newest = new LinkedHashMap<>();
    for (Effect effect : effects()) {
      Group group = effect.group();
      newest.put(group.start() + " " + group.device(), group.json());
    }
    return List.copyOf(newest.values());
  }

  @Override
  public List<String> upTo(long epoch) throws IOException {
    return effects().stream()
        .filter(effect -> effect.position().epoch() <= epoch)
        .map(Effect::toString)
        .toList();
  }

  @Override
  public long epochs() throws IOException {
    return last().map(effect -> effect.position().epoch() + 1).orElse(0L);
  }

  @Override
  public long written() throws IOException {
    return visible();
  }

  @Override
  public long visible() throws IOException {
    return path.toFile().length();
  }

  @Override
  public void requireClean() throws IOException {
    assertThat(visible()).as("bytes of whole lines").isEqualTo(wholeBytes());
  }

  private String wholeLines() throws IOException {
    String text = Files.exists(path) ? Files.readString(path) : "";
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }
}
