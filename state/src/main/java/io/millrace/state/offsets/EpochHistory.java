package io.millrace.state.offsets;

import io.millrace.state.journal.JournalRecord;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How far a query has come: every epoch is planned, then committed, then the next one follows. A
 * journal whose oldest records were dropped may begin anywhere in that.
 */
final class EpochHistory {
  private static final long UNKNOWN = -1;

  private final boolean shortened;
  private long nextEpoch;
  private Plan open;
  private int planChecksum;
  private Commit lastCommit;

  /**
   * @param shortened whether the journal's oldest records were dropped
   */
  EpochHistory(boolean shortened) {
    this.shortened = shortened;
    nextEpoch = shortened ? UNKNOWN : 0;
  }

  /** What speaks against planning an epoch now, or null. */
  String refusal(Plan plan) {
    if (open != null) {
      return "epoch " + plan.epoch() + " is planned before epoch " + open.epoch() + " is committed";
    }
    return plan.epoch() == nextEpoch || nextEpoch == UNKNOWN
        ? null
        : "epoch " + plan.epoch() + " is planned in the place of epoch " + nextEpoch;
  }

  /** What speaks against committing an epoch now, or null. */
  String refusal(Commit commit) {
    if (nextEpoch == UNKNOWN) {
      return null;
    }
    if (open == null || commit.epoch() != open.epoch()) {
      return "epoch " + commit.epoch() + " is committed but is not the one that runs";
    }
    return commit.planChecksum() == planChecksum
        ? null
        : "epoch " + commit.epoch() + " is committed under another plan than its own";
  }

  /** What speaks against a memory after an epoch now, or null. */
  String refusal(Memory memory) {
    boolean between = open == null && memory.epoch() >= 0 && memory.epoch() == nextEpoch - 1;
    return between || nextEpoch == UNKNOWN
        ? null
        : "epoch "
            + memory.epoch()
            + " has a memory behind it but is not the one that was committed";
  }

  void planned(Plan plan, int checksum) {
    open = plan;
    planChecksum = checksum;
    nextEpoch = plan.epoch() + 1;
  }

  void committed(Commit commit) {
    open = null;
    lastCommit = commit;
    planChecksum = commit.planChecksum();
    nextEpoch = commit.epoch() + 1;
  }

  /**
   * Takes what an earlier run wrote.
   *
   * @param memory the pieces so far; the cleaner adds to them
   */
  void recover(Path journal, JournalRecord record, MemoryPieces memory, JournalCleaner cleaner) {
    int bytes = record.payload().remaining();
    String refusal;
    try {
      switch (record.type()) {
        case EpochFormat.PLAN -> {
          Plan plan = EpochFormat.plan(record.payload());
          refusal = refusal(plan);
          planned(plan, record.checksum());
          cleaner.notedPlan(record.sequence(), bytes);
        }
        case EpochFormat.COMMIT -> {
          Commit commit = EpochFormat.commit(record.payload());
          refusal = refusal(commit);
          committed(commit);
          cleaner.notedCommit(record.sequence(), bytes);
        }
        case EpochFormat.MEMORY -> {
          Memory piece = EpochFormat.memory(record.payload());
          refusal = refusal(piece);
          if (refusal == null) {
            refusal = memory.refusal(record.sequence(), piece, shortened);
          }
          nextEpoch = piece.epoch() + 1;
          cleaner.noted(record.sequence(), piece, bytes);
        }
        default -> refusal = "its type " + record.type() + " is unknown";
      }
    } catch (IOException e) {
      refusal = e.getMessage();
    }
    if (refusal != null) {
      throw damaged(journal, record.sequence(), refusal);
    }
  }

  /** Refuses a journal that begins behind what its memory stands for. */
  void requireWhole(Path journal, long firstSequence, MemoryPieces memory) {
    if (memory.wholeBefore() < firstSequence) {
      throw damaged(
          journal, firstSequence, "the records before it are missing and nothing stands for them");
    }
  }

  private static MillraceException damaged(Path journal, long sequence, String reason) {
    return new MillraceException(
        ErrorCode.CHECKPOINT,
        journal
            + ": damaged at record "
            + sequence
            + ": "
            + reason
            + "; restore the checkpoint from a backup, or use a new one");
  }

  long nextEpoch() {
    return nextEpoch;
  }

  Optional<Plan> open() {
    return Optional.ofNullable(open);
  }

  int planChecksum() {
    return planChecksum;
  }

  Optional<Commit> lastCommit() {
    return Optional.ofNullable(lastCommit);
  }
}
