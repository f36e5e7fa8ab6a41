package io.millrace.connectors.files;

import io.millrace.spi.Chunk;
import io.millrace.spi.ChunkLoader;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.text.Newlines;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A plain file as pieces that any thread can read: all lines that begin in a part of the file. The
 * file stays open until this is closed and every piece was read or given up.
 *
 * <p>A piece is read from one byte before its part, to see whether a line begins with the part, to
 * a little behind it, where its last line is likely to end. Parts are so small that only that line
 * may be too long; it then is a chunk of its own, of its beginning, marked as truncated.
 */
final class FilePieces implements FileChunks, ChunkLoader {
  private static final int AHEAD_BYTES = 4 << 10;

  private final String origin;
  private final PlainBytes file;
  private final int pieceBytes;
  private final int maxLineBytes;
  private final AtomicInteger users = new AtomicInteger(1);
  private long handedOut;

  /**
   * @param file closed with the last user
   * @param chunkBytes length of a part
   * @param maxLineBytes length of the longest line, without its end, that is handed out whole
   */
  FilePieces(String origin, PlainBytes file, int chunkBytes, int maxLineBytes) {
    this.origin = origin;
    this.file = file;
    this.pieceBytes = Math.min(chunkBytes, maxLineBytes + 1);
    this.maxLineBytes = maxLineBytes;
  }

  @Override
  public boolean next(Chunk chunk) {
    if (handedOut == file.sizeBytes()) {
      return false;
    }
    long to = Math.min(file.sizeBytes(), handedOut + pieceBytes);
    handOut(chunk, handedOut, to);
    handedOut = to;
    return true;
  }

  private void handOut(Chunk chunk, long from, long to) {
    users.incrementAndGet();
    chunk.defer(this, from, to);
  }

  @Override
  public void load(Chunk chunk, long from, long to) {
    long readFrom = Math.max(0, from - 1);
    int partEnd = (int) (to - readFrom);
    ByteBlock bytes = chunk.bytes();
    FileChunks.keepSmall(bytes, partEnd + AHEAD_BYTES);
    chunk.from(origin, readFrom);
    readOn(chunk, partEnd + AHEAD_BYTES);
    int start = from == 0 ? 0 : Newlines.first(bytes.address(), 0, partEnd - 1) + 1;
    if (start == partEnd) {
      bytes.length(0);
      return;
    }
    chunk.start(start);
    int end = Newlines.first(bytes.address(), partEnd - 1, bytes.length());
    if (end < bytes.length() && end - start <= maxLineBytes) {
      bytes.length(end + 1);
    } else {
      finishLastLine(chunk, partEnd, end, to);
    }
  }

  /**
   * Reads on to the end of a piece that could not be read at one go, or may have a line that is too
   * long.
   *
   * @param partEnd where in the chunk the part ends
   * @param searched where the last line may end
   */
  private void finishLastLine(Chunk chunk, int partEnd, int searched, long to) {
    ByteBlock bytes = chunk.bytes();
    int last = Newlines.last(bytes.address(), chunk.start(), partEnd - 1) + 1;
    int end = searched;
    while (end == bytes.length() && end - last <= maxLineBytes) {
      int doubled = Math.max(AHEAD_BYTES, end - last);
      if (readOn(chunk, Math.min(doubled, maxLineBytes + 1 - (end - last))) == 0) {
        break;
      }
      end = Newlines.first(bytes.address(), end, bytes.length());
    }
    if (end - last <= maxLineBytes) {
      bytes.length(Math.min(end + 1, bytes.length()));
    } else if (last > chunk.start()) {
      handOut(chunk, chunk.originOffset() + last, to);
      bytes.length(last);
    } else {
      bytes.length(last + maxLineBytes + 1);
      chunk.truncate();
    }
  }

  /** Reads what follows the chunk's bytes; returns how much came: less only at the file's end. */
  private int readOn(Chunk chunk, int wanted) {
    ByteBlock bytes = chunk.bytes();
    int length = bytes.length();
    long position = chunk.originOffset() + length;
    int size = (int) Math.min(wanted, file.sizeBytes() - position);
    bytes.reserve((long) length + size);
    file.read(bytes.window(length, size), position);
    bytes.length(length + size);
    return size;
  }

  @Override
  public void release() {
    if (users.decrementAndGet() == 0) {
      file.close();
    }
  }

  @Override
  public void close() {
    release();
  }
}
