package io.millrace.state.ingest;

import io.millrace.state.batch.BatchRows;
import io.millrace.state.journal.Journal;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.journal.JournalRecord;
import io.millrace.state.journal.Journals;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A query's input in the order and the batches in which it was taken in, as records of a journal in
 * {@code checkpoint/ingest}. Written before anything follows from the input; read when the query
 * starts again; dropped when the epochs are committed. In steady state writing allocates nothing.
 *
 * <p>A record is one piece of input: rows of a live one, a range of a replayable one, or nothing,
 * in a batch without input. Numbers are in the machine's order, little-endian where this runs:
 *
 * <pre>
 * byte 0  1 if a batch begins with this record, else 0
 * byte 1  length of the producer's name
 * byte 4  input, 32 bits
 * byte 8  arrival time of the batch, microseconds UTC
 * rows only:
 * byte 16 number of rows, 32 bits; then 32 bits that tell one schema from another
 * byte 24 the producer's number of the first row; then its name; then the rows, column after column
 * </pre>
 *
 * <p>One thread writes and replays; another may {@link #force} and {@link #dropBefore}.
 */
public final class IngestJournal implements AutoCloseable {
  /** The directory in the checkpoint. */
  public static final String DIRECTORY = "ingest";

  private static final int ROWS = 32;
  private static final int RANGE = 33;
  private static final int NOTHING = 34;

  private static final int HEADER_BYTES = 16;
  private static final int ROWS_HEADER_BYTES = 32;
  private static final int MAX_NAME_BYTES = 255;

  /** Rows of a record, and their bytes if there are several: far below what a journal takes. */
  private static final int MAX_ROWS = 1 << 12;

  private static final long MAX_ROWS_BYTES = 1 << 20;

  private final Path directory;
  private final Journal journal;
  private final BufferAllocator allocator;
  private final List<Schema> inputs;
  private final int[] schemaHashes;
  private final Map<String, byte[]> names = new IdentityHashMap<>();
  private final ByteBlock record;
  private long batchEpoch;
  private long arrivalTimeUs;
  private boolean begins;
  private long writtenBytes;

  /**
   * Opens or begins the journal. The caller holds the checkpoint's lock.
   *
   * @param inputs columns that each input brings
   * @throws MillraceException {@code CHECKPOINT} if what was safe is damaged
   */
  public static IngestJournal open(
      Path checkpoint,
      Storage storage,
      JournalOptions options,
      CrashPoints points,
      BufferAllocator allocator,
      List<Schema> inputs) {
    Path directory = directory(checkpoint);
    Journal journal = Journals.open(directory, storage, options, points);
    try {
      return new IngestJournal(directory, journal, allocator, inputs);
    } catch (RuntimeException | Error e) {
      journal.close();
      throw e;
    }
  }

  /** Where it is in a checkpoint. */
  public static Path directory(Path checkpoint) {
    return checkpoint.resolve(DIRECTORY);
  }

  private IngestJournal(
      Path directory, Journal journal, BufferAllocator allocator, List<Schema> inputs) {
    this.directory = directory;
    this.journal = journal;
    this.allocator = allocator;
    this.inputs = List.copyOf(inputs);
    this.schemaHashes = inputs.stream().mapToInt(schema -> schema.toString().hashCode()).toArray();
    this.record = new ByteBlock(allocator, 4096);
  }

  /** The next record begins a batch. */
  public void batch(long epoch, long arrivalUs) {
    batchEpoch = epoch;
    arrivalTimeUs = arrivalUs;
    begins = true;
  }

  /** Whether nothing was written since {@link #batch}. */
  public boolean isBeginning() {
    return begins;
  }

  /**
   * Writes down rows of a live input.
   *
   * @param producer null if the sender has no name
   * @param firstSequence the sender's number of the first row
   * @param from first row
   * @param to behind the last row
   */
  public void rows(int input, String producer, long firstSequence, Block block, int from, int to) {
    byte[] name = name(producer);
    int end;
    for (int at = from; at < to; at = end) {
      end = endOfRecord(block, at, to);
      int body = begin(ROWS_HEADER_BYTES + name.length, input, name.length);
      long header = record.address() + HEADER_BYTES;
      Memory.putInt(header, end - at);
      Memory.putInt(header + 4, schemaHashes[input]);
      Memory.putLong(header + 8, firstSequence + at - from);
      Memory.copy(name, 0, record.address() + ROWS_HEADER_BYTES, name.length);
      record.length(body);
      RowCodec.encode(block, at, end, record);
      append(ROWS);
    }
  }

  private static int endOfRecord(Block block, int from, int to) {
    int rows = Math.min(to - from, MAX_ROWS);
    while (rows > 1 && BatchRows.sizeBytes(block, from, from + rows) > MAX_ROWS_BYTES) {
      rows /= 2;
    }
    return from + rows;
  }

  private byte[] name(String producer) {
    byte[] name = names.get(producer);
    if (name == null) {
      name = producer == null ? new byte[0] : producer.getBytes(StandardCharsets.UTF_8);
      if (name.length > MAX_NAME_BYTES) {
        throw new MillraceException(
            ErrorCode.DATA,
            "producer " + producer + ": a name of more than " + MAX_NAME_BYTES + " bytes");
      }
      names.put(producer, name);
    }
    return name;
  }

  /** Writes down that a range of a replayable input is read. */
  public void range(int input, String range) {
    byte[] text = range.getBytes(StandardCharsets.UTF_8);
    int body = begin(HEADER_BYTES + text.length, input, 0);
    Memory.copy(text, 0, record.address() + HEADER_BYTES, text.length);
    record.length(body);
    append(RANGE);
  }

  /** Writes down a batch without input. */
  public void nothing() {
    record.length(begin(HEADER_BYTES, 0, 0));
    append(NOTHING);
  }

  private int begin(int bytes, int input, int nameBytes) {
    record.length(0);
    record.reserve(bytes);
    long at = record.address();
    Memory.putInt(at, (begins ? 1 : 0) | nameBytes << 8);
    Memory.putInt(at + 4, input);
    Memory.putLong(at + 8, arrivalTimeUs);
    return bytes;
  }

  private void append(int type) {
    journal.append(type, batchEpoch, record.window(0, record.length()));
    writtenBytes += record.length();
    begins = false;
  }

  /** Bytes of the records that were written since the journal was opened. */
  public long writtenBytes() {
    return writtenBytes;
  }

  /** Makes all that was written as safe as the durability says. */
  public void force() {
    journal.force();
  }

  /** The sequence that the next record will have. */
  public long nextSequence() {
    return journal.nextSequence();
  }

  /** The sequence of the oldest record that is there. */
  public long firstSequence() {
    return journal.firstSequence();
  }

  /** Allows the records before that one to go. */
  public void dropBefore(long sequence) {
    journal.dropBefore(sequence);
  }

  /**
   * @param endSequence of the first record that need not be there
   * @throws MillraceException {@code CHECKPOINT} if one before it is missing at the end
   */
  public void requireBefore(long endSequence, long epoch) {
    if (endSequence > journal.nextSequence()) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT,
          directory
              + " ends before record "
              + journal.nextSequence()
              + ", the plan of epoch "
              + epoch
              + " says that the epoch's input ends before record "
              + endSequence
              + ": input was lost, as a power cut may do with durability process; restore the"
              + " checkpoint from a backup, or use a new checkpointLocation");
    }
  }

  /**
   * Shows what was written from that record on.
   *
   * @throws MillraceException {@code CHECKPOINT} if it is not there or cannot be read
   */
  public void replay(long fromSequence, IngestVisitor visitor) {
    if (fromSequence < journal.firstSequence() || fromSequence > journal.nextSequence()) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT,
          directory
              + " holds records "
              + journal.firstSequence()
              + " to "
              + (journal.nextSequence() - 1)
              + ", the last commit says that record "
              + fromSequence
              + " comes next; restore the checkpoint from a backup, or use a new"
              + " checkpointLocation");
    }
    try (Reader reader = new Reader(visitor)) {
      journal.replay(fromSequence, reader::read);
    }
  }

  private final class Reader implements AutoCloseable {
    private final IngestVisitor visitor;
    private final ByteBlock bytes = new ByteBlock(allocator, 4096);
    private final List<Block> blocks = new ArrayList<>();
    private boolean any;

    Reader(IngestVisitor visitor) {
      this.visitor = visitor;
      inputs.forEach(input -> blocks.add(null));
    }

    void read(JournalRecord found) {
      take(found.payload());
      long at = bytes.address();
      int input = bytes.length() < HEADER_BYTES ? -1 : Memory.getInt(at + 4);
      if (input < 0 || input >= inputs.size()) {
        throw damaged(found, "it is of no input of the query");
      }
      if (Memory.getByte(at) != 0 || !any) {
        any = true;
        visitor.batch(found.sequence(), found.epoch(), Memory.getLong(at + 8));
      }
      switch (found.type()) {
        case ROWS -> rows(found, input);
        case RANGE -> visitor.range(input, text(HEADER_BYTES, bytes.length() - HEADER_BYTES));
        case NOTHING -> {}
        default -> throw damaged(found, "its type " + found.type() + " is unknown");
      }
    }

    private void take(ByteBuffer payload) {
      int length = payload.remaining();
      bytes.length(0);
      bytes.reserve(length);
      bytes.length(length);
      bytes.view(0, length).put(payload);
    }

    private void rows(JournalRecord found, int input) {
      long at = bytes.address();
      int nameBytes = Memory.getByte(at + 1) & 0xFF;
      int body = ROWS_HEADER_BYTES + nameBytes;
      int rows = bytes.length() < body ? -1 : Memory.getInt(at + HEADER_BYTES);
      if (rows < 0 || rows > MAX_ROWS) {
        throw damaged(found, "its header is wrong");
      }
      if (Memory.getInt(at + HEADER_BYTES + 4) != schemaHashes[input]) {
        throw damaged(found, "its rows have other columns than " + inputs.get(input));
      }
      Block block = block(input, rows);
      if (RowCodec.decode(bytes, body, rows, block) != bytes.length()) {
        throw damaged(found, "its rows cannot be read");
      }
      String name = text(ROWS_HEADER_BYTES, nameBytes);
      visitor.rows(input, name, Memory.getLong(at + HEADER_BYTES + 8), block);
    }

    private Block block(int input, int rows) {
      Block block = blocks.get(input);
      if (block == null || block.rowCapacity() < rows) {
        if (block != null) {
          block.close();
        }
        blocks.set(input, null);
        block = Block.allocate(allocator, inputs.get(input), rows);
        blocks.set(input, block);
      }
      block.clear();
      return block;
    }

    private String text(int from, int length) {
      byte[] text = new byte[length];
      Memory.copy(bytes.address() + from, text, 0, length);
      return new String(text, StandardCharsets.UTF_8);
    }

    private MillraceException damaged(JournalRecord found, String reason) {
      return new MillraceException(
          ErrorCode.CHECKPOINT,
          directory + ": damaged at record " + found.sequence() + ": " + reason);
    }

    @Override
    public void close() {
      bytes.close();
      for (Block block : blocks) {
        if (block != null) {
          block.close();
        }
      }
    }
  }

  @Override
  public void close() {
    try (journal) {
      record.close();
    }
  }
}
