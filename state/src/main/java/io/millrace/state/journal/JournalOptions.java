package io.millrace.state.journal;

import io.millrace.types.AnalysisException;

/**
 * @param segmentBytes a file that has grown to this size is followed by a new one; retention works
 *     in whole files, and one file is held in memory while it is checked
 */
public record JournalOptions(Durability durability, long segmentBytes) {
  private static final long DEFAULT_SEGMENT_BYTES = 4L << 20;
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

  public JournalOptions(Durability durability) {
    this(durability, DEFAULT_SEGMENT_BYTES);
  }
}
