package io.millrace.connectors.files;

import io.millrace.spi.Chunk;
import io.millrace.spi.RangeReader;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Reads files one after the other into chunks of whole lines, each chunk of one file. Bytes behind
 * a chunk's last newline wait here for the next chunk; a file's end ends a line. A line that does
 * not fit makes its chunk grow, up to a limit; of a longer one only the beginning is handed out,
 * marked as truncated.
 */
final class FileRangeReader implements RangeReader {
  private static final byte NEWLINE = '\n';

  /** A chunk that grew by more than this factor gives its memory back when it comes again. */
  private static final int KEPT_GROWTH = 4;

  private final InputFiles files;
  private final List<PlannedFile> planned;
  private final int chunkBytes;
  private final int longestBytes;
  private final ByteBlock rest;
  private int restFrom;
  private int nextFile;
  private InputBytes input;
  private String origin;

  /** Position in the file of the first byte that was not handed out. */
  private long offset;

  /**
   * @param chunkBytes how much is read at a time
   * @param maxLineBytes length of the longest line, without its end, that is handed out whole
   */
  FileRangeReader(
      InputFiles files,
      List<PlannedFile> planned,
      BufferAllocator allocator,
      int chunkBytes,
      int maxLineBytes) {
    this.files = files;
    this.planned = planned;
    this.longestBytes = maxLineBytes + 1;
    this.chunkBytes = Math.min(chunkBytes, longestBytes);
    this.rest = new ByteBlock(allocator, this.chunkBytes);
  }

  @Override
  public boolean read(Chunk chunk) {
    chunk.clear();
    if (chunk.bytes().capacity() / KEPT_GROWTH > chunkBytes) {
      chunk.bytes().shrink(chunkBytes);
    }
    while (input != null || openNext()) {
      if (fill(chunk)) {
        return true;
      }
      closeInput();
    }
    return false;
  }

  private boolean openNext() {
    while (nextFile < planned.size()) {
      PlannedFile file = planned.get(nextFile++);
      Optional<InputBytes> opened = files.open(file);
      if (opened.isPresent()) {
        input = opened.get();
        origin = files.path(file).toString();
        offset = 0;
        return true;
      }
    }
    return false;
  }

  /** Fills the chunk from the current file; false if nothing is left in it. */
  private boolean fill(Chunk chunk) {
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
      int end = behindLastNewline(bytes, searched);
      if (end > 0) {
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

  private static int behindLastNewline(ByteBlock bytes, int from) {
    long address = bytes.address();
    for (int i = bytes.length() - 1; i >= from; i--) {
      if (Memory.getByte(address + i) == NEWLINE) {
        return i + 1;
      }
    }
    return 0;
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
      for (int i = 0; i < read; i++) {
        if (Memory.getByte(rest.address() + i) == NEWLINE) {
          restFrom = i + 1;
          return skipped + restFrom;
        }
      }
      skipped += read;
      if (read < chunkBytes) {
        dropRest();
        return skipped;
      }
    }
  }

  private void closeInput() {
    InputBytes closing = input;
    input = null;
    dropRest();
    closing.close();
  }

  @Override
  public void close() {
    try (rest) {
      if (input != null) {
        closeInput();
      }
    }
  }
}
