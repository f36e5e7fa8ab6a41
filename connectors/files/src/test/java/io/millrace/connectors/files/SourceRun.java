package io.millrace.connectors.files;

import io.millrace.spi.Chunk;
import io.millrace.spi.Clock;
import io.millrace.spi.Decoder;
import io.millrace.spi.InputRange;
import io.millrace.spi.Options;
import io.millrace.spi.RangeReader;
import io.millrace.spi.ReadLimit;
import io.millrace.spi.Rejects;
import io.millrace.spi.ReplayableSource;
import io.millrace.spi.SourceContext;
import io.millrace.spi.SourceProvider;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.Storage;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Runs a source the way a query does, and keeps what comes out. Closing it proves no leak. */
public final class SourceRun implements AutoCloseable {
  private final BufferAllocator allocator = new RootAllocator();
  private final SourceProvider provider;
  private final Map<String, String> options = new TreeMap<>();
  private Storage storage = new LocalStorage();
  private Schema schema;
  private boolean streaming = true;
  private int blockRows = 64;
  private boolean needsColumns = true;
  private Schema readSchema;
  private ReplayableSource source;

  public final List<String> rejects = new ArrayList<>();
  public final List<String> origins = new ArrayList<>();
  public long recordsRead;

  public SourceRun(SourceProvider provider, Object path) {
    this.provider = provider;
    options.put("path", path.toString());
  }

  public SourceRun schema(String ddl) {
    schema = Schema.parse(ddl);
    return this;
  }

  public SourceRun option(String key, Object value) {
    options.put(key, value.toString());
    return this;
  }

  public SourceRun storage(Storage value) {
    storage = value;
    return this;
  }

  public SourceRun asStatic() {
    streaming = false;
    return this;
  }

  public SourceRun withoutColumns() {
    needsColumns = false;
    return this;
  }

  public SourceRun blockRows(int value) {
    blockRows = value;
    return this;
  }

  public ReplayableSource source() {
    if (source == null) {
      Options given = new Options("source readings (" + provider.format() + ")", options);
      schema = provider.schema(Optional.ofNullable(schema), given, streaming);
      int[] columns = IntStream.range(0, needsColumns ? schema.size() : 0).toArray();
      readSchema = schema.select(columns);
      source =
          (ReplayableSource)
              provider.open(
                  new SourceContext(
                      "readings",
                      schema,
                      columns,
                      List.of(),
                      given,
                      streaming,
                      allocator,
                      storage,
                      Clock.SYSTEM,
                      null));
    }
    return source;
  }

  public Schema schema() {
    source();
    return schema;
  }

  public Optional<InputRange> plan() {
    return source().plan(ReadLimit.NONE);
  }

  /** The planned files' names of the next epoch; empty if there is none. */
  public List<String> planNames() {
    return plan()
        .map(range -> PlannedFiles.read(range.detail()).stream().map(PlannedFile::name).toList())
        .orElse(List.of());
  }

  /** All rows that are there now, as text: values joined by a bar. */
  public List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (Optional<InputRange> range = plan(); range.isPresent(); range = plan()) {
      rows.addAll(rows(range.get()));
    }
    return rows;
  }

  public List<String> rows(InputRange range) {
    List<String> rows = new ArrayList<>();
    Rejects noted =
        (origin, offset, reason, address, length) ->
            rejects.add(origin + "@" + offset + " " + reason + ": " + text(address, length));
    try (ByteBlock bytes = new ByteBlock(allocator, 64);
        Block block = Block.allocate(allocator, readSchema, blockRows);
        Decoder decoder = source().decoder().orElseThrow().create(noted);
        RangeReader reader = source().open(range)) {
      Chunk chunk = new Chunk(bytes, null);
      while (chunk.deferred() || reader.read(chunk)) {
        chunk.load();
        int from = chunk.start();
        if (from < bytes.length()) {
          origins.add(chunk.origin() + "@" + (chunk.originOffset() + from));
        }
        while (from < bytes.length()) {
          block.clear();
          from = decoder.decode(chunk, from, block);
          for (int row = 0; row < block.rowCount(); row++) {
            rows.add(rowText(block, row));
          }
        }
      }
      recordsRead += decoder.recordsRead();
    }
    return rows;
  }

  private static String text(long address, int length) {
    byte[] bytes = new byte[length];
    Memory.copy(address, bytes, 0, length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String rowText(Block block, int row) {
    List<String> values = new ArrayList<>();
    block.arrow().getFieldVectors().forEach(v -> values.add(String.valueOf(v.getObject(row))));
    return String.join("|", values);
  }

  @Override
  public void close() {
    if (source != null) {
      source.close();
    }
    allocator.close();
  }
}
