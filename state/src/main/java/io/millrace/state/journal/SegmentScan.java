package io.millrace.state.journal;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** One pass over a segment's bytes: how far its frames are right, and what stands behind. */
final class SegmentScan {
  private final SegmentBytes segment;
  private final ByteBuffer bytes;
  private long nextSequence;
  private OptionalInt previous;
  private int validBytes;
  private long forcedThrough = -1;
  private String problem;
  private int readableFrames;

  /**
   * @param previous the header checksum of the frame before the segment; empty if that one is gone
   */
  SegmentScan(long firstSequence, SegmentBytes segment, OptionalInt previous) {
    this.segment = segment;
    this.bytes = segment.frames();
    this.nextSequence = firstSequence;
    this.previous = previous;
  }

  /**
   * Shows the records from one sequence to another, both inclusive, and stops at the first problem.
   */
  SegmentScan run(long fromSequence, long throughSequence, JournalVisitor visitor) {
    while (validBytes < bytes.limit() && nextSequence <= throughSequence) {
      refuseNewerVersion();
      problem = Frame.problem(bytes, validBytes, nextSequence, previous);
      if (problem != null) {
        lookBehindProblem();
        return this;
      }
      if (nextSequence >= fromSequence) {
        visitor.record(Frame.record(bytes, validBytes));
      }
      forcedThrough = Math.max(forcedThrough, Frame.forcedThrough(bytes, validBytes));
      previous = OptionalInt.of(Frame.headerChecksum(bytes, validBytes));
      validBytes += Frame.sizeBytes(bytes, validBytes);
      nextSequence++;
    }
    return this;
  }

  private void refuseNewerVersion() {
    if (Frame.isHeader(bytes, validBytes) && Frame.version(bytes, validBytes) != Frame.VERSION) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT,
          segment.file()
              + ": written in journal format "
              + Frame.version(bytes, validBytes)
              + ", this version of Millrace reads format "
              + Frame.VERSION
              + "; use the version that wrote it");
    }
  }

  /** A readable frame behind an unreadable one still tells how far everything was once safe. */
  private void lookBehindProblem() {
    for (int at = validBytes; at <= bytes.limit() - Frame.HEADER_BYTES; at++) {
      if (Frame.isHeader(bytes, at)) {
        forcedThrough = Math.max(forcedThrough, Frame.forcedThrough(bytes, at));
        if (Frame.isWhole(bytes, at)) {
          readableFrames++;
        }
      }
    }
  }

  /** What is wrong at {@link #validBytes}; null if all frames that were asked for are right. */
  String problem() {
    return problem;
  }

  /** The bytes of the frames that are right, which is where the next one belongs. */
  int validBytes() {
    return validBytes;
  }

  /** Where in the file the first byte stands that is not right. */
  long position() {
    return segment.position(validBytes);
  }

  int sizeBytes() {
    return bytes.limit();
  }

  /** The sequence behind the last frame that is right. */
  long nextSequence() {
    return nextSequence;
  }

  /** The highest that any readable frame says; -1 if none does. */
  long forcedThrough() {
    return forcedThrough;
  }

  /** The header checksum of the last frame that is right. */
  OptionalInt previous() {
    return previous;
  }

  /** Whole frames at or behind the problem. */
  int readableFrames() {
    return readableFrames;
  }

  /** Refuses the segment, for a problem that no crash explains. */
  MillraceException damage(String why) {
    return new MillraceException(
        ErrorCode.CHECKPOINT,
        segment.file()
            + ": damaged at byte "
            + position()
            + " (record "
            + nextSequence
            + "): "
            + (problem == null ? "the file ends early" : problem)
            + "; "
            + why
            + ", so this is no unfinished write; "
            + JournalRecovery.WAY_OUT);
  }
}
