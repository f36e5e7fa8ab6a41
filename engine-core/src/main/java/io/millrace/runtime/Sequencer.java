package io.millrace.runtime;

import io.millrace.spi.Chunk;
import io.millrace.spi.InputRange;
import io.millrace.spi.RangeReader;
import io.millrace.spi.RowBatch;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Orders all inputs of a query: reads what was planned, source after source, and sends it on its
 * way.
 */
final class Sequencer {
  private final List<SourceDriver> sources;
  private final SourceDriver[] inOrder;
  private final Transport transport;
  private final BooleanSupplier stopped;
  private final RowBatch polled = new RowBatch();

  Sequencer(List<SourceDriver> sources, Transport transport, BooleanSupplier stopped) {
    this.sources = List.copyOf(sources);
    this.inOrder = sources.toArray(SourceDriver[]::new);
    this.transport = transport;
    this.stopped = stopped;
  }

  List<SourceDriver> sources() {
    return sources;
  }

  /** Whether every source has ended. */
  boolean inputEnded() {
    for (SourceDriver source : inOrder) {
      if (!source.ended()) {
        return false;
      }
    }
    return true;
  }

  /** Whether rows of a live source wait. */
  boolean hasArrived() {
    for (SourceDriver source : inOrder) {
      if (source.isLive() && source.live().hasArrived()) {
        return true;
      }
    }
    return false;
  }

  Transport transport() {
    return transport;
  }

  /** Sends a plan's rows. */
  void run(EpochPlan plan) {
    for (SourceDriver source : inOrder) {
      InputRange range = plan.ranges()[source.index()];
      if (range != null) {
        read(source, range);
      }
      long rows = plan.liveRows()[source.index()];
      while (rows > 0) {
        int count = poll(source, rows);
        assert count > 0 : "rows that have arrived can be polled";
        rows -= count;
      }
    }
  }

  /** Sends all rows of a range. */
  void read(SourceDriver source, InputRange range) {
    try (RangeReader reader = source.replayable().open(range)) {
      while (true) {
        stopIfAsked();
        Chunk chunk = transport.chunk(source);
        if (!reader.read(chunk)) {
          return;
        }
        transport.send(source);
      }
    }
  }

  /**
   * Sends rows of a live source that have arrived, without a gap.
   *
   * @return how many; 0 if there are none now
   */
  int poll(SourceDriver source, long maxRows) {
    stopIfAsked();
    if (!source.live().poll(polled, maxRows)) {
      return 0;
    }
    transport.send(source, polled);
    return polled.size();
  }

  private void stopIfAsked() {
    if (stopped.getAsBoolean()) {
      throw new StoppedException();
    }
  }
}
