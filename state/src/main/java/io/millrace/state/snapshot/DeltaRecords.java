package io.millrace.state.snapshot;

import io.millrace.state.batch.BadBatchException;
import io.millrace.state.journal.JournalRecord;
import io.millrace.vector.column.ByteBlock;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** What the records of the state's journal are, and their way back to rows. */
final class DeltaRecords implements AutoCloseable {
  /** Rows that are new or changed. */
  static final int UPSERT = 16;

  /** Keys of rows that went. */
  static final int REMOVE = 17;

  private final StateFiles files;
  private final long committedEpoch;
  private final StateRecords.Reader reader;
  private final ByteBlock bytes;

  DeltaRecords(
      StateFiles files,
      BufferAllocator allocator,
      List<OperatorState> operators,
      long committedEpoch) {
    this.files = files;
    this.committedEpoch = committedEpoch;
    this.reader = new StateRecords.Reader(allocator, operators);
    try {
      this.bytes = new ByteBlock(allocator, 1024);
    } catch (RuntimeException | Error e) {
      reader.close();
      throw e;
    }
  }

  /** Shows a record that was committed; refuses one that cannot be. */
  void visit(JournalRecord record, StateVisitor visitor) {
    if (record.type() != UPSERT && record.type() != REMOVE) {
      throw damaged(record, "its type " + record.type() + " is unknown");
    }
    if (record.epoch() > committedEpoch) {
      throw damaged(
          record, "it is of epoch " + record.epoch() + ", the last commit of " + committedEpoch);
    }
    int length = record.payload().remaining();
    bytes.reserve(length);
    bytes.length(length);
    bytes.view(0, length).put(record.payload());
    try {
      reader.read(bytes, 0, record.type() == REMOVE, visitor);
    } catch (BadBatchException e) {
      throw damaged(record, e.getMessage());
    }
  }

  private RuntimeException damaged(JournalRecord record, String reason) {
    return files.refusal(
        files.journal() + ": damaged at record " + record.sequence() + ": " + reason);
  }

  @Override
  public void close() {
    bytes.close();
    reader.close();
  }
}
