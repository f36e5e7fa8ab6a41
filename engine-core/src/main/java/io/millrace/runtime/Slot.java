package io.millrace.runtime;

import io.millrace.physical.EventTimeStatistics;
import io.millrace.spi.Chunk;

/**
 * What travels from the sequencer to the sink: one piece of input and, written into the same slot
 * by a pipeline, the rows that follow from it; or the end of an epoch. Slots are made once and used
 * again.
 */
final class Slot {
  /** What the sink's stage does when it meets the slot. */
  enum Kind {
    DATA,
    BATCH_END,
    EPOCH_BEGIN,
    PLANNED,
    EPOCH_END
  }

  final Pages output;
  final Pages[] rejects;

  /** Rows that were put aside; null if they are only counted. */
  final Pages lateRows;

  /** Of this slot's rows, per watermarked input. */
  final EventTimeStatistics[] eventTimes;

  private final Chunk[] chunks;
  Kind kind = Kind.DATA;
  int source;
  long epoch;
  int planChecksum;
  long arrivalTimeUs;
  long arrivedNs;
  long watermarkUs;
  long numbersUsed;
  long recordsRead;
  long rejectedRecords;

  /**
   * @param rejects per source, null where rejects go nowhere
   * @param watermarkedInputs how many there are
   */
  Slot(int sources, Pages output, Pages[] rejects, Pages lateRows, int watermarkedInputs) {
    this.chunks = new Chunk[sources];
    this.output = output;
    this.rejects = rejects;
    this.lateRows = lateRows;
    this.eventTimes = new EventTimeStatistics[watermarkedInputs];
    for (int i = 0; i < watermarkedInputs; i++) {
      eventTimes[i] = new EventTimeStatistics();
    }
  }

  /** The chunk that this slot keeps for a source, made when it is first needed. */
  Chunk chunk(SourceDriver owner) {
    Chunk chunk = chunks[owner.index()];
    if (chunk == null) {
      chunk = owner.newChunk();
      chunks[owner.index()] = chunk;
    }
    return chunk;
  }

  /** The chunk of the source at hand. */
  Chunk chunk() {
    return chunks[source];
  }

  void clear() {
    kind = Kind.DATA;
    recordsRead = 0;
    rejectedRecords = 0;
    numbersUsed = 0;
    output.clear();
    if (lateRows != null) {
      lateRows.clear();
    }
    for (EventTimeStatistics seen : eventTimes) {
      seen.reset();
    }
    for (Pages pages : rejects) {
      if (pages != null) {
        pages.clear();
      }
    }
  }

  void close() {
    output.close();
    if (lateRows != null) {
      lateRows.close();
    }
    for (Pages pages : rejects) {
      if (pages != null) {
        pages.close();
      }
    }
    for (Chunk chunk : chunks) {
      if (chunk != null) {
        SourceDriver.close(chunk);
      }
    }
  }
}
