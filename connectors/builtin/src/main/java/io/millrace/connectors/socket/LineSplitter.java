package io.millrace.connectors.socket;

import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.text.Newlines;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import org.apache.arrow.memory.BufferAllocator;

/** Takes the bytes of one connection and finds its lines, which end as they like in them. */
final class LineSplitter implements AutoCloseable {
  private static final int READ_BYTES = 64 << 10;

  private final ByteBlock bytes;
  private final LineWriter lines;
  private final int maxLineBytes;

  /** Offset in the connection of the bytes' first one. */
  private long origin;

  /** Where the line at hand begins. */
  private int start;

  /** Up to where it has no newline. */
  private int searched;

  /** Whether the line at hand was rejected, so that the rest of it is passed over. */
  private boolean passing;

  LineSplitter(BufferAllocator allocator, LineWriter lines, int maxLineBytes) {
    this.bytes = new ByteBlock(allocator, 2 * READ_BYTES);
    this.lines = lines;
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * Reads what is there, at least one byte.
   *
   * @return how many bytes; -1 at the end of the connection
   */
  int read(ReadableByteChannel channel) throws IOException {
    moveToFront();
    bytes.reserve((long) bytes.length() + READ_BYTES);
    int filled = bytes.length();
    int count = channel.read(bytes.window(filled, bytes.capacity() - filled));
    bytes.length(filled + Math.max(0, count));
    return count;
  }

  private void moveToFront() {
    if (start > 0) {
      int rest = bytes.length() - start;
      bytes.window(start, rest).compact();
      bytes.length(rest);
      origin += start;
      searched -= start;
      start = 0;
    }
  }

  /**
   * Writes the lines that are complete. Waits for room.
   *
   * @return false if the query has ended
   */
  boolean split(long arrivedUs) {
    int end = Newlines.first(bytes.address(), searched, bytes.length());
    while (end < bytes.length()) {
      if (!line(end, arrivedUs)) {
        return false;
      }
      start = end + 1;
      end = Newlines.first(bytes.address(), start, bytes.length());
    }
    searched = end;
    int length = end - start;
    if (passing) {
      start = end;
    } else if (length > maxLineBytes + 1) { // one more: it may be a carriage return
      passing = true;
      boolean open = lines.reject(origin + start, bytes.address() + start, length);
      start = end;
      return open;
    }
    return true;
  }

  /** The line at hand ends there. */
  private boolean line(int end, long arrivedUs) {
    if (passing) {
      passing = false;
      return true;
    }
    long address = bytes.address() + start;
    int length = LineWriter.textLength(address, end - start);
    return length > maxLineBytes
        ? lines.reject(origin + start, address, length)
        : lines.write(address, length, arrivedUs);
  }

  /** Whether the connection has sent the beginning of a line. */
  boolean hasPartialLine() {
    return bytes.length() > start && !passing;
  }

  /**
   * The connection has ended as it should: what is there is the last line.
   *
   * @return false if the query has ended
   */
  boolean finish(long arrivedUs) {
    return !hasPartialLine() || line(bytes.length(), arrivedUs);
  }

  @Override
  public void close() {
    bytes.close();
  }
}
