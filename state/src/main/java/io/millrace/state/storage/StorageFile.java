package io.millrace.state.storage;

import java.nio.ByteBuffer;

/**
 * An open file. Positions are bytes from its start. Writes survive the end of the process at once,
 * a power cut only after {@link #force}. Every failure is a {@link
 * io.millrace.types.MillraceException} that names the path.
 *
 * <p>Safe for use by several threads. An interrupt that is pending when a method is called waits
 * until it has returned; one that arrives during the call may fail it and every later one.
 */
public interface StorageFile extends AutoCloseable {
  /**
   * Reads into the buffer's remaining space.
   *
   * @return the bytes read, fewer than remain only when the file ends; 0 at the end
   */
  int read(ByteBuffer into, long position);

  /**
   * Writes all the buffer's remaining bytes; after a failure any part of them may be there.
   *
   * @throws StorageFullException if there is no room; the same write may be tried again
   */
  void write(ByteBuffer from, long position);

  /**
   * Makes every earlier write safe against a power cut. After a failure nobody knows which writes
   * are safe, and a second call that succeeds proves nothing: give the file up.
   */
  void force();

  /**
   * Makes room on the disk for these bytes of the file, which grows to hold them: a later write to
   * them cannot fail because the disk is full. Bytes that were not there before are zero.
   */
  void allocate(long position, long sizeBytes);

  /** Cuts the file to at most this many bytes. */
  void truncate(long sizeBytes);

  long size();

  /** Idempotent. Forces nothing. */
  @Override
  void close();
}
