package io.millrace.connectors.files;

import io.millrace.spi.DecoderFactory;
import io.millrace.spi.InputRange;
import io.millrace.spi.Options;
import io.millrace.spi.RangeReader;
import io.millrace.spi.ReadLimit;
import io.millrace.spi.ReplayableSource;
import io.millrace.spi.SourceContext;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Files as one growing input: what a listing finds that was not planned before is new, oldest
 * first, each file once. An epoch's range names its files, so that it can be read again.
 *
 * <p>Offsets are {@code {"logOffset":n}}, n counting the ranges from 0; the first range starts at
 * {@code null}. Empty files are left alone until something is in them.
 */
public final class FileSource implements ReplayableSource {
  private static final int MEMORY_PIECE_BYTES = 16 << 10;

  private final FileSourceOptions options;
  private final boolean streaming;
  private final Storage storage;
  private final BufferAllocator allocator;
  private final Optional<DecoderFactory> decoder;
  private final FileListing listing;
  private final FileSourceMetrics metrics;
  private final Path root;
  private final SeenFiles seen;
  private final ArrayDeque<StorageEntry> unread = new ArrayDeque<>();
  private boolean ended;
  private String end = "null";
  private long nextLogOffset;

  private FileSource(SourceContext context, FileSourceOptions options, DecoderFactory decoder) {
    this.options = options;
    this.streaming = context.streaming();
    this.storage = context.storage();
    this.allocator = context.allocator();
    this.decoder = Optional.of(decoder);
    this.listing = new FileListing(storage, options);
    this.metrics = new FileSourceMetrics(options.owner());
    this.root = InputFiles.root(storage, options.path());
    this.seen = new SeenFiles(options.maxFileAgeUs());
  }

  /** The options of every file format, together with a format's own. */
  public static Set<String> optionsWith(Set<String> formatsOwn) {
    return FileSourceOptions.namesWith(formatsOwn);
  }

  /**
   * Checks the options that every format has, before there is a query.
   *
   * @throws io.millrace.types.AnalysisException if one is wrong or there is nothing at the path
   */
  public static void requireInput(Options options, boolean streaming) {
    InputFiles.requirePresent(new LocalStorage(), FileSourceOptions.parse(options), streaming);
  }

  /**
   * @throws io.millrace.types.AnalysisException if an option is wrong or there is nothing at the
   *     path
   */
  public static FileSource open(SourceContext context, DecoderFactory decoder) {
    FileSourceOptions options = FileSourceOptions.parse(context.options());
    InputFiles.requirePresent(context.storage(), options, context.streaming());
    return new FileSource(context, options, decoder);
  }

  @Override
  public String description() {
    return "FileSource[" + options.path().text() + "]";
  }

  @Override
  public Map<String, Long> metrics() {
    return metrics.values();
  }

  @Override
  public void restore(InputRange range) {
    assert !ended : "ranges are restored before the end is fixed";
    PlannedFiles.read(range.detail()).forEach(seen::add);
    end = range.end();
    nextLogOffset = LogOffset.parse(end) + 1;
  }

  @Override
  public Optional<InputRange> plan(ReadLimit limit) {
    List<PlannedFile> files = List.of();
    if (!options.latestFirst() || ended) {
      files = take(true, limit.everything());
    }
    if (files.isEmpty() && !ended) {
      list();
      ended = !streaming;
      files = take(false, limit.everything());
    }
    if (files.isEmpty()) {
      return Optional.empty();
    }
    String start = end;
    end = LogOffset.text(nextLogOffset++);
    return Optional.of(new InputRange(start, end, PlannedFiles.write(files)));
  }

  @Override
  public void fixEnd() {
    list();
    ended = true;
  }

  private void list() {
    unread.clear();
    seen.beginListing();
    for (StorageEntry file : listing.list()) {
      String name = FileName.of(root, file.path());
      if (seen.listed(name)) {
        if (seen.isNewlyChanged(name, file.modifiedUs(), file.sizeBytes())) {
          metrics.changed(file.path());
        }
      } else if (file.sizeBytes() > 0) {
        Compression.requireKnown(options.owner(), file.path());
        if (options.latestFirst()) {
          unread.addFirst(file);
        } else {
          unread.addLast(file);
        }
      }
    }
  }

  /**
   * Takes what one epoch may have from the unread files.
   *
   * @param lookAgain whether they were listed some time ago
   * @param everything whether the options do not limit the epoch
   */
  private List<PlannedFile> take(boolean lookAgain, boolean everything) {
    List<PlannedFile> files = new ArrayList<>();
    int maxFiles = everything ? Integer.MAX_VALUE : options.maxFiles();
    long maxBytes = everything ? Long.MAX_VALUE : options.maxBytes();
    long bytes = 0;
    while (!unread.isEmpty() && files.size() < maxFiles) {
      StorageEntry next = unread.peekFirst();
      if (lookAgain) {
        next = storage.entry(next.path()).orElse(null);
      }
      if (next != null && next.sizeBytes() > 0) {
        if (!files.isEmpty() && bytes + next.sizeBytes() > maxBytes) {
          break;
        }
        bytes += next.sizeBytes();
        files.add(
            new PlannedFile(FileName.of(root, next.path()), next.modifiedUs(), next.sizeBytes()));
      }
      unread.removeFirst();
    }
    files.forEach(seen::add);
    return files;
  }

  /** The names of all files that were planned, but for those that {@link SeenFiles} forgets. */
  @Override
  public Iterator<InputRange> memory(InputRange newest) {
    Iterator<String> pieces = seen.pieces(MEMORY_PIECE_BYTES);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return pieces.hasNext();
      }

      @Override
      public InputRange next() {
        return new InputRange(newest.end(), newest.end(), pieces.next());
      }
    };
  }

  @Override
  public RangeReader open(InputRange range) {
    InputFiles files = new InputFiles(storage, root, options, seen, metrics);
    return new FileRangeReader(
        files,
        PlannedFiles.read(range.detail()),
        allocator,
        options.chunkBytes(),
        options.maxLineBytes());
  }

  @Override
  public Optional<DecoderFactory> decoder() {
    return decoder;
  }

  @Override
  public void close() {}
}
