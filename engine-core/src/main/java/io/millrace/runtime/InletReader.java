package io.millrace.runtime;

import io.millrace.types.AnalysisException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One query's place in an inlet: where it stands in each lane, and how far it has come with each
 * sender that has a name. Guarded by the inlet.
 */
final class InletReader {
  private final String inlet;
  private final Optional<QueryCheckpoint> checkpoint;
  private final Map<InletLane, InletCursor> cursors = new LinkedHashMap<>();
  private final Map<String, SenderPosition> senders = new HashMap<>();

  /**
   * @param inlet for errors
   * @param checkpoint empty if nothing that the query takes in is safe
   */
  InletReader(String inlet, Optional<QueryCheckpoint> checkpoint) {
    this.inlet = inlet;
    this.checkpoint = checkpoint;
  }

  Optional<QueryCheckpoint> checkpoint() {
    return checkpoint;
  }

  /** Reads a lane too, from where it begins for a reader who comes now. */
  void add(InletLane lane) {
    if (cursors.containsKey(lane)) {
      return;
    }
    SenderPosition sender = null;
    if (lane.producer() != null) {
      long before = lane.firstSequence() + lane.firstRowToRead() - 1;
      sender = senders.computeIfAbsent(lane.producer(), name -> new SenderPosition(before));
    }
    cursors.put(lane, new InletCursor(lane, sender, checkpoint.isPresent()));
  }

  /** The cursors that have, or may have, something to read; the others are closed. */
  InletCursor[] open(List<InletLane> lanes) {
    cursors.values().stream().filter(InletCursor::isDone).forEach(InletCursor::close);
    lanes.forEach(this::add);
    return cursors.values().stream()
        .filter(cursor -> !cursor.isClosed())
        .toArray(InletCursor[]::new);
  }

  /** Forgets the lanes that are gone. */
  void keepOnly(Collection<InletLane> lanes) {
    cursors.keySet().retainAll(lanes);
  }

  /**
   * The query's checkpoint has a sender's rows up to that number: they are not read again.
   *
   * @param seenHere number of the last row that a query with this checkpoint has taken in of this
   *     inlet since it was made; -1 if none
   * @return whether the sender is to go on behind what is safe, whatever it has counted so far
   * @throws AnalysisException if the rows to be read now do not follow it
   */
  boolean restore(String producer, long safe, long seenHere) {
    OptionalLong next = nextToRead(producer);
    if (next.isPresent() && next.getAsLong() > safe + 1) {
      throw new AnalysisException(
          about(producer)
              + ": rows "
              + (safe + 1)
              + " to "
              + (next.getAsLong() - 1)
              + " are not in the query's checkpoint and have gone by; close the writer, start the"
              + " query, then open the writer again and append from safeSequence + 1");
    }
    if (next.isPresent() && next.getAsLong() <= safe && seenHere < safe) {
      throw new AnalysisException(
          about(producer)
              + ": a writer was opened before the query started and counts from "
              + next.getAsLong()
              + ", but rows up to "
              + safe
              + " are in the query's checkpoint and would be left out; start the query first, then"
              + " open the writer: it counts on from safeSequence");
    }
    senders.computeIfAbsent(producer, name -> new SenderPosition(safe)).restore(safe);
    return next.isEmpty();
  }

  private String about(String producer) {
    return "inlet " + inlet + ", producer " + producer;
  }

  /** Number of the sender's row that comes next; empty if none waits and no writer is open. */
  private OptionalLong nextToRead(String producer) {
    return cursors.entrySet().stream()
        .filter(entry -> producer.equals(entry.getKey().producer()))
        .filter(entry -> !entry.getValue().isAtEnd())
        .mapToLong(entry -> entry.getValue().nextNumber())
        .findFirst();
  }

  /**
   * Number of the sender's last row that will not be lost; empty if the query has no part in that:
   * it has no checkpoint, or begins now and has not heard of the sender.
   */
  OptionalLong safe(String producer) {
    SenderPosition sender = senders.get(producer);
    if (checkpoint.isEmpty() || sender == null && !checkpoint.get().begun()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(sender == null ? -1 : sender.safe());
  }

  /** Number of the last row that was taken in, for each sender; the query does not run. */
  Map<String, Long> taken() {
    Map<String, Long> taken = new HashMap<>();
    senders.forEach((producer, sender) -> taken.put(producer, sender.taken));
    return taken;
  }

  /** Ends the reading. */
  void close() {
    cursors.values().forEach(InletCursor::close);
  }
}
