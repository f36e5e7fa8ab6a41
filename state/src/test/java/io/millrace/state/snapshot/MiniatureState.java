package io.millrace.state.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.state.batch.BatchCompression;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.offsets.Checkpoint;
import io.millrace.state.offsets.CheckpointMetadata;
import io.millrace.state.offsets.Commit;
import io.millrace.state.offsets.Plan;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockAppender;
import io.millrace.vector.column.BlockReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * A query as small as can be that has state: texts by number, and a total. What the state is after
 * an epoch follows from the epoch alone, and every start compares. Snapshots are written on the
 * query's own thread.
 */
final class MiniatureState {
  static final OperatorState TEXTS = new OperatorState("Texts", Schema.parse("k INT, v STRING"), 1);
  static final OperatorState TOTAL = new OperatorState("Total", Schema.parse("total BIGINT"), 0);

  /** For a snapshot every few epochs. */
  static final SnapshotOptions SNAPSHOTS =
      new SnapshotOptions(4, 1 << 20, 1 << 20, BatchCompression.NONE);

  private static final int KEYS = 11;

  private final Path directory;
  private final Storage storage;
  private final JournalOptions options;
  private final CrashPoints points;

  /** The last epoch whose commit had returned. */
  private long acknowledged = -1;

  private SnapshotReport report;
  private boolean folds;

  MiniatureState(Path directory, Storage storage, JournalOptions options, CrashPoints points) {
    this.directory = directory;
    this.storage = storage;
    this.options = options;
    this.points = points;
  }

  /** Makes snapshots of what is on the disk from now on. */
  MiniatureState folding() {
    folds = true;
    return this;
  }

  long acknowledged() {
    return acknowledged;
  }

  /** Of the last run. */
  SnapshotReport report() {
    return report;
  }

  /** Rows as they come and go. */
  static final class Tables implements StateVisitor {
    final Map<Object, Row> texts = new TreeMap<>();
    Row total;

    @Override
    public void upsert(int operator, Block rows) {
      for (Row row : BlockReader.rows(rows, 0, rows.rowCount())) {
        if (operator == 0) {
          texts.put(row.get(0), row);
        } else {
          total = row;
        }
      }
    }

    @Override
    public void remove(int operator, Block keys) {
      BlockReader.rows(keys, 0, keys.rowCount()).forEach(key -> texts.remove(key.get(0)));
    }

    private void apply(long epoch) {
      removed(epoch).forEach(row -> texts.remove(row.get(0)));
      changed(epoch).forEach(row -> texts.put(row.get(0), row));
      total = total(epoch);
    }

    /** After an epoch; -1 for none. */
    static Tables after(long epoch) {
      Tables tables = new Tables();
      for (long e = 0; e <= epoch; e++) {
        tables.apply(e);
      }
      return tables;
    }

    void requireSame(Tables other) {
      assertThat(texts).isEqualTo(other.texts);
      assertThat(total).isEqualTo(other.total);
    }
  }

  private static List<Row> removed(long epoch) {
    return epoch % 3 == 0 ? List.of() : List.of(Row.of((int) (epoch * 5 % KEYS)));
  }

  private static List<Row> changed(long epoch) {
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i <= epoch % 3; i++) {
      String text = i == 1 ? null : "of epoch " + epoch + " ".repeat((int) (epoch % 40));
      rows.add(Row.of((int) ((epoch + 2 * i) % KEYS), text));
    }
    return rows;
  }

  private static Row total(long epoch) {
    return Row.of(epoch * epoch);
  }

  /**
   * Runs until so many epochs are committed.
   *
   * @return the last epoch that the checkpoint knew to be committed at the start; -1 if none
   */
  long run(long epochs) {
    CheckpointMetadata query =
        new CheckpointMetadata(UUID.randomUUID(), "test", List.of("Scan"), List.of("in"), "sink");
    try (BufferAllocator allocator = new RootAllocator();
        Checkpoint checkpoint = Checkpoint.open(directory, query, storage, options, points)) {
      long committed = checkpoint.lastCommittedEpoch().orElse(-1);
      long sequence = checkpoint.lastCommit().map(Commit::stateSequence).orElse(Commit.NO_STATE);
      try (StateStore store = open(allocator, committed, sequence)) {
        run(checkpoint, store, allocator, committed, epochs);
        report = store.report();
      }
      return committed;
    }
  }

  private StateStore open(BufferAllocator allocator, long committed, long sequence) {
    return StateStore.open(
        directory,
        storage,
        options,
        SNAPSHOTS,
        points,
        allocator,
        () -> 0,
        List.of(TEXTS, TOTAL),
        committed,
        sequence,
        SnapshotThread.ofCaller());
  }

  private void run(
      Checkpoint checkpoint,
      StateStore store,
      BufferAllocator allocator,
      long committed,
      long epochs) {
    Tables tables = new Tables();
    store.restore(tables);
    tables.requireSame(Tables.after(committed));
    for (long epoch = committed + 1; epoch < epochs; epoch++) {
      int checksum =
          checkpoint.uncommittedPlan().isPresent()
              ? checkpoint.planChecksum()
              : checkpoint.plan(new Plan(epoch, System.nanoTime(), List.of("" + epoch)));
      tables.apply(epoch);
      write(store, allocator, epoch);
      checkpoint.commit(new Commit(epoch, 0, "", checksum, store.force()));
      acknowledged = epoch;
      checkpoint.clean(MiniatureState::nothing);
      if (store.snapshotDue()) {
        if (folds) {
          store.foldSnapshot(epoch, Commit.NO_WATERMARK);
        } else {
          snapshot(store, allocator, epoch, tables);
        }
      }
    }
  }

  private static Iterator<List<String>> nothing() {
    return List.of(List.of("")).iterator();
  }

  private static void write(StateStore store, BufferAllocator allocator, long epoch) {
    try (Block keys = block(allocator, TEXTS.keySchema(), removed(epoch));
        Block rows = block(allocator, TEXTS.schema(), changed(epoch));
        Block total = block(allocator, TOTAL.schema(), List.of(total(epoch)))) {
      store.remove(0, epoch, keys);
      store.upsert(0, epoch, rows);
      store.upsert(1, epoch, total);
    }
  }

  private static void snapshot(
      StateStore store, BufferAllocator allocator, long epoch, Tables tables) {
    try (SnapshotWriter writer = store.beginSnapshot(epoch);
        Block rows = block(allocator, TEXTS.schema(), tables.texts.values());
        Block total = block(allocator, TOTAL.schema(), List.of(tables.total))) {
      writer.write(0, rows);
      writer.write(1, total);
      writer.finish();
    }
  }

  static Block block(BufferAllocator allocator, Schema schema, Collection<Row> rows) {
    Block block = Block.allocate(allocator, schema, Math.max(1, rows.size()));
    try {
      rows.forEach(row -> assertThat(BlockAppender.append(block, row)).isTrue());
      return block;
    } catch (RuntimeException | Error e) {
      block.close();
      throw e;
    }
  }
}
