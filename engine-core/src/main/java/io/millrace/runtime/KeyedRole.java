package io.millrace.runtime;

import io.millrace.physical.KeyedPart;

/** Takes the rows of all slots whose keys it owns, and writes its groups into the batch's slot. */
final class KeyedRole implements StageRole {
  private final KeyedPart groups;
  private final PageStage output;
  private final int part;
  private final int parts;
  private final EventTime eventTime;

  /**
   * @param eventTime this thread's own
   */
  KeyedRole(KeyedPart groups, PageStage output, int part, int parts, EventTime eventTime) {
    this.groups = groups;
    this.output = output;
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
      case DATA -> {
        eventTime.take(slot);
        groups.beginRows(slot.numbersUsed);
        for (int i = 0; i < slot.output.blocks(); i++) {
          groups.process(slot.output.block(i), part, parts);
        }
      }
      case BATCH_END -> {
        output.into(slot.parts[part]);
        groups.endOfBatch(eventTime.clock().endOfBatch(slot.arrivalTimeUs));
      }
      case EPOCH_BEGIN, EPOCH_END -> {}
    }
  }

  @Override
  public void close() {
    groups.close();
    output.close();
  }
}
