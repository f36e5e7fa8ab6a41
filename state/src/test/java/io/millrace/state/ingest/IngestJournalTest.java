package io.millrace.state.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.journal.Journals;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.UnforcedStorage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.RandomBatches;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockAppender;
import io.millrace.vector.column.BlockReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a query took in comes back as it was taken in, or is refused by path and record. */
class IngestJournalTest {
  private static final Schema FLAT =
      Schema.parse(
          "a BOOLEAN, b TINYINT, c SMALLINT, d INT, e BIGINT, f FLOAT, g DOUBLE, h DATE,"
              + " i TIMESTAMP, j DECIMAL(20,3), k STRING, l BINARY");
  private static final Schema IDS = Schema.parse("id BIGINT, text STRING");
  private static final int ROWS = 33;

  @TempDir Path checkpoint;
  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void allMemoryIsBack() {
    allocator.close();
  }

  private IngestJournal open(Schema... inputs) {
    return open(JournalKind.FILE, 1 << 16, inputs);
  }

  private IngestJournal open(JournalKind kind, int segmentBytes, Schema... inputs) {
    return IngestJournal.open(
        checkpoint,
        new UnforcedStorage(),
        new JournalOptions(kind, Durability.DISK, segmentBytes),
        CrashPoints.NONE,
        allocator,
        List.of(inputs));
  }

  /** Keeps everything as text. */
  private static final class Seen implements IngestVisitor {
    private final List<String> events = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    @Override
    public void batch(long sequence, long epoch, long arrivalTimeUs) {
      events.add("batch " + sequence + " " + epoch + " " + arrivalTimeUs);
    }

    @Override
    public void rows(int input, String producer, long firstSequence, Block block) {
      events.add(block.rowCount() + " rows " + input + " " + producer + " " + firstSequence);
      for (int row = 0; row < block.rowCount(); row++) {
        rows.add(BlockReader.row(block, row));
      }
    }

    @Override
    public void range(int input, String range) {
      events.add("range " + input + " " + range);
    }
  }

  private static Seen replay(IngestJournal journal, long from) {
    Seen seen = new Seen();
    journal.replay(from, seen);
    return seen;
  }

  @Test
  void rowsOfEveryFlatTypeComeBack() {
    RandomBatches random = new RandomBatches(7);
    List<Row> expected = new ArrayList<>();
    try (IngestJournal journal = open(FLAT)) {
      journal.batch(0, 0);
      for (RandomBatches.Nulls nulls : RandomBatches.Nulls.values()) {
        for (int rows : new int[] {1, 7, 64, 65, 1000, 9000}) {
          try (Block block = random.block(allocator, FLAT, rows, nulls)) {
            for (int from : new int[] {0, 1, 3, 63}) {
              if (from < rows) {
                journal.rows(0, null, 0, block, from, rows);
                for (int row = from; row < rows; row++) {
                  expected.add(BlockReader.row(block, row));
                }
              }
            }
          }
        }
      }
    }
    try (IngestJournal journal = open(FLAT)) {
      assertThat(replay(journal, 0).rows).hasSameSizeAs(expected).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void piecesComeBackInTheirBatches(JournalKind kind) {
    try (IngestJournal journal = open(kind, 1 << 16, IDS, IDS);
        Block block = ids(0, 5)) {
      journal.batch(3, 100);
      assertThat(journal.isBeginning()).isTrue();
      journal.range(1, "a\nb→ü");
      assertThat(journal.isBeginning()).isFalse();
      journal.rows(0, "sender ß", 40, block, 1, 4);
      journal.batch(3, 200);
      journal.nothing();
      journal.batch(4, 300);
      journal.rows(1, null, 0, block, 4, 5);
    }
    try (IngestJournal journal = open(JournalKind.FILE, 1 << 16, IDS, IDS)) {
      assertThat(journal.nextSequence()).isEqualTo(4);
      Seen seen = replay(journal, 0);
      assertThat(seen.events)
          .containsExactly(
              "batch 0 3 100",
              "range 1 a\nb→ü",
              "3 rows 0 sender ß 40",
              "batch 2 3 200",
              "batch 3 4 300",
              "1 rows 1  0");
      assertThat(seen.rows).containsExactly(id(1), id(2), id(3), id(4));
      assertThat(replay(journal, 3).events).containsExactly("batch 3 4 300", "1 rows 1  0");
      assertThat(replay(journal, 4).events).isEmpty();
    }
  }

  private Block ids(int from, int to) {
    Block block = Block.allocate(allocator, IDS, to - from);
    for (int i = from; i < to; i++) {
      BlockAppender.append(block, id(i));
    }
    return block;
  }

  private static Row id(long id) {
    return Row.of(id, id % 3 == 0 ? null : id % 3 == 1 ? "" : "text ü€😀 " + id);
  }

  /** Together more than a journal takes at once. */
  @Test
  void longRowsBecomeSeveralRecords() {
    int rows = 200;
    String text = "x".repeat(400_000);
    try (IngestJournal journal = open(JournalKind.FILE, 1 << 20, IDS);
        Block block = Block.allocate(allocator, IDS, rows)) {
      for (long i = 0; i < rows; i++) {
        BlockAppender.append(block, Row.of(i, text));
      }
      journal.batch(0, 0);
      journal.rows(0, "p", 10, block, 0, rows);
      Seen seen = replay(journal, 0);
      assertThat(seen.rows).hasSize(rows);
      assertThat(seen.events.getFirst()).isEqualTo("batch 0 0 0");
      assertThat(seen.events.getLast()).endsWith("p " + (10 + rows - 2));
      assertThat(seen.events).filteredOn(event -> event.startsWith("batch")).hasSize(1);
    }
  }

  /** As a restart does that commits while it takes in again. */
  @Test
  void whatIsReplayedMayBeDroppedMeanwhile() {
    int batches = 2000;
    try (IngestJournal journal = open(IDS);
        Block block = ids(0, ROWS)) {
      for (int i = 0; i < batches; i++) {
        journal.batch(i, i);
        journal.rows(0, null, 0, block, 0, ROWS);
      }
      List<Long> seen = new ArrayList<>();
      journal.replay(
          0,
          new IngestVisitor() {
            @Override
            public void batch(long sequence, long epoch, long arrivalTimeUs) {
              seen.add(epoch);
              journal.dropBefore(sequence);
            }

            @Override
            public void rows(int input, String producer, long first, Block rows) {
              assertThat(rows.rowCount()).isEqualTo(ROWS);
            }

            @Override
            public void range(int input, String range) {}
          });
      assertThat(seen).hasSize(batches).isSorted();
      assertThat(journal.firstSequence()).as("segments that went").isPositive();
      refused(() -> replay(journal, 0), "holds records " + journal.firstSequence() + " to");
    }
  }

  @Test
  void aPlaceThatIsNotThereIsRefused() {
    try (IngestJournal journal = open(IDS)) {
      journal.batch(0, 0);
      journal.nothing();
      refused(() -> replay(journal, 2), "holds records 0 to 0", "record 2 comes next");
    }
  }

  @Test
  void otherColumnsAreRefused() {
    try (IngestJournal journal = open(IDS);
        Block block = ids(0, 3)) {
      journal.batch(0, 0);
      journal.rows(0, null, 0, block, 0, 3);
    }
    try (IngestJournal journal = open(Schema.parse("id BIGINT, text BINARY"))) {
      refused(() -> replay(journal, 0), "record 0", "its rows have other columns than");
    }
    try (IngestJournal journal = open()) {
      refused(() -> replay(journal, 0), "record 0", "it is of no input of the query");
    }
  }

  @Test
  void aProducerWithALongNameIsRefused() {
    try (IngestJournal journal = open(IDS);
        Block block = ids(0, 1)) {
      journal.batch(0, 0);
      assertThatThrownBy(() -> journal.rows(0, "ü".repeat(128), 0, block, 0, 1))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("a name of more than 255 bytes");
    }
  }

  /** Their checksums are right, so only what is in them can tell; nothing is read behind them. */
  @Test
  void wrongRecordsAreRefusedByPathAndNumber() {
    byte[] right = record();
    for (int length = 0; length < right.length; length++) {
      refusedRecord(32, Arrays.copyOf(right, length));
    }
    refusedRecord(32, Arrays.copyOf(right, right.length + 1));
    refusedRecord(35, right);
    refusedRecord(32, with(right, 4, -1));
    refusedRecord(32, with(right, 4, 1));
    refusedRecord(32, with(right, 16, -1));
    refusedRecord(32, with(right, 16, 1 << 30));
    refusedRecord(32, with(right, 20, 7));
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = right.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      write(32, bytes);
      try (IngestJournal journal = open(IDS)) {
        replay(journal, 0); // values may be others
      } catch (MillraceException e) {
        assertThat(e).hasMessageContaining("damaged at record 0");
        refused++;
      }
    }
    assertThat(refused).isBetween(200, 1999);
  }

  private void refusedRecord(int type, byte[] payload) {
    write(type, payload);
    try (IngestJournal journal = open(IDS)) {
      refused(
          () -> replay(journal, 0), IngestJournal.directory(checkpoint) + ": damaged at record 0");
    }
  }

  private void write(int type, byte[] payload) {
    Path directory = IngestJournal.directory(checkpoint);
    JournalOptions options = new JournalOptions(JournalKind.FILE, Durability.DISK);
    try (var journal = Journals.open(directory, new UnforcedStorage(), options, CrashPoints.NONE)) {
      journal.truncateAfter(-1);
      journal.append(type, 0, ByteBuffer.wrap(payload));
    }
  }

  /** Rows with nulls and texts, as they stand in a record. */
  private byte[] record() {
    Path directory = IngestJournal.directory(checkpoint);
    try (IngestJournal journal = open(IDS);
        Block block = ids(0, 9)) {
      journal.batch(0, 0);
      journal.rows(0, "p", 0, block, 0, 9);
    }
    List<byte[]> payloads = new ArrayList<>();
    JournalOptions options = new JournalOptions(JournalKind.FILE, Durability.DISK);
    try (var journal = Journals.open(directory, new UnforcedStorage(), options, CrashPoints.NONE)) {
      journal.replay(
          0,
          record -> {
            byte[] bytes = new byte[record.payload().remaining()];
            record.payload().get(bytes);
            payloads.add(bytes);
          });
    }
    return payloads.getFirst();
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    ByteBuffer.wrap(changed).order(ByteOrder.nativeOrder()).putInt(at, value);
    return changed;
  }

  private static void refused(Runnable replay, String... words) {
    assertThatThrownBy(replay::run)
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT))
        .message()
        .contains(words);
  }
}
