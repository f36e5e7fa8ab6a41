package io.millrace.state.offsets;

import io.millrace.state.journal.JournalRecord;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** How far a query has come: every epoch is planned, then committed, then the next one follows. */
final class EpochHistory {
  private long nextEpoch;
  private Plan open;
  private int planChecksum;
  private Commit lastCommit;

  /** What speaks against planning an epoch now, or null. */
  String refusal(Plan plan) {
    if (open != null) {
      return "epoch " + plan.epoch() + " is planned before epoch " + open.epoch() + " is committed";
    }
    return plan.epoch() == nextEpoch
        ? null
        : "epoch " + plan.epoch() + " is planned in the place of epoch " + nextEpoch;
  }

  /** What speaks against committing an epoch now, or null. */
  String refusal(Commit commit) {
    if (open == null || commit.epoch() != open.epoch()) {
      return "epoch " + commit.epoch() + " is committed but is not the one that runs";
    }
    return commit.planChecksum() == planChecksum
        ? null
        : "epoch " + commit.epoch() + " is committed under another plan than its own";
  }

  void planned(Plan plan, int checksum) {
    open = plan;
    planChecksum = checksum;
    nextEpoch = plan.epoch() + 1;
  }

  void committed(Commit commit) {
    open = null;
    lastCommit = commit;
  }

  /** Takes what an earlier run wrote. */
  void recover(Path journal, JournalRecord record) {
    String refusal;
    try {
      switch (record.type()) {
        case EpochFormat.PLAN -> {
          Plan plan = EpochFormat.plan(record.payload());
          refusal = refusal(plan);
          planned(plan, record.checksum());
        }
        case EpochFormat.COMMIT -> {
          Commit commit = EpochFormat.commit(record.payload());
          refusal = refusal(commit);
          committed(commit);
        }
        default -> refusal = "its type " + record.type() + " is unknown";
      }
    } catch (IOException e) {
      refusal = e.getMessage();
    }
    if (refusal != null) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT,
          journal
              + ": damaged at record "
              + record.sequence()
              + ": "
              + refusal
              + "; restore the checkpoint from a backup, or use a new one");
    }
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
