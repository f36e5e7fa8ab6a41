package io.millrace.state.snapshot;

import io.millrace.state.batch.BadBatchException;
import io.millrace.state.batch.BatchCompression;
import io.millrace.state.batch.BatchDecoder;
import io.millrace.state.batch.BatchEncoder;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Rows of operators as bytes, the same in a delta and in a snapshot: the operator's number and the
 * number of rows, 32 bits each, big-endian, then an Arrow IPC record batch.
 */
final class StateRecords {
  private static final int HEADER_BYTES = 8;

  private StateRecords() {}

  /** Writes records; not for several threads. */
  static final class Writer implements AutoCloseable {
    private final BatchEncoder encoder;
    private final ByteBlock bytes;

    Writer(BufferAllocator allocator, BatchCompression compression) {
      encoder = new BatchEncoder(allocator, compression);
      try {
        bytes = new ByteBlock(allocator, 1024);
      } catch (RuntimeException | Error e) {
        encoder.close();
        throw e;
      }
    }

    /**
     * @param before room to be left in front of the record
     * @return that room and the record, good until the next call
     */
    ByteBlock write(int before, int operator, Block rows, int from, int to) {
      int start = before + HEADER_BYTES;
      bytes.length(0);
      bytes.reserve(start);
      bytes.view(before, HEADER_BYTES).putInt(operator).putInt(to - from);
      bytes.length(start);
      encoder.encode(rows, from, to, bytes);
      return bytes;
    }

    @Override
    public void close() {
      bytes.close();
      encoder.close();
    }
  }

  /** Reads records; not for several threads. */
  static final class Reader implements AutoCloseable {
    private final List<BatchDecoder> rows = new ArrayList<>();
    private final List<BatchDecoder> keys = new ArrayList<>();

    Reader(BufferAllocator allocator, List<OperatorState> operators) {
      try {
        for (OperatorState operator : operators) {
          rows.add(new BatchDecoder(allocator, operator.schema()));
          keys.add(new BatchDecoder(allocator, operator.keySchema()));
        }
      } catch (RuntimeException | Error e) {
        close();
        throw e;
      }
    }

    /** Shows an operator's rows, or the keys of some. */
    void read(ByteBlock bytes, int from, boolean removes, StateVisitor visitor)
        throws BadBatchException {
      int length = bytes.length() - from - HEADER_BYTES;
      if (length < 0) {
        throw new BadBatchException(bytes.length() - from + " bytes are too few for a record");
      }
      int operator = bytes.view(from, Integer.BYTES).getInt();
      int count = bytes.view(from + Integer.BYTES, Integer.BYTES).getInt();
      if (operator < 0 || operator >= rows.size()) {
        throw new BadBatchException("it is of operator " + operator + ", there are " + rows.size());
      }
      int start = from + HEADER_BYTES;
      if (removes) {
        visitor.remove(operator, keys.get(operator).decode(bytes, start, length, count));
      } else {
        visitor.upsert(operator, rows.get(operator).decode(bytes, start, length, count));
      }
    }

    @Override
    public void close() {
      rows.forEach(BatchDecoder::close);
      keys.forEach(BatchDecoder::close);
    }
  }
}
