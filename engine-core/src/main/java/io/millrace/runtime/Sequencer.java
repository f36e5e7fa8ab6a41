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
  /** Polls of one source in a row, so that no source starves the others. */
  static final int MAX_POLLS = 64;

  private final List<SourceDriver> sources;
  private final SourceDriver[] inOrder;
  private final Transport transport;
  private final InputLog input;
  private final BooleanSupplier stopped;
  private final RowBatch polled = new RowBatch();

  /**
   * @param input where what is taken in is written down; null if that is not needed
   */
  Sequencer(
      List<SourceDriver> sources, Transport transport, InputLog input, BooleanSupplier stopped) {
    this.input = input;
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

  /** Where what is taken in is written down; null if it is not. */
  InputLog input() {
    return input;
  }

  /** What was taken in is safe from now on, and what follows from it may leave the query. */
  void secure() {
    if (input != null) {
      input.secure();
      transport.release();
    }
  }

  /** Sends a plan's rows. */
  void run(EpochPlan plan) {
    for (SourceDriver source : inOrder) {
      for (InputRange range : plan.ranges().get(source.index())) {
        read(source, range);
      }
      if (source.isLive()) {
        takeRejects(source);
      }
      long rows = plan.liveRows()[source.index()];
      for (int polls = 1; rows > 0; polls++) {
        int count = poll(source, rows);
        assert count > 0 : "rows that have arrived can be polled";
        rows -= count;
        if (polls % MAX_POLLS == 0) {
          secure();
        }
      }
    }
  }

  /** Takes in a range and sends all its rows. */
  void read(SourceDriver source, InputRange range) {
    if (input != null) {
      input.range(source, range);
    }
    readAgain(source, range);
  }

  /** Sends all rows of a range that was taken in before. */
  void readAgain(SourceDriver source, InputRange range) {
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
   * Takes in rows of a live source that have arrived, without a gap, and sends them; before them
   * what it rejected.
   *
   * @return how many; 0 if there are none now
   */
  int poll(SourceDriver source, long maxRows) {
    takeRejects(source);
    if (!source.live().poll(polled.sentBy(null, 0), maxRows)) {
      return 0;
    }
    if (input != null) {
      input.rows(source, polled);
    }
    transport.send(source, polled);
    return polled.size();
  }

  private void takeRejects(SourceDriver source) {
    for (int i = 0; i < MAX_POLLS && source.live().pollRejects(polled.sentBy(null, 0)); i++) {
      if (input != null) {
        input.rejects(source, polled);
      }
      transport.sendRejects(source, polled);
    }
  }

  private void stopIfAsked() {
    if (stopped.getAsBoolean()) {
      throw new StoppedException();
    }
  }
}
