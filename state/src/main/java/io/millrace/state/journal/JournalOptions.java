package io.millrace.state.journal;

import io.millrace.types.AnalysisException;

/**
 * How a journal is written; any of it may change from one start to the next.
 *
 * @param segmentBytes a segment that has grown to this size is followed by a new one; retention
 *     works in whole segments, and one segment is held in memory while it is checked
 * @param mostSegmentBytes each segment that is full is followed by one of twice its size up to this
 *     one, since the change from one to the next takes milliseconds
 */
public record JournalOptions(
    JournalKind kind, Durability durability, long segmentBytes, long mostSegmentBytes) {
  /** Small, so that what is no longer needed goes early. */
  public static final long DEFAULT_SEGMENT_BYTES = 1 << 20;

  private static final long MAX_SEGMENT_BYTES = 1L << 30;

  public JournalOptions {
    if (segmentBytes < Frame.HEADER_BYTES || segmentBytes > MAX_SEGMENT_BYTES) {
      throw new AnalysisException(
          "journal segment size "
              + segmentBytes
              + " is out of range; use "
              + Frame.HEADER_BYTES
              + " to "
              + MAX_SEGMENT_BYTES
              + " bytes");
    }
    if (mostSegmentBytes < segmentBytes || mostSegmentBytes > MAX_SEGMENT_BYTES) {
      throw new AnalysisException(
          "journal segments of "
              + segmentBytes
              + " bytes cannot grow to "
              + mostSegmentBytes
              + "; use at most "
              + MAX_SEGMENT_BYTES);
    }
  }

  /** Whose segments do not grow. */
  public JournalOptions(JournalKind kind, Durability durability, long segmentBytes) {
    this(kind, durability, segmentBytes, segmentBytes);
  }

  public JournalOptions(JournalKind kind, Durability durability) {
    this(kind, durability, DEFAULT_SEGMENT_BYTES);
  }

  /** The same, where segments grow up to that many times the size of the first one. */
  public JournalOptions growing(int times) {
    long most = Math.min(times * segmentBytes, MAX_SEGMENT_BYTES);
    return new JournalOptions(kind, durability, segmentBytes, most);
  }

  /** The same, in files of another kind. */
  public JournalOptions of(JournalKind other) {
    return new JournalOptions(other, durability, segmentBytes, mostSegmentBytes);
  }
}
