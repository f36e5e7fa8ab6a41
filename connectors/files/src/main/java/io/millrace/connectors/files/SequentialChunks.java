package io.millrace.connectors.files;

import io.millrace.spi.Chunk;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import io.millrace.vector.text.Newlines;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A file that can be read only from its start to its end, as chunks of whole lines. Bytes behind a
 * chunk's last newline wait here for the next chunk; the file's end ends a line. A line that does
 * not fit makes its chunk grow, up to a limit; of a longer one only the beginning is handed out,
 * marked as truncated.
 */
final class SequentialChunks implements FileChunks {
  private final String origin;
  private final InputBytes input;
  private final int chunkBytes;
  private final int longestBytes;
  private final ByteBlock rest;
  private int restFrom;

  /** Position in the file of the first byte that was not handed out. */
  private long offset;

  /**
   * @param input closed with this
   * @param chunkBytes how much is read at a time
   * @param maxLineBytes length of the longest line, without its end, that is handed out whole
   */
  SequentialChunks(
      String origin,
      InputBytes input,
      BufferAllocator allocator,
      int chunkBytes,
      int maxLineBytes) {
    this.origin = origin;
    this.input = input;
    this.longestBytes = maxLineBytes + 1;
    this.chunkBytes = Math.min(chunkBytes, longestBytes);
    this.rest = new ByteBlock(allocator, this.chunkBytes);
  }

  @Override
  public boolean next(Chunk chunk) {
    FileChunks.keepSmall(chunk.bytes(), chunkBytes);
    ByteBlock bytes = chunk.bytes();
    chunk.from(origin, offset);
    takeRest(bytes);
    int searched = 0;
    while (true) {
      int wanted = wanted(bytes.length());
      int read = readInto(bytes, wanted);
      if (read < wanted) {
        offset += bytes.length();
        return bytes.length() > 0;
      }
      int end = Newlines.last(bytes.address(), searched, bytes.length()) + 1;
      if (end > searched) {
        keepRest(bytes, end);
        offset += end;
        return true;
      }
      searched = bytes.length();
      if (searched == longestBytes) {
        chunk.truncate();
        offset += searched + skipLine();
        return true;
      }
    }
  }

  /** How much to read behind bytes that end no line: the rest of a chunk, or one more. */
  private int wanted(int length) {
    int more = length < chunkBytes ? chunkBytes - length : chunkBytes;
    return Math.min(more, longestBytes - length);
  }

  private int readInto(ByteBlock bytes, int wanted) {
    int length = bytes.length();
    bytes.reserve((long) length + wanted);
    int read = wanted == 0 ? 0 : input.read(bytes.window(length, wanted));
    bytes.length(length + read);
    return read;
  }

  private void keepRest(ByteBlock bytes, int from) {
    int size = bytes.length() - from;
    rest.length(0);
    rest.reserve(size);
    Memory.copy(bytes.address() + from, rest.address(), size);
    rest.length(size);
    restFrom = 0;
    bytes.length(from);
  }

  private void takeRest(ByteBlock bytes) {
    int size = rest.length() - restFrom;
    bytes.reserve(size);
    Memory.copy(rest.address() + restFrom, bytes.address(), size);
    bytes.length(size);
    dropRest();
  }

  private void dropRest() {
    rest.length(0);
    restFrom = 0;
  }

  /** Passes over bytes up to and with the next newline; what was read behind it is the rest. */
  private long skipLine() {
    long skipped = 0;
    while (true) {
      dropRest();
      int read = readInto(rest, chunkBytes);
      int newline = Newlines.first(rest.address(), 0, read);
      if (newline < read) {
        restFrom = newline + 1;
        return skipped + restFrom;
      }
      skipped += read;
      if (read < chunkBytes) {
        dropRest();
        return skipped;
      }
    }
  }

  @Override
  public void close() {
    try (rest;
        input) {
      dropRest();
    }
  }
}
