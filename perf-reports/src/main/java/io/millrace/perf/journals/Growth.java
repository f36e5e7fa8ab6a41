package io.millrace.perf.journals;

import io.millrace.perf.pace.Percentiles;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.JsonFile;
import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.offsets.Checkpoint;
import io.millrace.state.offsets.CheckpointMetadata;
import io.millrace.state.offsets.Commit;
import io.millrace.state.offsets.Plan;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.LocalStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * A checkpoint that lives through a million epochs: how it grows, what a start and an epoch cost.
 */
public final class Growth {
  private static final long[] EPOCHS = {1_000, 10_000, 100_000, 1_000_000};
  private static final int STARTS = 5;

  /** Files that a source remembers, as the file source writes them down. */
  private static final int REMEMBERED_BYTES = 16 << 10;

  private static final List<List<String>> MEMORY = List.of(List.of("f".repeat(REMEMBERED_BYTES)));

  /**
   * @param epochs there were until then
   * @param sizeBytes of the checkpoint's files
   * @param startMs opening it, the middle of several
   */
  public record Point(long epochs, long sizeBytes, double startMs) {}

  /**
   * @param epoch ns per epoch, with the work that keeps the journal short
   */
  public record Figures(JournalKind kind, List<Point> points, Percentiles epoch) {}

  private Growth() {}

  /** Arguments: the file for the figures, an empty folder, kind. */
  public static void main(String[] arguments) {
    JournalKind kind = JournalKind.valueOf(arguments[2]);
    Path folder = Folder.fresh(Path.of(arguments[1]));
    Histogram ns = new Histogram(3);
    List<Point> points = new ArrayList<>();
    for (long epochs : EPOCHS) {
      try (Checkpoint checkpoint = open(folder, kind)) {
        run(checkpoint, epochs, ns);
      }
      points.add(point(folder, kind, epochs));
    }
    JsonFile.write(Path.of(arguments[0]), new Figures(kind, points, Percentiles.of(ns)));
    Folder.delete(folder);
  }

  private static Checkpoint open(Path folder, JournalKind kind) {
    CheckpointMetadata query =
        new CheckpointMetadata(UUID.randomUUID(), "perf", List.of("Scan"), List.of("in"), "sink");
    JournalOptions options = new JournalOptions(kind, Durability.PROCESS);
    return Checkpoint.open(folder, query, new LocalStorage(), options, CrashPoints.NONE);
  }

  private static void run(Checkpoint checkpoint, long until, Histogram ns) {
    for (long epoch = checkpoint.nextEpoch(); epoch < until; epoch++) {
      long startNs = System.nanoTime();
      int checksum =
          checkpoint.plan(new Plan(epoch, epoch, List.of("{\"logOffset\":" + epoch + "}")));
      checkpoint.commit(new Commit(epoch, epoch, "receipt", checksum));
      checkpoint.clean(Growth::memory);
      ns.recordValue(System.nanoTime() - startNs);
    }
  }

  private static Iterator<List<String>> memory() {
    return MEMORY.iterator();
  }

  private static Point point(Path folder, JournalKind kind, long epochs) {
    List<Double> starts = new ArrayList<>();
    long sizeBytes = sizeBytes(folder);
    for (int i = 0; i < STARTS; i++) {
      long startNs = System.nanoTime();
      open(folder, kind).close();
      starts.add((System.nanoTime() - startNs) / 1e6);
    }
    return new Point(epochs, sizeBytes, starts.stream().sorted().toList().get(STARTS / 2));
  }

  private static long sizeBytes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
