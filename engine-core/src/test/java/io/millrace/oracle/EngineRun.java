package io.millrace.oracle;

import io.millrace.DataFrame;
import io.millrace.MemoryStream;
import io.millrace.RowView;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.StreamingQueryProgress;
import io.millrace.Threads;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.types.StreamingQueryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a case on the engine, over all its restarts, and keeps what came out. */
final class EngineRun {
  private final QueryCase given;
  private final Path checkpoint;
  private final Map<Long, List<List<Object>>> rows = new TreeMap<>();
  private final Map<Long, List<Long>> late = new TreeMap<>();
  private final Map<Long, List<Long>> groupCounts = new TreeMap<>();
  private List<Schema> schemas;
  private int next;
  private int failed = -1;

  /** Whether an epoch failed and must run again. */
  private boolean owed;

  private EngineRun(QueryCase given, Path checkpoint) {
    this.given = given;
    this.checkpoint = checkpoint;
  }

  static EngineRun of(QueryCase given, Path checkpoint) {
    EngineRun run = new EngineRun(given, checkpoint);
    while (run.next < given.batches().size() || run.owed) {
      run.session();
    }
    return run;
  }

  /** Rows of an epoch, as they came. */
  List<List<Object>> rows(long epoch) {
    return rows.getOrDefault(epoch, List.of());
  }

  /** Late rows of an epoch, per grouping. */
  List<Long> late(long epoch) {
    return late.get(epoch);
  }

  /** Groups behind an epoch, per grouping. */
  List<Long> groupCounts(long epoch) {
    return groupCounts.get(epoch);
  }

  List<Schema> schemas() {
    return schemas;
  }

  /** From one start to the next restart or failure. */
  private void session() {
    int first = next;
    Session.Builder builder = Session.builder();
    settings(first).forEach(builder::config);
    try (Session session = builder.create()) {
      List<MemoryStream> inputs = new ArrayList<>();
      for (int i = 0; i < given.query().inputs(); i++) {
        inputs.add(session.memoryStream(given.query().schema()));
      }
      // The engine's own threads must not look between two inputs that get a batch each.
      for (int i = 0; i < (threads(first) == Threads.ENGINE ? end(first) : first); i++) {
        add(i, inputs);
      }
      List<DataFrame> frames = inputs.stream().map(MemoryStream::toDF).toList();
      EngineQuery query = new EngineQuery(given.query(), session, frames);
      schemas = query.schemas();
      var writer =
          query
              .frame()
              .writeStream()
              .outputMode(given.query().mode())
              .option("lateness", given.query().lateByRow() ? "row" : "batch")
              .foreachRow(this::take)
              .threads(threads(first));
      if (given.checkpoint()) {
        writer.option("checkpointLocation", checkpoint);
      }
      StreamingQuery running = writer.start();
      try {
        if (owed) {
          owed = false;
          running.processAllAvailable();
        }
        batches(inputs, running);
        running.stop();
      } catch (StreamingQueryException e) {
        if (!isPlanned(e)) {
          throw e;
        }
        owed = true;
      } finally {
        progress(running);
      }
    }
  }

  private void batches(List<MemoryStream> inputs, StreamingQuery running) {
    while (next < given.batches().size()) {
      if (threads(next) == Threads.CALLER) {
        add(next, inputs);
      }
      QueryCase.Batch batch = given.batches().get(next);
      boolean last = ++next == given.batches().size() || !following().settings().isEmpty();
      if (last || !batch.waits() || !batch.hasAll() || !following().hasAll()) {
        running.processAllAvailable();
      }
      if (last) {
        return;
      }
    }
  }

  /** Where the session that a batch belongs to ends. */
  private int end(int batch) {
    int end = batch + 1;
    while (end < given.batches().size() && given.batches().get(end).settings().isEmpty()) {
      end++;
    }
    return Math.min(end, given.batches().size());
  }

  private QueryCase.Batch following() {
    return given.batches().get(next);
  }

  private Map<String, Object> settings(int batch) {
    int from = Math.min(batch, given.batches().size() - 1);
    while (given.batches().get(from).settings().isEmpty()) {
      from--;
    }
    return given.batches().get(from).settings();
  }

  private Threads threads(int batch) {
    return settings(batch).get("millrace.execution").equals("staged")
        ? Threads.ENGINE
        : Threads.CALLER;
  }

  private void add(int batch, List<MemoryStream> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      List<List<Object>> some = given.batches().get(batch).inputs().get(i);
      if (some != null) {
        inputs.get(i).addData(some.stream().map(row -> Row.of(row.toArray())).toArray(Row[]::new));
      }
    }
  }

  /** The sink; it fails as the case says. */
  private void take(RowView row) {
    List<List<Object>> epoch = rows.computeIfAbsent(row.epoch(), e -> new ArrayList<>());
    if (row.rowNumber() == 0) {
      epoch.clear();
    }
    if (row.rowNumber() != epoch.size()) {
      throw new AssertionError("row number " + row.rowNumber() + " after " + epoch.size());
    }
    if (row.rowNumber() == given.batches().get((int) row.epoch()).failingRow()
        && failed < row.epoch()) {
      failed = (int) row.epoch();
      throw new Refusal();
    }
    epoch.add(Lists.comparable(row.toRow().values()));
  }

  private boolean isPlanned(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal) {
        return true;
      }
    }
    return false;
  }

  private void progress(StreamingQuery running) {
    for (StreamingQueryProgress progress : running.recentProgress()) {
      late.put(
          progress.batchId(),
          progress.stateOperators().stream().map(o -> o.numRowsDroppedByWatermark()).toList());
      groupCounts.put(
          progress.batchId(),
          progress.stateOperators().stream().map(o -> o.numRowsTotal()).toList());
    }
  }

  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
