package io.millrace.runtime;

import io.millrace.physical.KeyedPart;

/**
 * Takes the rows of all slots whose keys it owns, and gives its groups out at the end of a batch.
 */
final class KeyedRole implements StageRole {
  private final KeyedPart groups;
  private final PageStage output;
  private final Pages given;
  private final int part;
  private final int parts;
  private final EventTime eventTime;

  /**
   * @param output writes into {@code given}, which is read when this thread has passed the end of a
   *     batch and emptied before the next one ends
   * @param eventTime this thread's own
   */
  KeyedRole(
      KeyedPart groups, PageStage output, Pages given, int part, int parts, EventTime eventTime) {
    this.groups = groups;
    this.output = output;
    this.given = given;
    output.into(given);
    this.part = part;
    this.parts = parts;
    this.eventTime = eventTime;
  }

  KeyedPart groups() {
    return groups;
  }

  /** What it gave out at the end of the last batch. */
  Pages given() {
    return given;
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
        groups.endOfBatch(eventTime.clock().endOfBatch(slot.arrivalTimeUs));
      }
      case EPOCH_BEGIN, PLANNED, EPOCH_END -> {}
    }
  }

  @Override
  public void close() {
    groups.close();
    output.close();
    given.close();
  }
}
