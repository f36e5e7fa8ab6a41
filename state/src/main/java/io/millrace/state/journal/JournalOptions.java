package io.millrace.state.journal;

import io.millrace.types.AnalysisException;

/**
 * How a journal is written; any of it may change from one start to the next.
 *
 * @param segmentBytes a segment that has grown to this size is followed by a new one; retention
 *     works in whole segments, and one segment is held in memory while it is checked
 */
public record JournalOptions(JournalKind kind, Durability durability, long segmentBytes) {
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
  }

  public JournalOptions(JournalKind kind, Durability durability) {
    this(kind, durability, DEFAULT_SEGMENT_BYTES);
  }
}
