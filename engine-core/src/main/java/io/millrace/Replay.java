package io.millrace;

import io.millrace.runtime.SeededChoices;
import io.millrace.state.offsets.CheckpointInspection;
import io.millrace.state.offsets.CheckpointMetadata;
import io.millrace.state.offsets.RecordedEpochs;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.SimulatedDisk;
import io.millrace.types.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Runs epochs of a checkpoint again that are committed, with the state, the input, the batches and
 * the arrival times that they had, to see what came out. Nothing is written to the disk and no lock
 * is taken: the query itself may run meanwhile, although a file that it drops in just that moment
 * fails the replay.
 *
 * <p>The state before the first epoch comes from snapshots and changes; the input from the ingest
 * journal, or from the sources, which are asked for the ranges that were planned. What can be run
 * again ends where one of them is not kept any more.
 */
public final class Replay {
  private final Path checkpoint;
  private final SimulatedDisk sandbox;
  private final ManualClock clock = new ManualClock();
  private final RecordedEpochs epochs;
  private final CheckpointMetadata metadata;

  private Replay(Path checkpoint) {
    this.checkpoint = checkpoint;
    this.sandbox = new SimulatedDisk(new LocalStorage(), clock::nowUs);
    this.epochs = new RecordedEpochs(checkpoint, sandbox);
    this.metadata = CheckpointInspection.require(checkpoint, sandbox).metadata().orElseThrow();
  }

  /**
   * @throws io.millrace.types.MillraceException {@code PLAN} if there is no checkpoint, {@code
   *     CHECKPOINT} if it is damaged
   */
  public static Replay of(Path checkpoint) {
    return new Replay(checkpoint);
  }

  /** The pipeline file that describes the query; empty if a program does. */
  public Optional<Path> pipeline() {
    return metadata.pipeline().map(Path::of);
  }

  /** The query's name in its pipeline file. */
  public Optional<String> queryName() {
    return metadata.query();
  }

  /** The oldest epoch that can be run again; empty if none can. */
  public OptionalLong firstEpoch() {
    return epochs.first();
  }

  /** The last committed epoch; empty if there is none. */
  public OptionalLong lastEpoch() {
    return epochs.last();
  }

  /**
   * Runs epochs again; once per replay.
   *
   * @param from the first
   * @param to the last
   * @param query describes the query as its checkpoint knows it, up to its sink, in a session of
   *     the replay
   * @param output is told each epoch's rows, none too, in order
   * @throws io.millrace.types.MillraceException {@code PLAN} if these epochs cannot be run again,
   *     naming those that can; {@code CHECKPOINT} if it is another query; what a query fails with
   */
  public void run(
      long from,
      long to,
      Function<Session, DataStreamWriter> query,
      BiConsumer<Long, List<Row>> output) {
    epochs.requireRange(from, to);
    epochs.rewind(from, to);
    if (epochs.isIngested(from)) {
      Map<Long, List<Row>> rows = runOnce(query);
      for (long epoch = from; epoch <= to; epoch++) {
        output.accept(epoch, rows.getOrDefault(epoch, List.of()));
      }
      return;
    }
    for (long epoch = from; epoch <= to; epoch++) {
      epochs.plan(epoch);
      output.accept(epoch, runOnce(query).getOrDefault(epoch, List.of()));
    }
  }

  /** One start does all that the sandbox holds and that is not committed there. */
  private Map<Long, List<Row>> runOnce(Function<Session, DataStreamWriter> query) {
    Map<Long, List<Row>> rows = new TreeMap<>();
    Map<String, String> settings = Map.of("millrace.durability", "process");
    try (Session session =
        Session.Builder.simulated(
            settings, sandbox, clock, CrashPoints.NONE, SeededChoices.replaying())) {
      query
          .apply(session)
          .option("checkpointLocation", checkpoint)
          .trigger(Trigger.DEFAULT)
          .foreachRow(
              row -> rows.computeIfAbsent(row.epoch(), any -> new ArrayList<>()).add(row.toRow()))
          .start()
          .awaitTermination();
    }
    return rows;
  }
}
