package io.millrace.benchmarks.query;

import io.millrace.Inlet;
import io.millrace.InletWriter;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import org.apache.arrow.memory.BufferAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** The way of a row from the append into the callback, alone and in batches. */
public class InletToCallback extends InletBenchmark {
  private static final int ROWS = 1024;

  /** Rows appended between two polls. */
  @Param({"1", "1024"})
  public int batchRows;

  private Session session;
  private Inlet inlet;
  private InletWriter writer;
  private StreamingQuery query;

  public InletToCallback() {
    super(ROWS);
  }

  @Override
  protected void prepare(BufferAllocator memory) {
    session = Session.open();
    inlet = session.inlet("readings", SCHEMA);
    query = query(inlet).start();
    writer = inlet.writer();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double appendAndPoll() {
    alerts = 0;
    for (int from = 0; from < ROWS; from += batchRows) {
      for (int row = from; row < from + batchRows; row++) {
        writer
            .setUtf8(0, devices[row], 0, devices[row].length)
            .setTimestamp(1, row)
            .setDouble(2, temperatures[row])
            .append();
      }
      int polled = 0;
      while (polled < batchRows) {
        polled += query.poll();
      }
    }
    return lastAlert;
  }

  @Override
  protected void release() {
    writer.close();
    inlet.close();
    query.stop();
    session.close();
  }
}
