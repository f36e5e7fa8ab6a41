package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A query's input and output as its parent knows them, and the processes that run it in turn. */
abstract class Scene {
  private static final String CRASH = "hs_err.log";

  private final Path directory;
  private final Path place;
  private final Output output;
  private long acknowledgedEpoch = -1;

  /**
   * @param directory for what the processes print; no fault is made there
   * @param place where the query keeps its checkpoint and its output
   */
  Scene(Path directory, Path place, Output output) {
    this.directory = directory;
    this.place = place;
    this.output = output;
  }

  Output output() {
    return output;
  }

  Path checkpoint() {
    return place.resolve("ck");
  }

  /** Adds input if the query has little left. */
  abstract void feed() throws IOException;

  /** Adds the input that the query ends with. */
  abstract void feedLast() throws IOException;

  /** The rows that the output must have in the end. */
  abstract List<String> expected() throws IOException;

  /** At any time, readers see whole rows that follow from the input, each as often as it does. */
  abstract void requireNothingTwice(String when) throws IOException;

  /** The program that is run, and what it is told. */
  abstract Class<?> program();

  /**
   * @param bounded whether it ends when it has handled the input that is there
   */
  abstract String[] arguments(boolean bounded, QuerySettings settings);

  /** A process that has opened its checkpoint has found all that others have acknowledged. */
  void requireResumed(ChildLog log, String when) {
    log.resumedAfter()
        .ifPresent(
            epoch ->
                assertThat(epoch)
                    .as("committed, as the checkpoint says, %s", when)
                    .isGreaterThanOrEqualTo(acknowledgedEpoch));
  }

  /** What a process says before it is ended is a promise for those that follow. */
  void acknowledged(ChildLog log) {
    acknowledgedEpoch = Math.max(acknowledgedEpoch, log.committedEpoch());
  }

  /** The newest epoch that a process has said to be committed; -1 if none. */
  long acknowledgedEpoch() {
    return acknowledgedEpoch;
  }

  /** Starts a process that goes on until something ends it. */
  ChildJvm start(QuerySettings settings) {
    return start(List.of(), settings, false);
  }

  /** Runs a process that handles the input that is there, undisturbed; returns what it said. */
  ChildLog runToTheEnd(QuerySettings settings) throws InterruptedException {
    try (ChildJvm child = start(List.of(), settings, true)) {
      child.awaitSuccess();
      ChildLog log = child.report();
      requireResumed(log, "at the end");
      acknowledged(log);
      return log;
    }
  }

  /**
   * @param tracer as {@link ChildJvm#start} takes it
   */
  ChildJvm start(List<String> tracer, QuerySettings settings, boolean bounded) {
    List<String> flags =
        List.of(
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:ErrorFile=" + directory.resolve(CRASH));
    return ChildJvm.start(
        tracer, directory.resolve("log"), flags, program(), arguments(bounded, settings));
  }

  /** None of the processes has crashed by itself. */
  void requireNoCrash(String when) {
    assertThat(directory.resolve(CRASH)).as("the JVM's last words, %s", when).doesNotExist();
  }

  /** After a clean end: the output is what the input makes, and nothing is left lying about. */
  void requireExact(String when) throws IOException {
    requireNothingTwice(when);
    assertThat(Multisets.minus(expected(), output.rows())).as("lost rows, %s", when).isEmpty();
    assertThat(Multisets.minus(output.rows(), expected())).as("too many, %s", when).isEmpty();
    output.requireClean();
  }

  /** How many bytes the processes have printed. */
  long printedBytes() throws IOException {
    return Files.size(directory.resolve("log"));
  }
}
