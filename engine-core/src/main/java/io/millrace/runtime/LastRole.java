package io.millrace.runtime;

import io.millrace.physical.OrderedGroups;
import io.millrace.physical.Pipeline;
import java.util.concurrent.BlockingQueue;

/**
 * The end of a ring: gives rows to the sink in the order of the slots, or merges what the owners of
 * keys gave out and leads it through the stages behind them; ends epochs.
 */
final class LastRole implements StageRole {
  private final SinkDriver sink;
  private final EventTime eventTime;
  private final OperatorStates operators;
  private final OrderedGroups merger;
  private final Pipeline behind;
  private final SinkStage output;
  private final LateRowRecorder lateRows;
  private final BlockingQueue<EpochResult> results;
  private long epoch;

  /**
   * @param operators to be closed first
   * @param merger null if no key has an owner; then so are {@code behind} and {@code output}
   * @param lateRows of the stages behind the exchange; null if they are only counted
   * @param results where each epoch's goes
   */
  LastRole(
      SinkDriver sink,
      EventTime eventTime,
      OperatorStates operators,
      OrderedGroups merger,
      Pipeline behind,
      SinkStage output,
      LateRowRecorder lateRows,
      BlockingQueue<EpochResult> results) {
    this.sink = sink;
    this.eventTime = eventTime;
    this.operators = operators;
    this.merger = merger;
    this.behind = behind;
    this.output = output;
    this.lateRows = lateRows;
    this.results = results;
  }

  EventTime eventTime() {
    return eventTime;
  }

  OperatorStates operators() {
    return operators;
  }

  /** The stages behind the owners of keys; null if there are none. */
  Pipeline behind() {
    return behind;
  }

  @Override
  public void run(Slot slot) {
    switch (slot.kind) {
      case EPOCH_BEGIN -> {
        epoch = slot.epoch;
        sink.begin(slot.epoch, slot.planChecksum);
      }
      case PLANNED -> sink.planned(slot.planChecksum);
      case DATA -> data(slot);
      case BATCH_END -> endBatch(slot);
      case EPOCH_END -> {
        long sequence = operators.save(epoch);
        results.add(sink.commit(eventTime.report(operators, sequence)));
      }
    }
  }

  private void data(Slot slot) {
    sink.arrivedNs(slot.arrivedNs);
    sink.count(slot.source, slot.recordsRead, slot.rejectedRecords);
    eventTime.take(slot);
    if (merger == null) {
      for (int i = 0; i < slot.output.blocks(); i++) {
        sink.write(slot.output.block(i), 0, slot.output.block(i).rowCount());
      }
    }
    if (slot.rejects[slot.source] != null) {
      sink.writeRejects(slot.source, slot.rejects[slot.source]);
    }
    if (slot.lateRows != null) {
      sink.writeLateRows(slot.lateRows);
    }
  }

  private void endBatch(Slot slot) {
    long watermarkUs = eventTime.clock().endOfBatch(slot.arrivalTimeUs);
    if (merger != null) {
      behind.arrivalTimeUs(slot.arrivalTimeUs);
      merger.giveOut();
      behind.endOfBatch(watermarkUs);
      if (lateRows != null) {
        sink.writeLateRows(lateRows.pages());
        lateRows.pages().clear();
      }
    }
  }

  @Override
  public void close() {
    operators.close();
    if (merger != null) {
      merger.close();
      behind.close();
      output.close();
    }
    if (lateRows != null) {
      lateRows.close();
    }
  }
}
