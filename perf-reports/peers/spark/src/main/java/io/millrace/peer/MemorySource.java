package io.millrace.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReadMaxFiles;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Readings in Spark's own columns, a partition for each file that they came from. Option {@code
 * maxFilesPerTrigger} as Spark's file sources have it.
 */
public final class MemorySource implements TableProvider {
  private static final int BATCH_ROWS = 4_096;

  /** A file's batches; one set, because Spark makes its sources itself. */
  private static final List<List<ColumnarBatch>> FILES = new ArrayList<>();

  static void load(List<Path> files) throws IOException {
    for (Path file : files) {
      List<ColumnarBatch> batches = new ArrayList<>();
      try (ReadingParser parser = new ReadingParser(file)) {
        while (next(parser, batches)) {
          // until the file ends
        }
      }
      FILES.add(batches);
    }
  }

  /**
   * @return whether there may be more
   */
  private static boolean next(ReadingParser parser, List<ColumnarBatch> batches)
      throws IOException {
    OnHeapColumnVector[] columns =
        OnHeapColumnVector.allocateColumns(BATCH_ROWS, ReadingsTable.SCHEMA);
    int row = 0;
    while (row < BATCH_ROWS && parser.next()) {
      byte[] device = parser.deviceId.getBytes(StandardCharsets.UTF_8);
      columns[0].putByteArray(row, device, 0, device.length);
      columns[1].putLong(row, parser.timeMs * 1_000);
      columns[2].putDouble(row, parser.temperature);
      row++;
    }
    batches.add(new ColumnarBatch(columns, row));
    return row == BATCH_ROWS;
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return ReadingsTable.SCHEMA;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    int filesPerBatch = Integer.parseInt(properties.get("maxFilesPerTrigger"));
    return new ReadingsTable() {
      @Override
      public MicroBatchStream toMicroBatchStream(String checkpoint) {
        return new Stream(filesPerBatch);
      }
    };
  }

  /** Positions are numbers of files. */
  private record Stream(int filesPerBatch)
      implements MicroBatchStream, SupportsTriggerAvailableNow {
    @Override
    public Offset initialOffset() {
      return new Position(0);
    }

    @Override
    public Offset deserializeOffset(String json) {
      return new Position(Long.parseLong(json));
    }

    @Override
    public void prepareForTriggerAvailableNow() {}

    @Override
    public ReadLimit getDefaultReadLimit() {
      return ReadLimit.maxFiles(filesPerBatch);
    }

    @Override
    public Offset latestOffset(Offset start, ReadLimit limit) {
      long files = limit instanceof ReadMaxFiles most ? most.maxFiles() : FILES.size();
      return new Position(Math.min(FILES.size(), ((Position) start).number() + files));
    }

    @Override
    public Offset latestOffset() {
      throw new UnsupportedOperationException("there is a limit");
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
      return LongStream.range(((Position) start).number(), ((Position) end).number())
          .mapToObj(file -> new Part((int) file))
          .toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return new Factory();
    }

    @Override
    public void commit(Offset end) {}

    @Override
    public void stop() {}
  }

  private record Part(int file) implements InputPartition {}

  private record Factory() implements PartitionReaderFactory {
    @Override
    public boolean supportColumnarReads(InputPartition partition) {
      return true;
    }

    @Override
    public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
      return new Reader(FILES.get(((Part) partition).file()));
    }

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      throw new UnsupportedOperationException("there are columns");
    }
  }

  private static final class Reader implements PartitionReader<ColumnarBatch> {
    private final List<ColumnarBatch> batches;
    private int at = -1;

    Reader(List<ColumnarBatch> batches) {
      this.batches = batches;
    }

    @Override
    public boolean next() {
      return ++at < batches.size();
    }

    @Override
    public ColumnarBatch get() {
      return batches.get(at);
    }

    @Override
    public void close() {}
  }
}
