package io.millrace.state.offsets;

import io.millrace.state.journal.JournalOptions;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A query as small as can be: one letter per epoch from a source that knows what it has read from
 * the checkpoint alone, into a sink that commits by epoch and knows whose plan that was. The
 * journal is kept short.
 */
final class MiniatureQuery {
  private static final char FIRST = '0';

  private final Path directory;
  private final Storage storage;
  private final JournalOptions options;
  private final CrashPoints points;

  /** What is outside the checkpoint; survives whatever happens to it. */
  static final class Sink {
    private final Map<Long, Integer> receipts = new TreeMap<>();
    private final StringBuilder output = new StringBuilder();

    /** The last epoch whose commit had returned. */
    private long acknowledged = -1;

    Sink copy() {
      Sink copy = new Sink();
      copy.receipts.putAll(receipts);
      copy.output.append(output);
      copy.acknowledged = acknowledged;
      return copy;
    }

    String output() {
      return output.toString();
    }

    long acknowledged() {
      return acknowledged;
    }

    private void deliver(long epoch, int planChecksum, String letters) {
      Integer receipt = receipts.get(epoch);
      if (receipt == null && epoch < receipts.size()
          || receipt != null && receipt != planChecksum) {
        throw new MillraceException(
            ErrorCode.CHECKPOINT, "sink: epoch " + epoch + " was committed under another plan");
      }
      if (receipt == null) {
        receipts.put(epoch, planChecksum);
        output.append(letters);
      }
    }
  }

  MiniatureQuery(Path directory, Storage storage, JournalOptions options, CrashPoints points) {
    this.directory = directory;
    this.storage = storage;
    this.options = options;
    this.points = points;
  }

  /** What comes out in the end. */
  static String letters(int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append((char) (FIRST + i));
    }
    return letters.toString();
  }

  /**
   * Runs until so many letters were read.
   *
   * @return the last epoch that the checkpoint knew to be committed at the start; -1 if none
   */
  long run(Sink sink, int count) {
    CheckpointMetadata query =
        new CheckpointMetadata(UUID.randomUUID(), "test", List.of("Scan"), List.of("in"), "sink");
    try (Checkpoint checkpoint = Checkpoint.open(directory, query, storage, options, points)) {
      final long found = checkpoint.lastCommittedEpoch().orElse(-1);
      TreeSet<Character> read = new TreeSet<>();
      checkpoint.memory(ranges -> add(ranges.getFirst(), read));
      checkpoint.plans(plan -> add(plan.ranges().getFirst(), read));
      while (true) {
        Plan plan = checkpoint.uncommittedPlan().orElse(null);
        int checksum = checkpoint.planChecksum();
        if (plan == null) {
          if (read.size() != checkpoint.nextEpoch()) {
            throw new AssertionError(read + " was read by epoch " + checkpoint.nextEpoch());
          }
          if (read.size() == count) {
            return found;
          }
          char letter = read.isEmpty() ? FIRST : (char) (read.last() + 1);
          // As in life, no two plans of an epoch are alike: they have their times.
          plan = new Plan(checkpoint.nextEpoch(), System.nanoTime(), List.of("" + letter));
          checksum = checkpoint.plan(plan);
          read.add(letter);
        }
        sink.deliver(plan.epoch(), checksum, plan.ranges().getFirst());
        checkpoint.commit(new Commit(plan.epoch(), 0, "receipt", checksum));
        sink.acknowledged = plan.epoch();
        checkpoint.clean(() -> pieces(List.copyOf(read)));
      }
    }
  }

  private static void add(String letters, TreeSet<Character> to) {
    letters.chars().forEach(letter -> to.add((char) letter));
  }

  private static Iterator<List<String>> pieces(List<Character> letters) {
    List<List<String>> pieces = new ArrayList<>();
    for (int i = 0; i < letters.size(); i += 4) {
      StringBuilder piece = new StringBuilder();
      letters.subList(i, Math.min(letters.size(), i + 4)).forEach(piece::append);
      pieces.add(List.of(piece.toString()));
    }
    return pieces.iterator();
  }
}
