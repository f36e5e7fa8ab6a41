package io.millrace.state.snapshot;

import io.millrace.state.journal.JournalInspection;
import io.millrace.state.journal.JournalRecord;
import io.millrace.state.journal.Journals;
import io.millrace.state.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The state as it is after a commit, read without opening it: nothing is written, no lock is taken.
 * A running query may drop a file that is about to be read; that looks like damage.
 *
 * @param epoch that was committed, at least 0
 * @param stateSequence what the commit says
 */
public record CommittedState(
    Path checkpoint,
    Storage storage,
    List<OperatorState> operators,
    long epoch,
    long stateSequence) {

  /**
   * @throws io.millrace.types.MillraceException {@code CHECKPOINT} if there is no state, or its
   *     schema is damaged
   */
  public static CommittedState of(
      Path checkpoint, Storage storage, long epoch, long stateSequence) {
    StateFiles files = new StateFiles(checkpoint);
    if (stateSequence < 0 || !storage.exists(files.schema())) {
      throw files.refusal(files.checkpoint() + ": it holds no committed state");
    }
    if (!Journals.exists(storage, files.journal())) {
      throw files.damaged(files.journal(), "it is missing");
    }
    return new CommittedState(
        checkpoint, storage, SchemaFile.read(files, storage), epoch, stateSequence);
  }

  /**
   * Shows all rows of a snapshot, and all later changes, in order.
   *
   * @throws io.millrace.types.MillraceException {@code CHECKPOINT} if anything that is needed is
   *     missing or damaged; rows may have been shown then
   */
  public void replay(BufferAllocator allocator, StateVisitor visitor) {
    StateFiles files = new StateFiles(checkpoint);
    long firstSequence = Journals.firstSequence(storage, files.journal());
    StartingPoint start =
        StartingPoint.find(files, storage, operators, firstSequence, epoch, stateSequence);
    start
        .snapshot()
        .ifPresent(
            snapshot ->
                SnapshotFileReader.read(files, snapshot.path(), storage, allocator, visitor));
    try (DeltaRecords deltas = new DeltaRecords(files, allocator, operators, epoch)) {
      Reached reached = new Reached(start.sequence());
      JournalInspection found =
          JournalInspection.of(
              storage,
              files.journal(),
              record -> {
                if (reached.isNext(record) && record.sequence() < stateSequence) {
                  deltas.visit(record, visitor);
                  reached.sequence++;
                }
              });
      if (reached.sequence < stateSequence) {
        throw files.damaged(
            files.journal(),
            "record "
                + reached.sequence
                + " is not readable"
                + (found.isDamaged() ? "" : ", or it was dropped meanwhile"));
      }
    }
  }

  private static final class Reached {
    private long sequence;

    Reached(long sequence) {
      this.sequence = sequence;
    }

    boolean isNext(JournalRecord record) {
      return record.sequence() == sequence;
    }
  }
}
