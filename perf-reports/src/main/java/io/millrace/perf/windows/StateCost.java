package io.millrace.perf.windows;

import static io.millrace.Functions.count;
import static io.millrace.Functions.expr;
import static io.millrace.Functions.max;
import static io.millrace.Functions.sum;

import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.StreamingQueryListener;
import io.millrace.StreamingQueryProgress.StateOperatorProgress;
import io.millrace.Trigger;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A query whose epochs each touch a thousand keys while its keys grow to a million: what an epoch
 * and the commit of its state cost on the way, and how long a restart takes to have all keys back.
 */
public final class StateCost {
  private static final int DIRTY = 1_000;
  private static final int SAMPLES = 50;

  /**
   * @param keys in the state
   * @param commitMs writing an epoch's changed keys down and forcing them, median
   * @param epochMs the whole epoch, median
   */
  public record Point(long keys, double commitMs, double epochMs) {}

  /**
   * @param startMs from asking for the start until the state is back and the query runs
   */
  public record Figures(List<Point> points, long keys, double startMs, long stateBytes) {}

  private static final class Recorder implements StreamingQueryListener {
    private final List<Long> keys = new ArrayList<>();
    private final List<Long> commitMs = new ArrayList<>();
    private final List<Long> epochMs = new ArrayList<>();
    private final long wanted;
    private final CountDownLatch reached = new CountDownLatch(1);
    private long stateBytes;

    Recorder(long wanted) {
      this.wanted = wanted;
    }

    @Override
    public synchronized void onQueryProgress(QueryProgressEvent event) {
      StateOperatorProgress state = event.progress().stateOperators().getFirst();
      keys.add(state.numRowsTotal());
      commitMs.add(state.commitTimeMs());
      epochMs.add(event.progress().batchDuration());
      stateBytes = state.memoryUsedBytes();
      if (state.numRowsTotal() >= wanted) {
        reached.countDown();
      }
    }

    synchronized Point at(long size) {
      int end = 0;
      while (end < keys.size() && keys.get(end) < size) {
        end++;
      }
      int from = Math.max(0, end - SAMPLES);
      int to = Math.min(keys.size(), from + SAMPLES);
      return new Point(size, median(commitMs, from, to), median(epochMs, from, to));
    }

    private static double median(List<Long> all, int from, int to) {
      long[] part = all.subList(from, to).stream().mapToLong(Long::longValue).sorted().toArray();
      return Arrays.stream(part).skip((part.length - 1) / 2).findFirst().orElse(0);
    }
  }

  private StateCost() {}

  /** Arguments: the file for the figures, a folder for the checkpoint, how many keys. */
  public static void main(String[] arguments) throws InterruptedException {
    Path checkpoint = Folder.fresh(Path.of(arguments[1]));
    long keys = Long.parseLong(arguments[2]);
    Recorder growth = new Recorder(keys);
    try (Session session = Session.open()) {
      session.streams().addListener(growth);
      StreamingQuery query = start(session, keys, checkpoint);
      growth.reached.await();
      query.stop();
    }
    double startMs;
    Recorder after = new Recorder(keys);
    try (Session session = Session.open()) {
      session.streams().addListener(after);
      long startNs = System.nanoTime();
      StreamingQuery query = start(session, keys, checkpoint);
      startMs = (System.nanoTime() - startNs) / 1e6;
      after.reached.await();
      query.stop();
    }
    Folder.delete(checkpoint);
    List<Point> points = new ArrayList<>();
    for (long size = DIRTY; size <= keys; size *= 10) {
      points.add(growth.at(size));
    }
    JsonFile.write(Path.of(arguments[0]), new Figures(points, keys, startMs, growth.stateBytes));
  }

  private static StreamingQuery start(Session session, long keys, Path checkpoint) {
    return session
        .readStream()
        .format("rate-micro-batch")
        .option("rowsPerBatch", DIRTY)
        .load()
        .groupBy(expr("value % " + keys).as("key"))
        .agg(count("*").as("n"), sum("value").as("total"), max("value").as("last"))
        .writeStream()
        .outputMode("update")
        .format("noop")
        .option("checkpointLocation", checkpoint.toString())
        .trigger(Trigger.processingTime("0 seconds"))
        .start();
  }
}
