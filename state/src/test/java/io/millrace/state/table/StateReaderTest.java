package io.millrace.state.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.state.batch.BatchCompression;
import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.offsets.Checkpoint;
import io.millrace.state.offsets.CheckpointMetadata;
import io.millrace.state.offsets.Commit;
import io.millrace.state.offsets.Plan;
import io.millrace.state.snapshot.OperatorState;
import io.millrace.state.snapshot.OperatorState.Closing;
import io.millrace.state.snapshot.SnapshotOptions;
import io.millrace.state.snapshot.SnapshotWriter;
import io.millrace.state.snapshot.StateStore;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Folders;
import io.millrace.state.storage.UnforcedStorage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockAppender;
import io.millrace.vector.column.BlockReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateReaderTest {
  private static final OperatorState OPERATOR =
      new OperatorState("Aggregate", Schema.parse("d DOUBLE, s STRING, b BOOLEAN, n BIGINT"), 3);

  @TempDir Path parent;
  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void allMemoryIsBack() {
    allocator.close();
  }

  private Block block(Schema schema, Row... rows) {
    Block block = Block.allocate(allocator, schema, rows.length);
    for (Row row : rows) {
      BlockAppender.append(block, row);
    }
    return block;
  }

  private void upsert(StateStore store, long epoch, Row... rows) {
    try (Block block = block(OPERATOR.schema(), rows)) {
      store.upsert(0, epoch, block);
    }
  }

  private List<Row> read(StateReader reader) {
    try (KeyedRows rows = reader.rows(0, allocator)) {
      return read(rows);
    }
  }

  /** In blocks that do not fit the rows. */
  private List<Row> read(KeyedRows rows) {
    List<Row> read = new ArrayList<>();
    Schema schema = rows.operator().schema();
    int[] columns = IntStream.range(0, schema.size()).toArray();
    try (Block block = Block.allocate(allocator, schema, 64)) {
      int next = rows.copy(0, columns, block);
      while (block.rowCount() > 0) {
        read.addAll(BlockReader.rows(block, 0, block.rowCount()));
        block.clear();
        next = rows.copy(next, columns, block);
      }
    }
    assertThat(read).hasSize(rows.size());
    return read;
  }

  @Test
  void theLastRowOfEachKeyIsShownWhileTheQueryRuns() {
    UnforcedStorage storage = new UnforcedStorage();
    Path directory = parent.resolve("ck");
    JournalOptions options = new JournalOptions(JournalKind.CHRONICLE, Durability.DISK, 4096);
    SnapshotOptions snapshots = new SnapshotOptions(1, 1, 1 << 20, BatchCompression.ZSTD);
    CheckpointMetadata query =
        new CheckpointMetadata(UUID.randomUUID(), "test", List.of("a"), List.of("in"), "sink");
    try (Checkpoint checkpoint =
            Checkpoint.open(directory, query, storage, options, CrashPoints.NONE);
        StateStore store =
            StateStore.open(
                directory,
                storage,
                options,
                snapshots,
                CrashPoints.NONE,
                allocator,
                () -> 0,
                List.of(OPERATOR),
                -1,
                -1)) {
      int checksum = checkpoint.plan(new Plan(0, 0, List.of("")));
      upsert(
          store,
          0,
          Row.of(Double.NaN, "a", true, 1L),
          Row.of(0.0, "a", true, 2L),
          Row.of(null, null, null, 3L),
          Row.of(1.0, "gone", false, 4L));
      checkpoint.commit(new Commit(0, 0, "", checksum, store.force()));
      try (SnapshotWriter writer = store.beginSnapshot(0);
          Block rows = block(OPERATOR.schema(), Row.of(Double.NaN, "a", true, 1L))) {
        writer.write(0, rows);
        // The other rows are left out, so that it shows whether the snapshot is read.
        writer.finish();
      }
      while (store.report().written() == 0) {
        Thread.onSpinWait();
      }
      checksum = checkpoint.plan(new Plan(1, 0, List.of("")));
      upsert(
          store,
          1,
          Row.of(Double.NaN, "a", true, 10L),
          Row.of(0.0, "a", true, 20L),
          Row.of(-0.0, "a", true, 21L),
          Row.of(null, null, null, 30L),
          Row.of(1.0, "gone", false, 40L),
          Row.of(1.0, "gone", true, 41L));
      try (Block keys = block(OPERATOR.keySchema(), Row.of(1.0, "gone", false))) {
        store.remove(0, 1, keys);
      }
      checkpoint.commit(new Commit(1, 0, "", checksum, store.force()));
      upsert(store, 2, Row.of(7.0, "not committed", true, 50L));
      store.force();
      StateReader reader = StateReader.open(directory, storage);
      assertThat(reader.operators()).containsExactly(OPERATOR);
      assertThat(reader.committedEpoch()).isEqualTo(1);
      assertThat(read(reader))
          .containsExactlyInAnyOrder(
              Row.of(Double.NaN, "a", true, 10L),
              Row.of(-0.0, "a", true, 21L),
              Row.of(null, null, null, 30L),
              Row.of(1.0, "gone", true, 41L));
      assertThat(reader.rowCounts(allocator)).containsExactly(4);
      assertThat(reader.choose(OptionalInt.empty(), allocator)).isZero();
      assertThat(reader.choose(OptionalInt.of(0), allocator)).isZero();
      for (int unknown : new int[] {-1, 1}) {
        assertThatThrownBy(() -> reader.choose(OptionalInt.of(unknown), allocator))
            .isInstanceOfSatisfying(
                MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLAN))
            .hasMessageEndingWith(
                " has no stateful operator " + unknown + "; there are: 0 = Aggregate (rows: 4)");
      }
    }
    Map<Path, byte[]> files = Folders.read(directory);
    files.keySet().removeIf(path -> path.endsWith("schema.json"));
    Path damaged = parent.resolve("damaged");
    Folders.write(damaged, files);
    assertThatThrownBy(() -> StateReader.open(damaged, storage))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT));
  }

  @Test
  void withoutACheckpointThereIsNothingToRead() {
    assertThatThrownBy(() -> StateReader.open(parent, new UnforcedStorage()))
        .hasMessageContaining("there is no checkpoint");
  }

  @Test
  void manyKeysKeepTheirLastRows() {
    OperatorState operator = new OperatorState("A", Schema.parse("k INT, n INT"), 1);
    try (KeyedRows rows = new KeyedRows(allocator, operator)) {
      for (int round = 0; round < 3; round++) {
        for (int from = 0; from < 20_000; from += 1000) {
          Row[] some = new Row[1000];
          for (int i = 0; i < some.length; i++) {
            some[i] = Row.of(from + i, round);
          }
          try (Block block = block(operator.schema(), some)) {
            rows.upsert(block);
          }
        }
      }
      List<Row> last = read(rows);
      assertThat(last).allMatch(row -> row.getInt(1) == 2);
      assertThat(last.stream().map(row -> row.getInt(0)).distinct()).hasSize(20_000);
    }
  }

  @Test
  void columnsAreCopiedAsTheyAreAskedFor() {
    OperatorState operator = new OperatorState("A", Schema.parse("k INT, s STRING, n INT"), 1);
    try (KeyedRows rows = new KeyedRows(allocator, operator);
        Block some = block(operator.schema(), Row.of(1, "a", 2), Row.of(3, null, 4));
        Block columns = Block.allocate(allocator, Schema.parse("n INT, s STRING"), 1);
        Block none = Block.allocate(allocator, Schema.of(), 1)) {
      rows.upsert(some);
      rows.copy(0, new int[] {2, 1}, columns);
      assertThat(BlockReader.rows(columns, 0, columns.rowCount()))
          .containsExactly(Row.of(2, "a"), Row.of(4, null));
      rows.copy(0, new int[] {}, none);
      assertThat(none.rowCount()).isEqualTo(2);
    }
  }

  @Test
  void whatTheWatermarkHasPassedIsGone() {
    OperatorState operator =
        new OperatorState(
            "A", Schema.parse("k INT, ts TIMESTAMP"), 1, Optional.of(new Closing(1, 1_000_000)));
    try (KeyedRows rows = new KeyedRows(allocator, operator);
        Block some =
            block(
                operator.schema(),
                Row.of(1, Instant.ofEpochSecond(9)),
                Row.of(2, Instant.ofEpochSecond(9).plusNanos(1000)),
                Row.of(3, null),
                Row.of(4, Instant.ofEpochSecond(-9)))) {
      rows.upsert(some);
      rows.removeOver(Commit.NO_WATERMARK);
      assertThat(rows.size()).isEqualTo(4);
      rows.removeOver(10_000_000);
      assertThat(read(rows)).extracting(row -> row.getInt(0)).containsExactly(2, 3);
      rows.removeOver(10_000_000);
      assertThat(rows.size()).isEqualTo(2);
    }
  }

  @Test
  void onlyATimeClosesRows() {
    Schema schema = Schema.parse("k INT, ts TIMESTAMP");
    for (Closing wrong :
        List.of(new Closing(0, 1), new Closing(2, 1), new Closing(-1, 1), new Closing(1, -1))) {
      assertThatThrownBy(() -> new OperatorState("A", schema, 1, Optional.of(wrong)))
          .hasMessageStartingWith("A: rows cannot be over by column ");
    }
  }
}
