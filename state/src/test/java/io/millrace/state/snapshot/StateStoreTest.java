package io.millrace.state.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.state.batch.BatchCompression;
import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.journal.Journals;
import io.millrace.state.snapshot.OperatorState.Closing;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.ForwardingStorage;
import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.PausingStorage;
import io.millrace.state.storage.RoomWait;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageFile;
import io.millrace.state.storage.StorageFullException;
import io.millrace.state.storage.UnforcedStorage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.FailingMemory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateStoreTest {
  private static final JournalOptions OPTIONS =
      new JournalOptions(JournalKind.FILE, Durability.DISK);
  private static final int ROWS = 20_000;

  @TempDir Path checkpoint;
  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void allMemoryIsBack() {
    allocator.close();
  }

  private StateStore open(
      Storage storage,
      BufferAllocator memory,
      BatchCompression compression,
      long committed,
      long sequence) {
    return StateStore.open(
        checkpoint,
        storage,
        OPTIONS,
        new SnapshotOptions(1, 1 << 20, 1 << 10, compression),
        CrashPoints.NONE,
        memory,
        () -> 7,
        List.of(MiniatureState.TEXTS),
        committed,
        sequence);
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(Row.of(i, "text number " + i));
    }
    return rows;
  }

  private void write(StateStore store, long epoch) {
    try (Block block = MiniatureState.block(allocator, MiniatureState.TEXTS.schema(), rows())) {
      store.upsert(0, epoch, block);
    }
  }

  private void snapshot(StateStore store, long epoch) {
    try (Block block = MiniatureState.block(allocator, MiniatureState.TEXTS.schema(), rows());
        SnapshotWriter writer = store.beginSnapshot(epoch)) {
      writer.write(0, block);
      writer.finish();
    }
  }

  private void requireRestored(StateStore store) {
    MiniatureState.Tables tables = new MiniatureState.Tables();
    store.restore(tables);
    assertThat(tables.texts.values()).containsExactlyElementsOf(rows());
  }

  @ParameterizedTest
  @EnumSource
  void theBackgroundWritesWithinItsMemory(BatchCompression compression) {
    Storage storage = new UnforcedStorage();
    long sequence;
    try (StateStore store = open(storage, allocator, compression, -1, -1)) {
      write(store, 0);
      sequence = store.force();
      assertThat(store.snapshotDue()).isTrue();
      snapshot(store, 0);
      assertThat(store.snapshotDue()).as("one is enough").isFalse();
    }
    assertThat(Journals.exists(storage, checkpoint.resolve("state/journal"))).isTrue();
    try (StateStore store = open(storage, allocator, compression, 0, sequence)) {
      requireRestored(store);
      assertThat(store.report().lastBytes()).as("it was found").isPositive();
      assertThat(store.report().fallbacks()).isZero();
      assertThat(store.snapshotDue()).as("nothing was written").isFalse();
    }
  }

  @Test
  void aDiskWithoutRoomEndsTheSnapshotAndIsNotWaitedFor() {
    RoomWait never =
        new RoomWait() {
          @Override
          public <T> T repeat(Path path, StorageFullException full, Supplier<T> operation) {
            throw new AssertionError("waits for " + path);
          }
        };
    Storage full = new PausingStorage(new NoRoomForSnapshots(), never);
    try (StateStore store = open(full, allocator, BatchCompression.NONE, -1, -1)) {
      write(store, 0);
      store.force();
      snapshot(store, 0);
      while (store.report().failed() == 0) {
        Thread.onSpinWait();
      }
      assertThat(store.report().written()).isZero();
      assertThat(store.snapshotDue()).as("not at once again").isFalse();
      write(store, 1);
      store.force();
      assertThat(store.snapshotDue()).isTrue();
    }
    assertThat(new StateFiles(checkpoint).snapshots(full)).isEmpty();
    assertThat(new StateFiles(checkpoint).unfinished(full)).isEmpty();
  }

  private static final class NoRoomForSnapshots extends ForwardingStorage {
    @Override
    public StorageFile open(Path path, OpenMode mode) {
      return new ForwardingFile(super.open(path, mode)) {
        @Override
        public void write(ByteBuffer from, long position) {
          if (path.toString().contains("snapshot-") && position > 100_000) {
            throw new StorageFullException(path + ": write: no room", null);
          }
          super.write(from, position);
        }

        @Override
        public void force() {}
      };
    }
  }

  @Test
  void anUnfinishedSnapshotLeavesNothing() {
    Storage storage = new UnforcedStorage();
    try (StateStore store = open(storage, allocator, BatchCompression.NONE, -1, -1)) {
      write(store, 0);
      store.force();
      SnapshotWriter abandoned = store.beginSnapshot(0);
      assertThatThrownBy(() -> store.beginSnapshot(0)).hasMessageContaining("another one runs");
      abandoned.close();
    }
    assertThat(new StateFiles(checkpoint).snapshots(storage)).isEmpty();
    assertThat(new StateFiles(checkpoint).unfinished(storage)).isEmpty();
  }

  @Test
  void aMissingPieceOfMemoryLosesNothing() {
    Storage storage = new UnforcedStorage();
    long sequence;
    try (StateStore store = open(storage, allocator, BatchCompression.LZ4, -1, -1)) {
      write(store, 0);
      sequence = store.force();
      snapshot(store, 0);
    }
    boolean failed = true;
    for (int piece = 1; failed; piece++) {
      FailingMemory memory = new FailingMemory(piece);
      try (BufferAllocator scarce = new RootAllocator(memory, Long.MAX_VALUE);
          StateStore store = open(storage, scarce, BatchCompression.LZ4, 0, sequence)) {
        requireRestored(store);
        write(store, 1); // not committed, so that the next start cuts it
        store.force();
      } catch (MillraceException e) {
        FailingMemory.requireClear(e);
      }
      failed = memory.failed();
    }
    try (StateStore store = open(storage, allocator, BatchCompression.LZ4, 0, sequence)) {
      requireRestored(store);
    }
  }

  @Test
  void anotherQueriesStateIsRefusedByOperator() {
    Storage storage = new UnforcedStorage();
    open(storage, allocator, BatchCompression.NONE, -1, -1).close();
    OperatorState wider = new OperatorState("Texts", Schema.parse("k BIGINT, v STRING"), 1);
    for (List<OperatorState> now :
        List.of(List.of(wider), List.<OperatorState>of(), List.of(MiniatureState.TEXTS, wider))) {
      assertThatThrownBy(
              () ->
                  StateStore.open(
                      checkpoint,
                      storage,
                      OPTIONS,
                      SnapshotOptions.DEFAULTS,
                      CrashPoints.NONE,
                      allocator,
                      () -> 0,
                      now,
                      -1,
                      -1))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT))
          .hasMessageContaining("stateful operator")
          .hasMessageContaining("Texts");
    }
  }

  /** Another output mode, for example: rows that were let go would be there again. */
  @Test
  void rowsThatCloseOtherwiseAreRefused() {
    Storage storage = new UnforcedStorage();
    OperatorState closed = closing(Optional.of(new Closing(0, 60)));
    open(storage, closed).close();
    open(storage, closed).close();
    for (Optional<Closing> other :
        List.of(Optional.<Closing>empty(), Optional.of(new Closing(0, 61)))) {
      assertThatThrownBy(() -> open(storage, closing(other)))
          .hasMessageContaining("until the watermark reaches column 0 plus 60 microseconds");
    }
  }

  private static OperatorState closing(Optional<Closing> closing) {
    return new OperatorState("Windows", Schema.parse("ts TIMESTAMP, n INT"), 1, closing);
  }

  private StateStore open(Storage storage, OperatorState operator) {
    return StateStore.open(
        checkpoint,
        storage,
        OPTIONS,
        SnapshotOptions.DEFAULTS,
        CrashPoints.NONE,
        allocator,
        () -> 0,
        List.of(operator),
        -1,
        -1);
  }

  @Test
  void aCommitThatKnowsNoStateIsRefused() {
    assertThatThrownBy(() -> open(new UnforcedStorage(), allocator, BatchCompression.NONE, 3, -1))
        .hasMessageContaining("says nothing of a state");
  }

  /** Its checksum is right, so only what is in it can tell. */
  @Test
  void aRecordThatIsNoBatchIsDamageByPlace() {
    Storage storage = new UnforcedStorage();
    Path journal = checkpoint.resolve("state/journal");
    open(storage, allocator, BatchCompression.NONE, -1, -1).close();
    for (byte[] payload : new byte[][] {{}, {1, 2, 3}, new byte[200]}) {
      long end;
      try (var opened = Journals.open(journal, storage, OPTIONS, CrashPoints.NONE)) {
        opened.truncateAfter(-1);
        opened.append(DeltaRecords.UPSERT, 0, ByteBuffer.wrap(payload));
        opened.force();
        end = opened.nextSequence();
      }
      try (StateStore store = open(storage, allocator, BatchCompression.NONE, 0, end)) {
        assertThatThrownBy(() -> store.restore(new MiniatureState.Tables()))
            .hasMessageContaining(journal + ": damaged at record 0")
            .hasMessageContaining("millrace checkpoint verify");
      }
    }
  }
}
