package io.millrace.connectors.files;

import io.millrace.connectors.files.json.JsonSinkProvider;
import io.millrace.spi.Clock;
import io.millrace.spi.Options;
import io.millrace.spi.RowBatch;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkContext;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Writes epochs of rows (id BIGINT, name STRING) through the json sink and looks at the files.
 * Closing it proves no leak.
 */
final class SinkRun implements AutoCloseable {
  static final UUID QUERY = UUID.fromString("9f2c41d7-0000-4000-8000-000000000001");
  static final UUID OTHER_QUERY = UUID.fromString("11111111-0000-4000-8000-000000000002");

  private final BufferAllocator allocator = new RootAllocator();
  private final Map<String, String> options = new TreeMap<>();
  private UUID queryId = QUERY;
  private List<String> partitionBy = List.of();
  private Storage storage = new ForwardingStorage();
  private CrashPoints crashPoints = CrashPoints.NONE;
  private boolean durable = true;
  private Sink sink;

  SinkRun(Path path) {
    options.put("path", path.toString());
  }

  SinkRun query(UUID id) {
    queryId = id;
    return this;
  }

  SinkRun option(String key, Object value) {
    options.put(key, value.toString());
    return this;
  }

  SinkRun partitionBy(String... columns) {
    partitionBy = List.of(columns);
    return this;
  }

  SinkRun storage(Storage value) {
    storage = value;
    return this;
  }

  SinkRun crashPoints(CrashPoints value) {
    crashPoints = value;
    return this;
  }

  SinkRun notDurable() {
    durable = false;
    return this;
  }

  Sink sink() {
    if (sink == null) {
      sink =
          new JsonSinkProvider()
              .open(
                  new SinkContext(
                      queryId,
                      "alerts",
                      Schema.parse("id BIGINT, name STRING"),
                      new Options("sink alerts (json)", options),
                      partitionBy,
                      durable,
                      allocator,
                      storage,
                      crashPoints,
                      Clock.SYSTEM));
    }
    return sink;
  }

  /** Writes one epoch of rows 0, 1, ... with those names, in batches of two; the receipt. */
  String epoch(long epoch, String... names) {
    return epoch(epoch, 7, names);
  }

  String epoch(long epoch, int planChecksum, String... names) {
    if (sink().begin(epoch, planChecksum)) {
      write(epoch, names);
    }
    return sink().commit(epoch);
  }

  void write(long epoch, String... names) {
    try (Block block = Block.allocate(allocator, Schema.parse("id BIGINT, name STRING"), 1)) {
      RowBatch batch = new RowBatch();
      for (int from = 0; from < names.length; from += 2) {
        int to = Math.min(names.length, from + 2);
        block.clear();
        for (int row = from; row < to; row++) {
          put(block, row - from, row, names[row]);
        }
        block.rowCount(to - from);
        sink().write(batch.set(block, 0, to - from).number(epoch, from));
      }
    }
  }

  private static void put(Block block, int row, long id, String name) {
    Memory.putLong(block.column(0).data() + 8L * row, id);
    block.column(0).setValid(row);
    ColumnVector names = block.column(1);
    byte[] bytes = name == null ? new byte[0] : name.getBytes(StandardCharsets.UTF_8);
    int start = row == 0 ? 0 : names.offset(row);
    names.reserveData((long) start + bytes.length);
    Memory.copy(bytes, 0, names.data() + start, bytes.length);
    names.offset(row, start);
    names.offset(row + 1, start + bytes.length);
    if (name == null) {
      names.setNull(row);
    } else {
      names.setValid(row);
    }
  }

  /** Path behind the directory and content of every file that is not hidden, in order. */
  static Map<String, String> visible(Path directory) {
    Map<String, String> files = new TreeMap<>();
    all(directory)
        .forEach(
            (name, text) -> {
              if (!name.startsWith("_") && !name.startsWith(".")) {
                files.put(name, text);
              }
            });
    return files;
  }

  static Map<String, String> all(Path directory) {
    Map<String, String> files = new TreeMap<>();
    if (!Files.exists(directory)) {
      return files;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(directory.relativize(path).toString(), Files.readString(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  static List<String> unfinished(Path directory) {
    List<String> names = new ArrayList<>(all(directory).keySet());
    names.removeIf(name -> !name.contains("unfinished"));
    return names;
  }

  @Override
  public void close() {
    if (sink != null) {
      sink.close();
    }
    allocator.close();
  }
}
