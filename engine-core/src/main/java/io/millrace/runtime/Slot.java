package io.millrace.runtime;

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
    EPOCH_BEGIN,
    EPOCH_END
  }

  final Pages output;
  final Pages[] rejects;
  private final Chunk[] chunks;
  Kind kind = Kind.DATA;
  int source;
  long epoch;
  int planChecksum;
  long arrivalTimeUs;
  long arrivedNs;
  long recordsRead;
  long rejectedRecords;

  /**
   * @param rejects per source, null where rejects go nowhere
   */
  Slot(int sources, Pages output, Pages[] rejects) {
    this.chunks = new Chunk[sources];
    this.output = output;
    this.rejects = rejects;
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
    output.clear();
    for (Pages pages : rejects) {
      if (pages != null) {
        pages.clear();
      }
    }
  }

  void close() {
    output.close();
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
