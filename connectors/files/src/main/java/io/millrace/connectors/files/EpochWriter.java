package io.millrace.connectors.files;

import io.millrace.spi.RowBatch;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Distributes an epoch's rows over its files: one per partition, and a further one when a file has
 * its rows. Which row goes into which file depends on the rows and their order alone.
 */
final class EpochWriter implements AutoCloseable {
  /** The oldest file is finished when there would be more. */
  private static final int MAX_OPEN_FILES = 256;

  private static final int INITIAL_BUFFER_BYTES = 16 << 10;
  private static final int KEPT_BUFFER_BYTES = 1 << 20;

  private final OutputDirectory directory;
  private final RowEncoder encoder;
  private final Schema schema;
  private final int[] partitionColumns;
  private final long maxRecordsPerFile;
  private final String extension;
  private final PartName names;
  private final BufferAllocator allocator;
  private final PartitionKey key;
  private final PartitionKey nextKey;
  private final LinkedHashMap<PartitionKey, PartFile> open = new LinkedHashMap<>();
  private final ArrayDeque<ByteBlock> buffers = new ArrayDeque<>();
  private final List<OutputFile> finished = new ArrayList<>();
  private long epoch;
  private int parts;
  private long rows;

  EpochWriter(
      OutputDirectory directory,
      RowEncoder encoder,
      Schema schema,
      int[] partitionColumns,
      long maxRecordsPerFile,
      String extension,
      BufferAllocator allocator) {
    this.directory = directory;
    this.encoder = encoder;
    this.schema = schema;
    this.partitionColumns = partitionColumns;
    this.maxRecordsPerFile = maxRecordsPerFile;
    this.extension = extension;
    this.names = PartName.ofQuery(directory.queryId());
    this.allocator = allocator;
    this.key = new PartitionKey(partitionColumns);
    this.nextKey = new PartitionKey(partitionColumns);
  }

  void begin(long epoch) {
    assert open.isEmpty() && finished.isEmpty() : "an epoch is finished or abandoned first";
    this.epoch = epoch;
    parts = 0;
    rows = 0;
  }

  void write(RowBatch batch) {
    Block block = batch.block();
    if (partitionColumns.length == 0) {
      append(block, batch.from(), batch.to());
    } else {
      int start = batch.from();
      while (start < batch.to()) {
        int end = endOfRun(block, start, batch.to());
        append(block, start, end);
        start = end;
      }
    }
    rows += batch.size();
  }

  /** Behind the rows that have the same partition as the first; leaves its key in {@link #key}. */
  private int endOfRun(Block block, int start, int to) {
    key.read(block, start);
    int end = start + 1;
    while (end < to && nextKey.read(block, end).equals(key)) {
      end++;
    }
    return end;
  }

  /** Appends rows of the partition whose key was read last. */
  private void append(Block block, int from, int to) {
    for (int start = from, end; start < to; start = end) {
      PartFile file = open.get(key);
      if (file == null) {
        file = openFile(PartitionFolder.of(schema, partitionColumns, block, start));
        open.put(key.copy(), file);
      }
      end = start + (int) Math.min(to - start, maxRecordsPerFile - file.rows());
      file.append(encoder, block, start, end);
      if (file.rows() == maxRecordsPerFile) {
        finish(open.remove(key));
      }
    }
  }

  private PartFile openFile(String folder) {
    if (open.size() == MAX_OPEN_FILES) {
      Iterator<PartFile> files = open.values().iterator();
      PartFile oldest = files.next();
      files.remove();
      finish(oldest);
    }
    ByteBlock buffer = buffers.poll();
    if (buffer == null) {
      buffer = new ByteBlock(allocator, INITIAL_BUFFER_BYTES);
    }
    try {
      return new PartFile(directory, folder, names.of(epoch, parts++, extension), buffer);
    } catch (RuntimeException e) {
      buffers.add(buffer);
      throw e;
    }
  }

  private void finish(PartFile file) {
    try {
      finished.add(file.finish());
    } finally {
      release(file);
    }
  }

  private void release(PartFile file) {
    file.abandon();
    ByteBlock buffer = file.buffer();
    if (buffer.capacity() > KEPT_BUFFER_BYTES) {
      buffer.close();
    } else {
      buffers.add(buffer);
    }
  }

  /** Finishes all files and says what the epoch is made of. */
  ManifestEntry finish(int planChecksum) {
    while (!open.isEmpty()) {
      finish(open.pollFirstEntry().getValue());
    }
    ManifestEntry entry = new ManifestEntry(epoch, planChecksum, rows, finished);
    finished.clear();
    return entry;
  }

  /** Closes what is open, unfinished. */
  void abandon() {
    open.values().forEach(this::release);
    open.clear();
    finished.clear();
  }

  @Override
  public void close() {
    abandon();
    buffers.forEach(ByteBlock::close);
    buffers.clear();
  }
}
