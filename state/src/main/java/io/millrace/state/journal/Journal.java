package io.millrace.state.journal;

import java.nio.ByteBuffer;

/**
 * Records in the order in which they were appended, numbered from 0 without gaps. What comes back
 * from a replay is exactly what was appended, or the journal refuses to open.
 *
 * <p>One thread appends, replays and truncates; another may {@link #force} at the same time, and
 * another, or the same, {@link #dropBefore}. A failed append leaves the journal as it was and may
 * be repeated. After any other failed write every call fails, and the journal must be opened again.
 */
public interface Journal extends AutoCloseable {
  /** The largest payload. */
  int MAX_PAYLOAD_BYTES = 64 << 20;

  /**
   * Adds a record behind the last one. It is as safe as the durability says after the next {@link
   * #force}.
   *
   * @param type 0 to 127, for the reader to tell its records apart
   * @param payload the remaining bytes, at most {@link #MAX_PAYLOAD_BYTES}; its position stays
   * @return the record's sequence
   */
  long append(int type, long epoch, ByteBuffer payload);

  /** Makes every record appended before this call as safe as the durability says. */
  void force();

  /** Shows the records from this sequence to the end; starts at the first one if that is later. */
  void replay(long fromSequence, JournalVisitor visitor);

  /**
   * Shows the records from one sequence back to another, both inclusive, the newest first. On any
   * thread, also while another one appends, as long as nobody drops any of them.
   */
  void replayBackwards(long fromSequence, long downToSequence, JournalVisitor visitor);

  /**
   * Takes away every record behind this sequence; the next one appended follows it. What remains is
   * forced.
   *
   * @param sequence at least {@link #firstSequence} - 1, which takes everything away
   */
  void truncateAfter(long sequence);

  /**
   * Allows records before this sequence to go; how many do is the journal's choice. What else an
   * append has left for later is done here, too: with {@link Durability#PROCESS} a full segment is
   * forced not by the append that finds it full, but by the next call of this.
   */
  void dropBefore(long sequence);

  /** The sequence of the oldest record; equal to {@link #nextSequence} if there is none. */
  long firstSequence();

  /** The sequence that the next record will have. */
  long nextSequence();

  /** What was found when the journal was opened. */
  RecoveryReport recovery();

  /** Idempotent. Forces nothing. */
  @Override
  void close();
}
