package io.millrace.state.journal;

import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.DurableSteps;
import io.millrace.state.storage.Storage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies every frame of a journal that exists, and cuts its unfinished end.
 *
 * <p>A bad frame before the last segment, or at or before the highest {@code forcedThrough}, is
 * damage.
 *
 * <p>With {@link Durability#DISK} a last segment that is not known to be forced is copied to a new
 * file even if it is whole: its bytes may stand in memory only, after a force that failed, and a
 * second force of the same file would not tell.
 *
 * @param forcedThrough every record up to this sequence survives a power cut
 * @param previous the header checksum of the last frame; empty if that one is gone
 * @param last the last segment, a plain file from now on
 * @param bytes what counts of it
 */
record JournalRecovery(
    RecoveryReport report,
    long forcedThrough,
    OptionalInt previous,
    Segment last,
    SegmentBytes bytes) {
  private static final Logger LOG = LoggerFactory.getLogger(JournalRecovery.class);
  private static final JournalVisitor NOBODY = record -> {};

  static final String WAY_OUT =
      "`millrace checkpoint verify` on the checkpoint's directory lists what is readable; restore"
          + " the directory from a backup, or start with a new one";

  /**
   * @param segments at least one, in order
   */
  static JournalRecovery run(
      Storage storage,
      CrashPoints points,
      Path directory,
      Durability durability,
      List<Segment> segments) {
    Segment first = segments.getFirst();
    OptionalInt previous = first.firstSequence() == 0 ? OptionalInt.of(0) : OptionalInt.empty();
    long expected = first.firstSequence();
    for (Segment segment : segments) {
      if (segment.firstSequence() != expected) {
        throw missing(directory, expected, segment);
      }
      SegmentBytes bytes = segment.read(storage);
      SegmentScan scan =
          new SegmentScan(segment.firstSequence(), bytes, previous).run(0, Long.MAX_VALUE, NOBODY);
      expected = scan.nextSequence();
      previous = scan.previous();
      if (segment.equals(segments.getLast())) {
        return finish(
            storage, points, durability, first.firstSequence(), segment, bytes, scan, directory);
      }
      if (scan.damage(false) != null) {
        throw scan.damage(scan.damage(false));
      }
    }
    throw new AssertionError("the last segment ends the loop");
  }

  private static JournalRecovery finish(
      Storage storage,
      CrashPoints points,
      Durability durability,
      long firstSequence,
      Segment last,
      SegmentBytes bytes,
      SegmentScan scan,
      Path directory) {
    if (scan.damage(true) != null) {
      throw scan.damage(scan.damage(true));
    }
    long forcedThrough = Math.max(scan.forcedThrough(), last.firstSequence() - 1);
    boolean unproven = durability == Durability.DISK && forcedThrough < scan.nextSequence() - 1;
    Segment kept = last;
    if (scan.problem() != null || unproven || last.isQueue()) {
      kept = last.rewrite(storage, points, bytes.frames(), scan.validBytes());
      forcedThrough = scan.nextSequence() - 1;
    } else if (durability == Durability.DISK) {
      DurableSteps.forceDirectory(storage, points, directory);
    }
    Optional<RecoveryReport.Cut> cut =
        Optional.ofNullable(scan.problem()).map(_ -> cut(bytes, scan));
    return new JournalRecovery(
        new RecoveryReport(directory, firstSequence, scan.nextSequence(), cut),
        forcedThrough,
        scan.previous(),
        kept,
        SegmentBytes.plain(kept.path(), bytes.frames().slice(0, scan.validBytes())));
  }

  private static RecoveryReport.Cut cut(SegmentBytes last, SegmentScan scan) {
    int sizeBytes = scan.sizeBytes() - scan.validBytes();
    LOG.warn(
        "{}: cut {} unfinished bytes at byte {} ({}); {} whole records were among them",
        last.file(),
        sizeBytes,
        scan.position(),
        scan.problem(),
        scan.readableFrames());
    return new RecoveryReport.Cut(
        last.file(), scan.position(), sizeBytes, scan.readableFrames(), scan.problem());
  }

  private static MillraceException missing(Path directory, long expected, Segment found) {
    return new MillraceException(
        ErrorCode.CHECKPOINT,
        directory + ": damaged: " + missing(expected, found) + "; " + WAY_OUT);
  }

  static String missing(long expected, Segment found) {
    return "record "
        + expected
        + " should come next, but the next file is "
        + found.path().getFileName();
  }
}
