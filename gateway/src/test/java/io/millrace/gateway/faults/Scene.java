package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A query's input and output as its parent knows them, and the processes that run it in turn. */
final class Scene {
  private static final String CRASH = "hs_err.log";

  private final Path directory;
  private final GrowingInput input;
  private final Path place;
  private final QueryShape shape;
  private final JsonOutput output;

  /**
   * @param directory for what the processes print; no fault is made there
   * @param place where the query keeps its checkpoint and its output
   */
  Scene(Path directory, GrowingInput input, Path place, QueryShape shape) {
    this.directory = directory;
    this.input = input;
    this.place = place;
    this.shape = shape;
    this.output = new JsonOutput(place.resolve("out"));
  }

  GrowingInput input() {
    return input;
  }

  JsonOutput output() {
    return output;
  }

  Path checkpoint() {
    return place.resolve("ck");
  }

  /** Starts a process that goes on until something ends it. */
  ChildJvm start(QuerySettings settings) {
    return start(List.of(), settings, false);
  }

  /** Runs a process that handles the input that is there, undisturbed; returns what it said. */
  ChildLog runToTheEnd(QuerySettings settings) throws InterruptedException {
    try (ChildJvm child = start(List.of(), settings, true)) {
      child.awaitSuccess();
      return child.report();
    }
  }

  /**
   * @param tracer as {@link ChildJvm#start} takes it
   */
  ChildJvm start(List<String> tracer, QuerySettings settings, boolean bounded) {
    QueryRun run = new QueryRun(input.directory(), place, bounded, shape, settings.arguments());
    List<String> flags =
        List.of(
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:ErrorFile=" + directory.resolve(CRASH));
    return ChildJvm.start(
        tracer, directory.resolve("log"), flags, FaultyQuery.class, run.arguments());
  }

  /** At any time, readers see whole files with rows of the input, each as often as it is there. */
  void requireNothingTwice(String when) throws IOException {
    List<String> tooMany = Multisets.minus(output.rows(), expected());
    assertThat(tooMany).as("rows that are there twice or come from nowhere, %s", when).isEmpty();
    assertThat(directory.resolve(CRASH)).as("the JVM's last words, %s", when).doesNotExist();
  }

  /** After a clean end: the output is what the input makes, and nothing is left lying about. */
  void requireExact(String when) throws IOException {
    requireNothingTwice(when);
    assertThat(Multisets.minus(expected(), output.rows())).as("lost rows, %s", when).isEmpty();
    output.requireClean();
  }

  /** The rows that the output must have in the end. */
  List<String> expected() {
    return switch (shape) {
      case PARTITIONED -> input.expected();
      case PLAIN ->
          input.expected().stream().map(row -> row.substring(row.indexOf(' ') + 1)).toList();
      case GROUPED -> input.expectedGroups();
    };
  }

  /** How many bytes the processes have printed. */
  long printedBytes() throws IOException {
    return Files.size(directory.resolve("log"));
  }
}
