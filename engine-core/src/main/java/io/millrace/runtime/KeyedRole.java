package io.millrace.runtime;

import io.millrace.physical.KeyedPart;

/**
 * Takes the rows of all slots whose keys it owns, and collects at the end of a batch what its
 * groups give out. The last thread takes that before the epoch ends, and the next epoch begins only
 * then.
 */
final class KeyedRole implements StageRole {
  private final KeyedPart groups;
  private final int part;
  private final int parts;
  private final EventTime eventTime;

  /**
   * @param eventTime this thread's own
   */
  KeyedRole(KeyedPart groups, int part, int parts, EventTime eventTime) {
    this.groups = groups;
    this.part = part;
    this.parts = parts;
    this.eventTime = eventTime;
  }

  KeyedPart groups() {
    return groups;
  }

  EventTime eventTime() {
    return eventTime;
  }

  @Override
  public void run(Slot slot) {
    switch (slot.kind) {
      case EPOCH_BEGIN -> groups.endBatch();
      case DATA -> {
        eventTime.take(slot);
        groups.beginRows(slot.numbersUsed);
        for (int i = 0; i < slot.output.blocks(); i++) {
          groups.process(slot.output.block(i), part, parts);
        }
      }
      case BATCH_END -> groups.collect(eventTime.clock().endOfBatch(slot.arrivalTimeUs));
      case PLANNED, EPOCH_END -> {}
    }
  }

  @Override
  public void close() {
    groups.close();
  }
}
