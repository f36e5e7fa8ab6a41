package io.millrace.perf.bench;

import io.millrace.perf.bench.Engine.Setting;
import io.millrace.perf.bench.IdleFigures.Measured;
import io.millrace.perf.bench.IdleFigures.Run;
import io.millrace.perf.bench.IdleFigures.Settings;
import io.millrace.perf.machine.Commit;
import io.millrace.perf.machine.Machine;
import io.millrace.perf.process.ChildJvm;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.Outcome;
import io.millrace.perf.process.PeerJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs engines' queries over an empty folder, one after the other. */
final class IdleCost {
  private static final String PEER_HEAP = "512m";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Settings settings;
  private final Path home;
  private final Path work;
  private final Path peers;

  IdleCost(Settings settings, Path home, Path work, Path peers) {
    this.settings = settings;
    this.home = home;
    this.work = work;
    this.peers = peers;
  }

  IdleFigures run() {
    String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    List<Run> runs = new ArrayList<>();
    List<String> order = new ArrayList<>(settings.engines());
    for (int i = 0; i < settings.runs(); i++) {
      for (String engine : order) {
        Turns.say("idle, %s", engine);
        Run run = measure(Engine.of(engine));
        Turns.say("%s", run.measured() == null ? "failed: " + run.problem() : run.measured());
        runs.add(run);
      }
      Collections.reverse(order);
    }
    return new IdleFigures(date, Commit.of(home), Machine.here(), settings, runs);
  }

  private Run measure(Engine engine) {
    Path place = Folder.fresh(work.resolve("idle"));
    Path result = place.resolve("figures.json");
    List<String> arguments =
        List.of(
            result.toString(),
            place.toString(),
            Double.toString(settings.settleSeconds()),
            Double.toString(settings.seconds()));
    Path log = work.resolve("idle-" + engine.id() + ".log");
    try {
      Outcome<Measured> outcome =
          Outcome.of(command(engine, arguments), result, Measured.class, log, LIMIT);
      return new Run(engine.id(), outcome.figures(), outcome.problem());
    } finally {
      Folder.delete(place);
    }
  }

  private List<String> command(Engine engine, List<String> arguments) {
    if (engine == Engine.MILLRACE) {
      return ChildJvm.command(
          List.of(), ChildJvm.classPath(), MillraceIdle.class.getName(), arguments);
    }
    String program = engine.program().replace("Job", "Idle");
    List<String> command =
        PeerJvm.command(peers.resolve(engine.id()), PEER_HEAP, program, arguments);
    command.add(1, "-XX:+UseSerialGC");
    return command;
  }

  /** How an engine watches, and why so. */
  static List<Setting> settings(Engine engine) {
    return switch (engine) {
      case MILLRACE ->
          List.of(
              new Setting("json source, default trigger", "as a user would begin"),
              new Setting("runs", "when the first look at the folder is over"));
      case SPARK ->
          List.of(
              new Setting("json source, default trigger", "as a user would begin"),
              new Setting(
                  "FileSystemBasedCheckpointFileManager",
                  "the default starts a process per file operation"),
              new Setting("a checkpoint", "it always keeps one"),
              new Setting("runs", "when the first look at the folder is over"));
      case FLINK ->
          List.of(
              new Setting(
                  "FileSource, monitored every second", "it asks for an interval; a usual one"),
              new Setting("runs", "when the sinks of all subtasks are open"));
      case JET ->
          List.of(
              new Setting("jsonWatcher", "its watcher of folders, which the system wakes"),
              new Setting("default idle back-off", "as a user would begin"),
              new Setting("runs", "when the job's status says so"));
      case DUCKDB -> List.of();
    };
  }
}
