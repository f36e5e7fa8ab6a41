package io.millrace.state.journal;

import java.nio.ByteBuffer;

/** The segment at the end of a journal, to which frames are added. */
interface SegmentWriter extends AutoCloseable {
  /**
   * Adds bytes; after {@link io.millrace.state.storage.StorageFullException} nothing was added that
   * counts, and the call may be repeated.
   *
   * @param position how many bytes were added before; whatever stands there is replaced
   * @param header first bytes
   * @param payload the bytes behind them
   */
  void write(long position, ByteBuffer header, ByteBuffer payload);

  /** Makes all that was written safe against a power cut. */
  void force();

  /**
   * Ends the segment: cuts off what does not count, and gives back room that was kept for more.
   *
   * @param position how many bytes count
   */
  void seal(long position);

  /** Idempotent. Forces nothing. */
  @Override
  void close();
}
