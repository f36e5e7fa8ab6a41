package io.millrace.state.snapshot;

import io.millrace.state.storage.Storage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From where the state is built up again: the newest snapshot that is right and whose later deltas
 * are all there, or nothing and all deltas.
 *
 * @param snapshot empty for nothing
 * @param sequence of the first delta that comes behind it
 * @param fallbacks newer snapshots that had to be passed over
 */
record StartingPoint(Optional<StateFiles.Snapshot> snapshot, long sequence, int fallbacks) {
  private static final Logger LOG = LoggerFactory.getLogger(StartingPoint.class);

  /**
   * @param firstSequence of the journal
   * @param committedEpoch at least 0
   * @param stateSequence of that commit
   * @throws MillraceException {@code CHECKPOINT} if there is no way to the committed state
   */
  static StartingPoint find(
      StateFiles files,
      Storage storage,
      List<OperatorState> operators,
      long firstSequence,
      long committedEpoch,
      long stateSequence) {
    List<String> reasons = new ArrayList<>();
    for (StateFiles.Snapshot snapshot : files.snapshots(storage)) {
      if (snapshot.epoch() > committedEpoch) {
        continue; // of epochs that are not committed any more
      }
      try {
        SnapshotHeader header = SnapshotFileReader.prove(files, snapshot.path(), storage);
        String mismatch = mismatch(header, snapshot, operators, firstSequence, stateSequence);
        if (mismatch == null) {
          return new StartingPoint(Optional.of(snapshot), header.stateSequence(), reasons.size());
        }
        reasons.add(snapshot.path() + ": " + mismatch);
      } catch (MillraceException e) {
        if (e.code() != ErrorCode.CHECKPOINT) {
          throw e;
        }
        reasons.add(e.getMessage());
      }
      LOG.warn("a snapshot cannot be used, an older one is: {}", reasons.getLast());
    }
    if (firstSequence > 0) {
      throw files.refusal(
          files.journal()
              + " begins with record "
              + firstSequence
              + ", and no snapshot holds what was before it: "
              + (reasons.isEmpty() ? missing(files) : String.join("; ", reasons)));
    }
    return new StartingPoint(Optional.empty(), 0, reasons.size());
  }

  private static String missing(StateFiles files) {
    Path directory = files.directory();
    return directory + " has none";
  }

  private static String mismatch(
      SnapshotHeader header,
      StateFiles.Snapshot snapshot,
      List<OperatorState> operators,
      long firstSequence,
      long stateSequence) {
    if (header.epoch() != snapshot.epoch()) {
      return "it is of epoch " + header.epoch();
    }
    if (!header.operators().equals(operators)) {
      return "it is of other operators";
    }
    if (header.stateSequence() > stateSequence) {
      return "it holds record " + (header.stateSequence() - 1) + ", which is not committed";
    }
    return header.stateSequence() < firstSequence
        ? "the records from " + header.stateSequence() + " to " + (firstSequence - 1) + " are gone"
        : null;
  }
}
