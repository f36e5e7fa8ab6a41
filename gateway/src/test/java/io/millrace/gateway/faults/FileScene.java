package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A {@link FaultyQuery} that reads and writes files. */
final class FileScene extends Scene {
  /** At most this much input waits for the query, so that it always has work and little of it. */
  private static final int FILES_AHEAD = 8;

  private final GrowingInput input;
  private final Path place;
  private final QueryShape shape;

  /**
   * @param directory for what the processes print; no fault is made there
   * @param place where the query keeps its checkpoint and its output
   */
  FileScene(Path directory, GrowingInput input, Path place, QueryShape shape) {
    super(directory, place, new JsonOutput(place.resolve("out")));
    this.input = input;
    this.place = place;
    this.shape = shape;
  }

  @Override
  void feed() throws IOException {
    if (input.files() < 2 * output().epochs() + FILES_AHEAD) {
      input.addFile();
    }
  }

  @Override
  void feedLast() throws IOException {
    input.addFile();
  }

  @Override
  Class<?> program() {
    return FaultyQuery.class;
  }

  @Override
  String[] arguments(boolean bounded, QuerySettings settings) {
    return new QueryRun(input.directory(), place, bounded, shape, settings.arguments()).arguments();
  }

  @Override
  void requireNothingTwice(String when) throws IOException {
    List<String> tooMany = Multisets.minus(output().rows(), expected());
    assertThat(tooMany).as("rows that are there twice or come from nowhere, %s", when).isEmpty();
    requireNoCrash(when);
  }

  @Override
  List<String> expected() {
    return switch (shape) {
      case PARTITIONED -> input.expected();
      case PLAIN ->
          input.expected().stream().map(row -> row.substring(row.indexOf(' ') + 1)).toList();
      case GROUPED -> input.expectedGroups();
    };
  }
}
