package io.millrace.peer;

import io.millrace.perf.pace.Devices;
import io.millrace.perf.pace.PeerLoad;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.ContinuousPartitionReader;
import org.apache.spark.sql.connector.read.streaming.ContinuousPartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.ContinuousStream;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.PartitionOffset;
import org.apache.spark.sql.connector.read.streaming.SupportsRealTimeMode;
import org.apache.spark.sql.connector.read.streaming.SupportsRealTimeRead;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.unsafe.types.UTF8String;

/** The load as a Spark source of one partition, for each of its triggers. */
public final class ReadingsSource implements TableProvider {
  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return ReadingsTable.SCHEMA;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new Readings();
  }

  private static final class Readings extends ReadingsTable {
    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.MICRO_BATCH_READ, TableCapability.CONTINUOUS_READ);
    }

    @Override
    public MicroBatchStream toMicroBatchStream(String checkpoint) {
      return new Stream();
    }

    @Override
    public ContinuousStream toContinuousStream(String checkpoint) {
      return new Stream();
    }
  }

  /** Rows from..to (exclusive). */
  private record Part(long from, long to) implements InputPartition {}

  private static final class Stream
      implements MicroBatchStream, ContinuousStream, SupportsRealTimeMode {
    @Override
    public Offset initialOffset() {
      return new Position(0);
    }

    @Override
    public Offset deserializeOffset(String json) {
      return new Position(Long.parseLong(json));
    }

    @Override
    public Offset latestOffset() {
      PeerLoad.begin();
      return new Position(PeerLoad.dueRows());
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
      return new InputPartition[] {new Part(((Position) start).number(), ((Position) end).number())};
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start) {
      return new InputPartition[] {new Part(((Position) start).number(), Long.MAX_VALUE)};
    }

    @Override
    public Offset mergeOffsets(PartitionOffset[] offsets) {
      return (Position) offsets[0];
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return new Factory();
    }

    @Override
    public ContinuousPartitionReaderFactory createContinuousReaderFactory() {
      return new Factory();
    }

    @Override
    public void commit(Offset end) {}

    @Override
    public void stop() {}
  }

  private static final class Factory implements ContinuousPartitionReaderFactory {
    private static final long serialVersionUID = 1;

    @Override
    public ContinuousPartitionReader<InternalRow> createReader(InputPartition partition) {
      return new Reader((Part) partition);
    }
  }

  private static final class Reader
      implements ContinuousPartitionReader<InternalRow>, SupportsRealTimeRead<InternalRow> {
    private final UTF8String[] devices = new UTF8String[Devices.names().length];
    private final GenericInternalRow row = new GenericInternalRow(3);
    private final long to;
    private final boolean endless;
    private long next;

    Reader(Part part) {
      PeerLoad.begin();
      next = part.from();
      to = Math.min(part.to(), PeerLoad.rows());
      endless = part.to() == Long.MAX_VALUE;
      for (int i = 0; i < devices.length; i++) {
        devices[i] = UTF8String.fromString(Devices.name(i));
      }
    }

    @Override
    public boolean next() {
      if (next < to) {
        set();
        return true;
      }
      while (endless && !Thread.currentThread().isInterrupted()) {
        Thread.onSpinWait(); // the load is over, and soon the program
      }
      return false;
    }

    @Override
    public RecordStatus nextWithTimeout(Long startMs, Long timeoutMs) {
      return RecordStatus.newStatusWithoutArrivalTime(next());
    }

    private void set() {
      long intendedNs = PeerLoad.await(next);
      row.update(0, devices[(int) ((next >> 1) % devices.length)]);
      row.setLong(1, PeerLoad.timestampMs(intendedNs) * 1_000);
      row.setDouble(2, PeerLoad.temperature(next, intendedNs));
      next++;
    }

    @Override
    public InternalRow get() {
      return row;
    }

    @Override
    public PartitionOffset getOffset() {
      return new Position(next);
    }

    @Override
    public void close() {}
  }
}
