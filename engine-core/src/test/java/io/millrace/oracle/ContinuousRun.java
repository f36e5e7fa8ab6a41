package io.millrace.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.DataFrame;
import io.millrace.Inlet;
import io.millrace.MemoryStream;
import io.millrace.RowView;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.StreamingQueryProgress;
import io.millrace.Threads;
import io.millrace.Trigger;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.types.StreamingQueryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A case's query and rows, the rows given to it at other moments: it runs with either trigger, from
 * one start to the next, its inputs are inlets or streams, its sink fails now and then. Every look
 * at the inputs is a batch, and the run keeps which rows it had.
 */
final class ContinuousRun {
  private final QueryCase given;
  private final Path checkpoint;
  private final Random random;
  private final boolean live;
  private final List<Input> inputs = new ArrayList<>();
  private final List<List<List<List<Object>>>> batches = new ArrayList<>();
  private final Map<Long, List<List<Object>>> rows = new TreeMap<>();
  private final Map<Long, List<Long>> late = new TreeMap<>();
  private List<Schema> schemas;
  private int failIn;
  private boolean owed;

  private ContinuousRun(QueryCase given, Path checkpoint) {
    this.given = given;
    this.checkpoint = checkpoint;
    this.random = new Random(given.seed());
    this.live = random.nextBoolean();
    for (int i = 0; i < given.query().inputs(); i++) {
      inputs.add(new Input(i));
    }
  }

  /** What is wrong, if anything is. */
  static Optional<String> difference(QueryCase given, Path checkpoint) {
    ContinuousRun run = new ContinuousRun(given, checkpoint);
    do {
      run.session();
    } while (run.owed || run.inputs.stream().anyMatch(Input::hasMore));
    return run.difference();
  }

  private Optional<String> difference() {
    QueryInterpreter interpreter = new QueryInterpreter(given.query(), schemas);
    List<List<Object>> expected = rows(interpreter, batches);
    List<List<Object>> actual = rows.values().stream().flatMap(List::stream).toList();
    if (!expected.equals(actual)) {
      return Optional.of("rows\n  expected " + expected + "\n  but was  " + actual);
    }
    if (!Comparison.dependsOnCuts(given.query())) {
      List<List<List<List<Object>>>> cut = new ArrayList<>();
      batches.forEach(b -> b.getFirst().forEach(row -> cut.add(List.of(List.of(row)))));
      List<List<Object>> single = rows(new QueryInterpreter(given.query(), schemas), cut);
      if (!single.equals(actual)) {
        return Optional.of("row by row\n  expected " + single + "\n  but was  " + actual);
      }
    }
    List<Long> dropped = new ArrayList<>();
    interpreter.late().forEach(none -> dropped.add(0L));
    late.values()
        .forEach(
            epoch -> {
              for (int i = 0; i < epoch.size(); i++) {
                dropped.set(i, dropped.get(i) + epoch.get(i));
              }
            });
    return interpreter.late().equals(dropped)
        ? Optional.empty()
        : Optional.of("late rows\n  expected " + interpreter.late() + "\n  but was  " + dropped);
  }

  private static List<List<Object>> rows(
      QueryInterpreter interpreter, List<List<List<List<Object>>>> batches) {
    List<List<Object>> rows = new ArrayList<>();
    for (List<List<List<Object>>> batch : batches) {
      interpreter.batch(batch).forEach(row -> rows.add(Lists.comparable(row)));
    }
    return rows;
  }

  /** One input: what it gives, how much of that waits and was taken. */
  private final class Input {
    private final int index;
    private final List<List<List<Object>>> pieces = new ArrayList<>();
    private int taken;
    private int waiting;
    private MemoryStream stream;
    private Inlet inlet;

    Input(int index) {
      this.index = index;
      for (QueryCase.Batch batch : given.batches()) {
        List<List<Object>> some = batch.inputs().get(index);
        if (some != null && live) {
          some.forEach(row -> pieces.add(List.of(row)));
        } else if (some != null) {
          pieces.add(some);
        }
      }
    }

    boolean hasMore() {
      return taken + waiting < pieces.size();
    }

    DataFrame open(Session session) {
      waiting = 0;
      if (live) {
        inlet = session.inlet("input" + index, given.query().schema());
        return inlet.toDF();
      }
      stream = session.memoryStream(given.query().schema());
      for (int i = 0; i < taken; i++) {
        stream.addData(rows(i));
      }
      return stream.toDF();
    }

    private Row[] rows(int piece) {
      return pieces.get(piece).stream().map(row -> Row.of(row.toArray())).toArray(Row[]::new);
    }

    void add(int count) {
      for (int i = 0; i < count && hasMore(); i++) {
        Row[] some = rows(taken + waiting++);
        if (live) {
          assertThat(inlet.append(some[0])).isNotNegative();
        } else {
          stream.addData(some);
        }
      }
    }

    boolean hasWaiting() {
      return waiting > 0;
    }

    /** What the next look takes. */
    List<List<Object>> take() {
      int count = live ? waiting : Math.min(waiting, 1);
      List<List<Object>> batch = new ArrayList<>();
      pieces.subList(taken, taken + count).forEach(batch::addAll);
      taken += count;
      waiting -= count;
      return batch;
    }
  }

  /** From one start to the next. */
  private void session() {
    Session.Builder builder = Session.builder();
    given.batches().getFirst().settings().forEach(builder::config);
    builder.config("millrace.execution", "fused").config("millrace.pollingDelay", "0 seconds");
    builder.config("millrace.durability", random.nextBoolean() ? "disk" : "process");
    try (Session session = builder.create()) {
      List<DataFrame> frames = inputs.stream().map(input -> input.open(session)).toList();
      EngineQuery query = new EngineQuery(given.query(), session, frames);
      schemas = query.schemas();
      var writer =
          query
              .frame()
              .writeStream()
              .outputMode(given.query().mode())
              .option("lateness", given.query().lateByRow() ? "row" : "batch")
              .trigger(trigger())
              .foreachRow(this::take)
              .threads(Threads.CALLER);
      if (given.checkpoint()) {
        writer.option("checkpointLocation", checkpoint);
      }
      failIn = given.checkpoint() && random.nextInt(3) == 0 ? 1 + random.nextInt(10) : -1;
      StreamingQuery running = writer.start();
      try {
        drive(running);
        running.stop();
        assertThat(running.exception()).isEmpty();
      } catch (StreamingQueryException e) {
        assertThat(e).hasStackTraceContaining(Refusal.class.getName());
        owed = true;
      } finally {
        progress(running);
      }
    }
  }

  private Trigger trigger() {
    return switch (random.nextInt(4)) {
      case 0 -> Trigger.DEFAULT;
      case 1 -> Trigger.continuous("1 hour");
      default -> Trigger.continuous("1 millisecond");
    };
  }

  private void drive(StreamingQuery running) {
    if (owed) {
      owed = false;
      running.poll();
    }
    boolean ends = false;
    while (!ends || inputs.stream().anyMatch(Input::hasWaiting)) {
      if (!ends) {
        inputs.forEach(input -> input.add(random.nextInt(live ? 12 : 3)));
        ends =
            given.checkpoint() && random.nextInt(8) == 0
                || inputs.stream().noneMatch(Input::hasMore);
      }
      if (inputs.stream().anyMatch(Input::hasWaiting)) {
        batches.add(inputs.stream().map(Input::take).toList());
      }
      running.poll();
    }
    running.processAllAvailable();
  }

  /** The sink: what comes again must be what came before. */
  private void take(RowView row) {
    if (--failIn == 0) {
      throw new Refusal();
    }
    List<List<Object>> epoch = rows.computeIfAbsent(row.epoch(), e -> new ArrayList<>());
    List<Object> values = Lists.comparable(row.toRow().values());
    if (row.rowNumber() < epoch.size()) {
      assertThat(values).as("again").isEqualTo(epoch.get((int) row.rowNumber()));
    } else {
      assertThat(row.rowNumber()).as("row number").isEqualTo(epoch.size());
      epoch.add(values);
    }
  }

  private void progress(StreamingQuery running) {
    for (StreamingQueryProgress progress : running.recentProgress()) {
      late.put(
          progress.batchId(),
          progress.stateOperators().stream().map(o -> o.numRowsDroppedByWatermark()).toList());
    }
  }

  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
