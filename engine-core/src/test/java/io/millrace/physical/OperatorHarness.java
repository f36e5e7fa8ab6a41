package io.millrace.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.analysis.ResolvedPlan;
import io.millrace.physical.expression.EvaluationContext;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockAppender;
import io.millrace.vector.column.BlockReader;
import io.millrace.vector.column.RowSelection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Runs the operators of a plan with one input in every mode: all rows of a batch at once, row by
 * row, restored into new instances after every batch from a snapshot and from the changes, and with
 * an output that refuses. All must give out the same rows, and all end without state and memory.
 */
final class OperatorHarness {
  private static final int BLOCK_ROWS = 64;

  /**
   * A batch.
   *
   * @param watermarkUs as it leaves it
   */
  record Batch(List<Row> rows, long watermarkUs) {}

  private final ResolvedPlan plan;
  private final Emission emission;
  private final List<Batch> batches;

  /**
   * @param batches the last of them closes all groups, unless the emission is complete
   */
  OperatorHarness(ResolvedPlan plan, Emission emission, List<Batch> batches) {
    this.plan = plan;
    this.emission = emission;
    this.batches = batches;
  }

  /** Returns what comes out, per batch, after having checked that it does in all modes. */
  List<List<Row>> check() {
    List<List<Row>> expected = run(BLOCK_ROWS, false, instance -> {});
    assertThat(run(1, false, instance -> {})).as("row by row").isEqualTo(expected);
    assertThat(run(BLOCK_ROWS, false, Instance::restoreSnapshot))
        .as("restored from snapshots")
        .isEqualTo(expected);
    assertThat(run(BLOCK_ROWS, false, Instance::restoreChanges))
        .as("restored from changes")
        .isEqualTo(expected);
    assertThat(run(7, false, Instance::checkGathered))
        .as("with changes gathered in slices")
        .isEqualTo(expected);
    assertThatThrownBy(() -> run(BLOCK_ROWS, true, instance -> {})).isInstanceOf(Refusal.class);
    return expected;
  }

  private List<List<Row>> run(int blockRows, boolean refuses, Consumer<Instance> afterBatch) {
    List<List<Row>> results = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator()) {
      try (Instance instance = new Instance(allocator, refuses)) {
        for (Batch batch : batches) {
          instance.process(batch, blockRows);
          results.add(instance.taken());
          afterBatch.accept(instance);
        }
        if (emission != Emission.COMPLETE) {
          assertThat(instance.stateRows()).isZero();
        }
      }
      assertThat(allocator.getAllocatedMemory()).isZero();
    }
    return results;
  }

  /** The stages, and those that replace them. */
  private final class Instance implements AutoCloseable {
    private final BufferAllocator allocator;
    private final Output output;
    private final List<List<Change>> log = new ArrayList<>();
    private final Map<Schema, Block> blocks = new HashMap<>();
    private Pipeline pipeline;
    private long watermarkUs = WatermarkClock.NONE;
    private List<List<String>> marked;
    private long markedWatermarkUs;

    Instance(BufferAllocator allocator, boolean refuses) {
      this.allocator = allocator;
      this.output = new Output(refuses);
      pipeline = open();
      pipeline.stateful().forEach(stage -> log.add(new ArrayList<>()));
    }

    private Pipeline open() {
      PhysicalPlan physical = new PhysicalPlan(plan);
      PipelineContext context =
          new PipelineContext(
              new EvaluationContext(allocator, BLOCK_ROWS, true),
              emission,
              physical.watermarks().size(),
              LateRows.IGNORED,
              null);
      return physical.build(context, output);
    }

    void process(Batch batch, int blockRows) {
      Block input = block(new PhysicalPlan(plan).inputs().getFirst().schema());
      for (int from = 0; from < batch.rows().size(); from += blockRows) {
        int to = Math.min(batch.rows().size(), from + blockRows);
        input.clear();
        batch.rows().subList(from, to).forEach(row -> BlockAppender.append(input, row));
        pipeline.process(0, input, new RowSelection().set(0, to - from, RowSelection.ALL));
        if (marked != null) {
          pipeline.stateful().forEach(stage -> stage.state().gather(1));
        }
      }
      watermarkUs = batch.watermarkUs();
      pipeline.endOfBatch(watermarkUs);
    }

    private Block block(Schema schema) {
      return blocks.computeIfAbsent(schema, s -> Block.allocate(allocator, s, BLOCK_ROWS));
    }

    List<Row> taken() {
      List<Row> rows = List.copyOf(output.rows);
      output.rows.clear();
      return rows;
    }

    void restoreSnapshot() {
      List<List<Change>> snapshots = new ArrayList<>();
      for (StatefulStage stage : pipeline.stateful()) {
        List<Change> rows = new ArrayList<>();
        stage.state().snapshot(block -> rows.add(Change.of(block, false)));
        snapshots.add(rows);
      }
      restore(snapshots);
    }

    /** From all changes since the beginning. */
    void restoreChanges() {
      for (int i = 0; i < pipeline.stateful().size(); i++) {
        List<Change> changes = log.get(i);
        pipeline
            .stateful()
            .get(i)
            .state()
            .changes(
                upserts -> changes.add(Change.of(upserts, false)),
                removals -> changes.add(Change.of(removals, true)));
      }
      restore(log);
    }

    /** What was set aside after the batch before, in slices since, is the state as it was then. */
    void checkGathered() {
      if (marked != null) {
        for (StatefulStage stage : pipeline.stateful()) {
          while (!stage.state().gather(3)) {}
        }
        try (Instance copy = new Instance(allocator, false)) {
          copy.watermarkUs = markedWatermarkUs;
          copy.restore(log);
          assertThat(copy.snapshots()).isEqualTo(marked);
        }
      }
      marked = snapshots();
      markedWatermarkUs = watermarkUs;
      for (int i = 0; i < pipeline.stateful().size(); i++) {
        List<Change> changes = log.get(i);
        pipeline
            .stateful()
            .get(i)
            .state()
            .setAside(
                upserts -> changes.add(Change.of(upserts, false)),
                removals -> changes.add(Change.of(removals, true)));
      }
    }

    private List<List<String>> snapshots() {
      List<List<String>> snapshots = new ArrayList<>();
      for (StatefulStage stage : pipeline.stateful()) {
        List<String> rows = new ArrayList<>();
        stage
            .state()
            .snapshot(
                block ->
                    Change.of(block, false).rows().stream()
                        .map(row -> Arrays.deepToString(row.values().toArray()))
                        .forEach(rows::add));
        snapshots.add(rows.stream().sorted().toList());
      }
      return snapshots;
    }

    private void restore(List<List<Change>> states) {
      pipeline.close();
      pipeline = open();
      for (int i = 0; i < states.size(); i++) {
        StatefulStage stage = pipeline.stateful().get(i);
        states.get(i).forEach(change -> change.apply(stage, block(change.schema)));
        stage.state().loaded(watermarkUs);
      }
      long next =
          pipeline.stateful().stream().mapToLong(stage -> stage.state().nextRow()).max().orElse(0);
      pipeline.stateful().forEach(stage -> stage.startRowsAt(next));
      pipeline.context().watermarkUs(watermarkUs);
    }

    long stateRows() {
      return pipeline.stateful().stream().mapToLong(stage -> stage.state().size()).sum();
    }

    @Override
    public void close() {
      pipeline.close();
      blocks.values().forEach(Block::close);
    }
  }

  /** Saved rows, or the keys of removed ones. */
  private record Change(Schema schema, List<Row> rows, boolean removes) {
    static Change of(Block block, boolean removes) {
      List<Row> rows =
          BlockReader.rows(block, 0, block.rowCount()).stream()
              .map(row -> Row.of(row.values().toArray()))
              .toList();
      return new Change(block.schema(), rows, removes);
    }

    void apply(StatefulStage stage, Block block) {
      block.clear();
      rows.forEach(row -> BlockAppender.append(block, row));
      if (removes) {
        stage.state().unload(block);
      } else {
        stage.state().load(block);
      }
    }
  }

  private static final class Output implements Stage {
    private final boolean refuses;
    private final List<Row> rows = new ArrayList<>();
    private int calls;

    Output(boolean refuses) {
      this.refuses = refuses;
    }

    @Override
    public void process(Block block, RowSelection selected) {
      if (refuses && calls++ % 2 == 1) {
        throw new Refusal();
      }
      for (int base = selected.from() & ~63; base < selected.to(); base += 64) {
        for (long word = selected.word(base); word != 0; word &= word - 1) {
          int row = base + Long.numberOfTrailingZeros(word);
          rows.add(Row.of(BlockReader.row(block, row).values().toArray()));
        }
      }
    }

    @Override
    public void endOfBatch(long watermarkUs) {}

    @Override
    public void close() {}
  }

  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
