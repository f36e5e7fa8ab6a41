package io.millrace.runtime;

import io.millrace.types.AnalysisException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How an inlet's senders with a name count their rows, over all writers that they open. Guarded by
 * the inlet.
 */
final class InletSenders {
  /** What a journal's record has room for. */
  private static final int MAX_NAME_BYTES = 255;

  private final String inlet;
  private final Set<String> open = new HashSet<>();

  /** Where the last writer stopped, of senders who have appended rows. */
  private final Map<String, Long> next = new HashMap<>();

  /** How far queries that have ended had come, by their checkpoints. */
  private final Map<Path, Map<String, Long>> taken = new HashMap<>();

  InletSenders(String inlet) {
    this.inlet = inlet;
  }

  /**
   * The name of a sender who may open a writer, interned.
   *
   * @throws AnalysisException if that may not be
   */
  String require(String producer) {
    int bytes = producer.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_NAME_BYTES) {
      throw new AnalysisException(
          "inlet "
              + inlet
              + ": a producer's name has 1 to "
              + MAX_NAME_BYTES
              + " bytes, this one has "
              + bytes);
    }
    if (open.contains(producer)) {
      throw new AnalysisException(
          "inlet "
              + inlet
              + ": producer "
              + producer
              + " has an open writer; close it, or choose another name");
    }
    return producer.intern();
  }

  /** Number of the next row, for a sender who has sent none since the inlet was made. */
  long next(String producer, long safe) {
    return next.getOrDefault(producer, safe + 1);
  }

  void opened(String producer) {
    open.add(producer);
  }

  void closed(String producer, long firstSequence, long rows) {
    open.remove(producer);
    if (rows > 0) {
      next.put(producer, firstSequence + rows);
    }
  }

  /** No row of the sender waits, no writer is open, and a query has its rows up to that number. */
  void goOnBehind(String producer, long safe) {
    if (next.getOrDefault(producer, safe + 1) != safe + 1) {
      next.remove(producer);
    }
  }

  /** A query has ended that has taken in the senders' rows up to those numbers. */
  void left(Path checkpoint, Map<String, Long> numbers) {
    taken.computeIfAbsent(checkpoint, path -> new HashMap<>()).putAll(numbers);
  }

  /** Number of the last row that ended queries with that checkpoint have taken in; -1 if none. */
  long taken(Path checkpoint, String producer) {
    return taken.getOrDefault(checkpoint, Map.of()).getOrDefault(producer, -1L);
  }
}
