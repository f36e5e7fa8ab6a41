package io.millrace.state.journal;

import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.DurableSteps;
import io.millrace.state.storage.Storage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies every frame of a journal that exists, and cuts its unfinished end.
 *
 * <p>A frame that is bad or missing at or before the highest {@code forcedThrough} that any
 * readable one says, also in a later segment, is damage.
 *
 * <p>A segment that is not known to be forced and will not be appended to, or is so with {@link
 * Durability#DISK}, is copied to a new file even if it is whole: its bytes may stand in memory
 * only, after a force that failed, and a second force of the same file would not tell.
 *
 * @param forcedThrough every record up to this sequence survives a power cut
 * @param previous the header checksum of the last frame; empty if that one is gone
 * @param segments those that are left, the last one a plain file from now on
 * @param bytes what counts of the last one
 */
record JournalRecovery(
    RecoveryReport report,
    long forcedThrough,
    OptionalInt previous,
    List<Segment> segments,
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
    long forcedThrough = -1;
    int reached = 0;
    SegmentBytes bytes = null;
    SegmentScan scan = null;
    while (reached < segments.size()
        && segments.get(reached).firstSequence() == expected
        && (scan == null || scan.problem() == null)) {
      bytes = segments.get(reached++).read(storage);
      scan = new SegmentScan(expected, bytes, previous).run(0, Long.MAX_VALUE, NOBODY);
      expected = scan.nextSequence();
      previous = scan.previous();
      forcedThrough = Math.max(forcedThrough, scan.forcedThrough());
    }
    Unreached behind = Unreached.of(storage, segments.subList(reached, segments.size()));
    if (behind.damage(scan) != null) {
      throw scan.problem() == null
          ? missing(directory, expected, segments.get(reached))
          : scan.damage(behind.damage(scan));
    }
    Optional<RecoveryReport.Cut> cut = cut(bytes, scan, behind);
    for (Segment segment : behind.segments().reversed()) {
      segment.delete(storage, points);
    }
    List<Segment> kept = new ArrayList<>(segments.subList(0, reached));
    for (int i = 0; i + 1 < reached; i++) {
      if (kept.get(i + 1).firstSequence() - 1 > forcedThrough) {
        kept.set(i, copy(storage, points, kept.get(i)));
      }
    }
    forcedThrough = Math.max(forcedThrough, kept.getLast().firstSequence() - 1);
    boolean unproven = durability == Durability.DISK && forcedThrough < scan.nextSequence() - 1;
    if (scan.problem() != null || unproven || kept.getLast().isQueue()) {
      Segment copy = kept.getLast().rewrite(storage, points, bytes.frames(), scan.validBytes());
      kept.set(reached - 1, copy);
      forcedThrough = scan.nextSequence() - 1;
    } else if (durability == Durability.DISK) {
      DurableSteps.forceDirectory(storage, points, directory);
    }
    return new JournalRecovery(
        new RecoveryReport(directory, first.firstSequence(), scan.nextSequence(), cut),
        forcedThrough,
        scan.previous(),
        kept,
        SegmentBytes.plain(kept.getLast().path(), bytes.frames().slice(0, scan.validBytes())));
  }

  private static Segment copy(Storage storage, CrashPoints points, Segment segment) {
    ByteBuffer frames = segment.read(storage).frames();
    return segment.rewrite(storage, points, frames, frames.limit());
  }

  private static Optional<RecoveryReport.Cut> cut(
      SegmentBytes last, SegmentScan scan, Unreached behind) {
    if (scan.problem() == null && behind.segments().isEmpty()) {
      return Optional.empty();
    }
    String reason =
        scan.problem() != null
            ? scan.problem()
            : missing(scan.nextSequence(), behind.segments().getFirst());
    int sizeBytes = scan.sizeBytes() - scan.validBytes() + behind.sizeBytes();
    int readableFrames = scan.readableFrames() + behind.readableFrames();
    LOG.warn(
        "{}: cut {} unfinished bytes at byte {} ({}); {} whole records were among them",
        last.file(),
        sizeBytes,
        scan.position(),
        reason,
        readableFrames);
    return Optional.of(
        new RecoveryReport.Cut(last.file(), scan.position(), sizeBytes, readableFrames, reason));
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
