package io.millrace.perf.latency;

import io.millrace.InletWriter;
import io.millrace.StreamingQuery;
import io.millrace.perf.pace.Delays;
import io.millrace.perf.pace.Devices;
import io.millrace.perf.pace.EventTime;
import io.millrace.perf.pace.Pace;

/**
 * Appends readings to an inlet, each at its moment: device, timestamp, and as temperature the
 * moment itself, in nanoseconds after the start, which a double holds exactly.
 */
final class InletLoad {
  static final String SCHEMA = "deviceId STRING, timestamp TIMESTAMP, temperature DOUBLE";

  private static final int CHECK_EVERY = 1 << 14;

  private final byte[][] devices = Devices.names();
  private final StreamingQuery query;
  private final InletWriter writer;
  private final Pace pace;
  private final EventTime eventTime;
  private final long startUs;
  private final Delays jitter;
  private final boolean polls;

  /**
   * @param query that reads the inlet
   * @param polls whether the query has no thread of its own and is driven from here
   * @param startUs what event time counts from, in the clock's microseconds
   * @param jitter from the moment a row was intended to the one at which its append began
   */
  InletLoad(
      StreamingQuery query,
      boolean polls,
      InletWriter writer,
      Pace pace,
      EventTime eventTime,
      long startUs,
      Delays jitter) {
    this.query = query;
    this.polls = polls;
    this.writer = writer;
    this.pace = pace;
    this.eventTime = eventTime;
    this.startUs = startUs;
    this.jitter = jitter;
  }

  /**
   * Sends rows, every second one with a temperature below zero.
   *
   * @param from number of the first
   * @param to behind the number of the last
   */
  void run(long from, long to) {
    for (long row = from; row < to; row++) {
      long intendedNs = pace.intendedNs(row);
      jitter.record(intendedNs, polls ? poll(intendedNs) : pace.await(intendedNs));
      byte[] device = devices[(int) ((row >> 1) % devices.length)];
      writer
          .setUtf8(0, device, 0, device.length)
          .setTimestamp(1, startUs + Math.floorDiv(eventTime.ns(intendedNs), 1_000L))
          .setDouble(2, (row & 1) == 0 ? intendedNs : -1 - intendedNs);
      if (writer.append() < 0 || row % CHECK_EVERY == 0 && !query.isActive()) {
        throw new IllegalStateException("the query has ended at row " + row);
      }
    }
  }

  /** Drives the query until then, once at least. */
  private long poll(long intendedNs) {
    long nowNs;
    do {
      query.poll();
      nowNs = pace.elapsedNs();
    } while (nowNs < intendedNs);
    return nowNs;
  }
}
