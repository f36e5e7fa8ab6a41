package io.millrace.connectors.files;

import io.millrace.spi.Chunk;
import io.millrace.spi.RangeReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** Hands out files one after the other as chunks of whole lines, each chunk of one file. */
final class FileRangeReader implements RangeReader {
  private final InputFiles files;
  private final List<PlannedFile> planned;
  private final BufferAllocator allocator;
  private final int chunkBytes;
  private final int maxLineBytes;
  private int nextFile;
  private FileChunks current;

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
    this.allocator = allocator;
    this.chunkBytes = chunkBytes;
    this.maxLineBytes = maxLineBytes;
  }

  @Override
  public boolean read(Chunk chunk) {
    chunk.clear();
    while (current != null || openNext()) {
      if (current.next(chunk)) {
        return true;
      }
      close();
    }
    return false;
  }

  private boolean openNext() {
    while (nextFile < planned.size()) {
      PlannedFile file = planned.get(nextFile++);
      Optional<PlainBytes> opened = files.open(file);
      if (opened.isPresent()) {
        current = chunks(files.path(file), opened.get());
        return true;
      }
    }
    return false;
  }

  private FileChunks chunks(Path path, PlainBytes bytes) {
    String origin = path.toString();
    if (!Compression.isGzip(path)) {
      return new FilePieces(origin, bytes, chunkBytes, maxLineBytes);
    }
    try {
      return new SequentialChunks(
          origin, new GzipBytes(path, bytes), allocator, chunkBytes, maxLineBytes);
    } catch (RuntimeException | Error e) {
      bytes.close();
      throw e;
    }
  }

  @Override
  public void close() {
    if (current != null) {
      FileChunks closing = current;
      current = null;
      closing.close();
    }
  }
}
