package io.millrace.connectors.files;

import io.millrace.spi.Chunk;
import io.millrace.spi.Options;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import io.millrace.vector.text.Newlines;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Some lines of a source's files, from the beginning of each, to find out what is in them. */
public final class FileSample {
  private static final int MAX_LINES = 10_000;
  private static final int MAX_FILES = 1_000;

  private FileSample() {}

  /**
   * Hands out each sampled line, without its end.
   *
   * @return how many files there are
   * @throws io.millrace.types.AnalysisException if an option is wrong or there is nothing at the
   *     path
   */
  public static int read(Options options, Consumer<byte[]> line) {
    FileSourceOptions parsed = FileSourceOptions.parse(options);
    Storage storage = new LocalStorage();
    InputFiles.requirePresent(storage, parsed, false);
    List<StorageEntry> files = new FileListing(storage, parsed).list();
    int sampled = Math.min(files.size(), MAX_FILES);
    try (BufferAllocator allocator = new RootAllocator();
        ByteBlock bytes = new ByteBlock(allocator, parsed.chunkBytes())) {
      for (StorageEntry file : files.subList(0, sampled)) {
        Compression.requireKnown(parsed.owner(), file.path());
        readFile(
            storage, parsed, file, allocator, new Chunk(bytes, null), MAX_LINES / sampled, line);
      }
    }
    return files.size();
  }

  private static void readFile(
      Storage storage,
      FileSourceOptions options,
      StorageEntry file,
      BufferAllocator allocator,
      Chunk chunk,
      int maxLines,
      Consumer<byte[]> line) {
    Path root = InputFiles.root(storage, options.path());
    PlannedFile planned =
        new PlannedFile(FileName.of(root, file.path()), file.modifiedUs(), file.sizeBytes());
    InputFiles files =
        new InputFiles(
            storage,
            root,
            options,
            new SeenFiles(options.maxFileAgeUs()),
            new FileSourceMetrics(options.owner()));
    int left = maxLines;
    try (FileRangeReader reader =
        new FileRangeReader(
            files, List.of(planned), allocator, options.chunkBytes(), options.maxLineBytes())) {
      while (left > 0 && (chunk.deferred() || reader.read(chunk))) {
        chunk.load();
        if (!chunk.truncated()) {
          left -= lines(chunk, left, line);
        }
      }
    } finally {
      chunk.clear();
    }
  }

  private static int lines(Chunk chunk, int maxLines, Consumer<byte[]> line) {
    ByteBlock bytes = chunk.bytes();
    int lines = 0;
    int start = chunk.start();
    while (start < bytes.length() && lines < maxLines) {
      int end = Newlines.first(bytes.address(), start, bytes.length());
      byte[] text = new byte[end - start];
      Memory.copy(bytes.address() + start, text, 0, text.length);
      line.accept(text);
      lines++;
      start = end + 1;
    }
    return lines;
  }
}
