package io.millrace.state.snapshot;

import io.millrace.state.journal.Journal;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.journal.Journals;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.DurableSteps;
import io.millrace.state.storage.Storage;
import java.nio.file.Path;
import java.util.List;

/**
 * The state of a checkpoint, found whole or begun: the journal ends where the last commit says.
 *
 * @param journal to be closed by whoever gets it
 */
record OpenedState(List<OperatorState> operators, Journal journal, StartingPoint start) {

  static OpenedState open(
      StateFiles files,
      Storage storage,
      JournalOptions options,
      CrashPoints points,
      List<OperatorState> operators,
      long committedEpoch,
      long stateSequence) {
    storage.createDirectories(files.directory());
    boolean begun = storage.exists(files.schema());
    if (begun) {
      SchemaFile.requireSame(files, SchemaFile.read(files, storage), operators);
      DurableSteps.forceDirectory(storage, points, files.directory());
    }
    if (committedEpoch >= 0) {
      requireThere(files, storage, begun, committedEpoch, stateSequence);
    }
    Journal journal = Journals.open(files.journal(), storage, options, points);
    try {
      if (!begun) {
        SchemaFile.write(files, storage, points, operators);
      }
      long sequence = Math.max(0, stateSequence);
      requireReaches(files, journal, committedEpoch, sequence);
      StartingPoint start =
          StartingPoint.find(
              files, storage, operators, journal.firstSequence(), committedEpoch, sequence);
      deleteUncommitted(files, storage, points, committedEpoch);
      journal.truncateAfter(sequence - 1);
      return new OpenedState(operators, journal, start);
    } catch (RuntimeException | Error e) {
      journal.close();
      throw e;
    }
  }

  /** Before the first commit anything may be missing; behind it nothing. */
  private static void requireThere(
      StateFiles files, Storage storage, boolean begun, long committedEpoch, long stateSequence) {
    if (stateSequence < 0) {
      throw files.refusal(
          files.checkpoint()
              + ": the commit of epoch "
              + committedEpoch
              + " says nothing of a state, and this query has one");
    }
    if (!begun) {
      throw files.damaged(files.schema(), "it is missing");
    }
    if (!Journals.exists(storage, files.journal())) {
      throw files.damaged(files.journal(), "it is missing");
    }
  }

  private static void requireReaches(
      StateFiles files, Journal journal, long committedEpoch, long sequence) {
    if (sequence < journal.firstSequence() || sequence > journal.nextSequence()) {
      throw files.damaged(
          files.journal(),
          "it holds records "
              + journal.firstSequence()
              + " to "
              + (journal.nextSequence() - 1)
              + ", the last commit, of epoch "
              + committedEpoch
              + ", says that they end before "
              + sequence);
    }
  }

  /** What was begun and never finished, and snapshots of epochs that are not committed any more. */
  private static void deleteUncommitted(
      StateFiles files, Storage storage, CrashPoints points, long committedEpoch) {
    for (Path unfinished : files.unfinished(storage)) {
      DurableSteps.delete(storage, points, unfinished);
    }
    for (StateFiles.Snapshot snapshot : files.snapshots(storage)) {
      if (snapshot.epoch() > committedEpoch) {
        DurableSteps.delete(storage, points, snapshot.path());
        DurableSteps.forceDirectory(storage, points, files.directory());
      }
    }
  }
}
