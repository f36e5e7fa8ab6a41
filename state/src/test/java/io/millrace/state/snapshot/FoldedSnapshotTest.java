package io.millrace.state.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.state.batch.BatchCompression;
import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.journal.Journals;
import io.millrace.state.snapshot.OperatorState.Closing;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.UnforcedStorage;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Snapshots that are made of what is on the disk say what the state is that nobody looked at. */
class FoldedSnapshotTest {
  private static final long NONE = Long.MIN_VALUE;
  private static final OperatorState SPANS =
      new OperatorState(
          "Spans",
          Schema.parse("k STRING, ts TIMESTAMP, v STRING, x DOUBLE"),
          2,
          Optional.of(new Closing(1, 1_000_000)));
  private static final OperatorState TOTAL =
      new OperatorState("Total", Schema.parse("n BIGINT"), 0);

  @TempDir Path checkpoint;
  private final RootAllocator allocator = new RootAllocator();
  private final Storage storage = new UnforcedStorage();
  private final Random random = new Random(5);
  private final Model model = new Model();
  private JournalKind kind = JournalKind.FILE;
  private long segmentBytes = 4000;
  private long sequence = -1;
  private long epoch = -1;

  @AfterEach
  void allMemoryIsBack() {
    allocator.close();
  }

  /** The state, row by row. */
  private static final class Model implements StateVisitor {
    private final Map<List<Object>, Row> spans = new HashMap<>();
    private Row total;
    private int shown;

    @Override
    public void upsert(int operator, Block rows) {
      shown += rows.rowCount();
      for (Row row : BlockReader.rows(rows, 0, rows.rowCount())) {
        Row copy = Row.of(row.values().toArray());
        if (operator == 0) {
          spans.put(key(copy), copy);
        } else {
          total = copy;
        }
      }
    }

    @Override
    public void remove(int operator, Block keys) {
      BlockReader.rows(keys, 0, keys.rowCount()).forEach(row -> spans.remove(key(row)));
    }

    private static List<Object> key(Row row) {
      List<Object> key = new ArrayList<>();
      key.add(row.get(0));
      key.add(row.get(1));
      return key;
    }

    private Map<List<Object>, Row> spansAt(long watermarkUs) {
      Map<List<Object>, Row> left = new HashMap<>(spans);
      left.values()
          .removeIf(
              row ->
                  row.get(1) instanceof Instant time
                      && watermarkUs != NONE
                      && time.getEpochSecond() * 1_000_000 + 1_000_000 <= watermarkUs);
      return left;
    }
  }

  private StateStore open(int deltas, SnapshotThread thread) {
    return StateStore.open(
        checkpoint,
        storage,
        new JournalOptions(kind, Durability.PROCESS, segmentBytes),
        new SnapshotOptions(deltas, 1 << 30, 1 << 20, BatchCompression.ZSTD),
        CrashPoints.NONE,
        allocator,
        () -> 7,
        List.of(SPANS, TOTAL),
        epoch,
        sequence,
        thread);
  }

  private Row span() {
    int second = random.nextInt(40);
    return Row.of(
        random.nextInt(12) == 0 ? null : "key " + random.nextInt(9),
        second == 0 ? null : Instant.ofEpochSecond(second),
        random.nextInt(4) == 0 ? null : "text ".repeat(random.nextInt(5)) + epoch,
        random.nextDouble());
  }

  /** Rows of an epoch, each key once; some keys that are removed come again. */
  private void write(StateStore store, int count) {
    epoch++;
    Map<List<Object>, Row> rows = new HashMap<>();
    Map<List<Object>, Row> gone = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Row row = span();
      rows.put(Model.key(row), row);
    }
    for (int i = 0; i < count / 4; i++) {
      Row row = span();
      gone.put(Model.key(row), Row.of(row.get(0), row.get(1)));
    }
    write(store, gone.values(), rows.values());
  }

  private void write(StateStore store, Collection<Row> gone, Collection<Row> rows) {
    try (Block keys = MiniatureState.block(allocator, SPANS.keySchema(), gone);
        Block spans = MiniatureState.block(allocator, SPANS.schema(), rows);
        Block total = MiniatureState.block(allocator, TOTAL.schema(), List.of(Row.of(epoch)))) {
      store.remove(0, epoch, keys);
      store.upsert(0, epoch, spans);
      store.upsert(1, epoch, total);
      model.remove(0, keys);
      model.upsert(0, spans);
      model.upsert(1, total);
    }
    sequence = store.force();
  }

  private List<StateFiles.Snapshot> snapshots() {
    return new StateFiles(checkpoint).snapshots(storage);
  }

  private void requireNewest(long watermarkUs) {
    StateFiles files = new StateFiles(checkpoint);
    Model read = new Model();
    assertThat(snapshots().getFirst().epoch()).isEqualTo(epoch);
    SnapshotFileReader.read(files, snapshots().getFirst().path(), storage, allocator, read);
    assertThat(read.spans).isEqualTo(model.spansAt(watermarkUs));
    assertThat(read.total).isEqualTo(model.total);
    assertThat(read.shown).as("each key once").isEqualTo(read.spans.size() + 1);
  }

  private void requireRestored() {
    try (StateStore store = open(9, SnapshotThread.ofCaller())) {
      Model restored = new Model();
      store.restore(restored);
      assertThat(restored.spansAt(NONE)).isEqualTo(model.spans);
      assertThat(restored.total).isEqualTo(model.total);
      assertThat(store.report().fallbacks()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void itSaysWhatAllChangesSay(JournalKind of) {
    kind = of;
    try (StateStore store = open(1, SnapshotThread.ofCaller())) {
      for (int i = 0; i < 12; i++) {
        write(store, random.nextInt(60));
        if (random.nextInt(3) > 0) {
          assertThat(store.snapshotDue()).isTrue();
          store.foldSnapshot(epoch, NONE);
          requireNewest(NONE);
        }
      }
      assertThat(store.report().failed()).isZero();
    }
    assertThat(snapshots()).hasSize(2);
    requireRestored();
  }

  @Test
  void whatTheWatermarkHasPassedIsLeftOut() {
    try (StateStore store = open(1, SnapshotThread.ofCaller())) {
      for (long second : new long[] {0, 5, 6, 20, 100}) {
        write(store, 50);
        long watermarkUs = second * 1_000_000;
        store.foldSnapshot(epoch, watermarkUs);
        requireNewest(watermarkUs);
        model.spans.clear();
        model.spans.putAll(readNewest().spans); // nobody changes what is over
      }
    }
  }

  private Model readNewest() {
    Model read = new Model();
    SnapshotFileReader.read(
        new StateFiles(checkpoint), snapshots().getFirst().path(), storage, allocator, read);
    return read;
  }

  @Test
  void moreRowsThanAreLookedAtInOneGo() {
    segmentBytes = 1 << 20;
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      rows.add(Row.of("k" + i, Instant.ofEpochSecond(i % 7), "v".repeat(i % 300), (double) i));
    }
    try (StateStore store = open(1, SnapshotThread.ofCaller())) {
      epoch++;
      write(store, List.of(), rows);
      store.foldSnapshot(epoch, NONE);
      requireNewest(NONE);
      epoch++;
      write(store, List.of(Row.of("k5000", Instant.ofEpochSecond(2))), rows.subList(0, 4097));
      store.foldSnapshot(epoch, NONE);
      requireNewest(NONE);
      assertThat(model.spans).hasSize(9_999);
    }
    requireRestored();
  }

  @Test
  void aDamagedSnapshotIsPassedOverForTheOneBefore() throws IOException {
    try (StateStore store = open(1, SnapshotThread.ofCaller())) {
      for (int i = 0; i < 3; i++) {
        write(store, 40);
        assertThat(store.snapshotDue()).isTrue(); // lets go of what nobody needs
        store.foldSnapshot(epoch, NONE);
      }
      Path damaged = snapshots().getFirst().path();
      Path before = snapshots().getLast().path();
      byte[] bytes = Files.readAllBytes(damaged);
      bytes[bytes.length / 2] ^= 4;
      Files.write(damaged, bytes);
      write(store, 40);
      assertThat(store.snapshotDue()).isTrue();
      store.foldSnapshot(epoch, NONE);
      requireNewest(NONE);
      assertThat(snapshots()).extracting(StateFiles.Snapshot::path).contains(before);
      assertThat(snapshots()).extracting(StateFiles.Snapshot::path).doesNotContain(damaged);
      assertThat(store.report().failed()).isZero();
      write(store, 40);
      assertThat(store.snapshotDue()).isTrue();
    }
    requireRestored();
  }

  @Test
  void withoutMemoryItIsGivenUpAndTheQueryKeepsItsOwn() {
    try (StateStore store = open(1, SnapshotThread.ofCaller())) {
      write(store, 40);
      allocator.setLimit(allocator.getAllocatedMemory() + 100_000);
      store.foldSnapshot(epoch, NONE);
      assertThat(store.report().failed()).isEqualTo(1);
      assertThat(snapshots()).isEmpty();
      assertThat(new StateFiles(checkpoint).unfinished(storage)).isEmpty();
      allocator.setLimit(Long.MAX_VALUE);
      write(store, 40);
      assertThat(store.snapshotDue()).isTrue();
      store.foldSnapshot(epoch, NONE);
      requireNewest(NONE);
    }
    requireRestored();
  }

  @ParameterizedTest
  @EnumSource
  void theStateGoesOnAndOldChangesGoMeanwhile(JournalKind of) {
    kind = of;
    SnapshotThread thread = SnapshotThread.named("folds", 1 << 20);
    try (StateStore store = open(5, thread)) {
      for (int i = 0; i < 60 || store.report().written() < 3; i++) {
        write(store, 30);
        if (store.snapshotDue()) {
          store.foldSnapshot(epoch, NONE);
        }
        assertThat(store.report().failed()).isZero();
      }
      write(store, 1);
      store.snapshotDue();
    }
    assertThat(Journals.firstSequence(storage, checkpoint.resolve("state/journal"))).isPositive();
    requireRestored();
  }
}
