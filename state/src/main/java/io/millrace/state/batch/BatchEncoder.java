package io.millrace.state.batch;

import com.google.flatbuffers.FlatBufferBuilder;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.nio.ByteBuffer;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Rows of a block as an encapsulated Arrow IPC message with a record batch: ffffffff, the length of
 * the metadata, the metadata, the body. Buffers start at multiples of 8. A column without nulls has
 * an empty validity buffer.
 */
public final class BatchEncoder implements AutoCloseable {
  private static final int ALIGNMENT = 8;
  private static final int PREFIX_BYTES = 8;

  /** Stands for the length of a buffer that is not smaller when it is compressed. */
  private static final long NOT_COMPRESSED = -1;

  private final BatchCompression compression;
  private final ByteBlock body;
  private final ByteBlock scratch;
  private final FlatBufferBuilder metadata = new FlatBufferBuilder(1024);
  private long[] nullCounts = {};
  private long[] buffers = {};
  private int bufferCount;

  public BatchEncoder(BufferAllocator allocator, BatchCompression compression) {
    this.compression = compression;
    body = new ByteBlock(allocator, 1024);
    try {
      scratch = new ByteBlock(allocator, 1024);
    } catch (RuntimeException | Error e) {
      body.close();
      throw e;
    }
  }

  /**
   * Adds a message with the rows from..to to what a block of bytes holds.
   *
   * @throws io.millrace.types.MillraceException {@code RESOURCES} if there is not enough memory
   */
  public void encode(Block block, int from, int to, ByteBlock out) {
    begin(block.columnCount());
    for (int i = 0; i < block.columnCount(); i++) {
      add(i, block.column(i), from, to);
    }
    ByteBuffer header = metadata(to - from, block.columnCount());
    int headerBytes = padded(header.remaining());
    int start = out.length();
    out.reserve((long) start + PREFIX_BYTES + headerBytes + body.length());
    long at = out.address() + start;
    Memory.putInt(at, -1);
    Memory.putInt(at + Integer.BYTES, headerBytes);
    Memory.fill(at + PREFIX_BYTES, headerBytes, (byte) 0);
    out.view(start + PREFIX_BYTES, headerBytes).put(header);
    Memory.copy(body.address(), at + PREFIX_BYTES + headerBytes, body.length());
    out.length(start + PREFIX_BYTES + headerBytes + body.length());
  }

  private void begin(int columns) {
    body.length(0);
    bufferCount = 0;
    if (nullCounts.length < columns) {
      nullCounts = new long[columns];
      buffers = new long[2 * 3 * columns];
    }
  }

  private void add(int index, ColumnVector column, int from, int to) {
    int rows = to - from;
    int bitmapBytes = (rows + 7) >> 3;
    int nulls = column.mayHaveNulls() ? rows - Bitmap.count(column.validity(), from, to) : 0;
    nullCounts[index] = nulls;
    add(nulls == 0 ? 0 : bits(column.validity(), from, rows), nulls == 0 ? 0 : bitmapBytes);
    int width = ColumnVector.width(column.type());
    if (column.type().isVariableWidth()) {
      int start = column.offset(from);
      add(offsets(column, from, to), (rows + 1) * Integer.BYTES);
      add(column.data() + start, column.offset(to) - start);
    } else if (width == 0) {
      add(bits(column.data(), from, rows), bitmapBytes);
    } else {
      add(column.data() + (long) from * width, rows * width);
    }
  }

  /** A copy of bits that starts at the first of a byte. */
  private long bits(long bitmap, int from, int rows) {
    int words = (rows + 63) >> 6;
    scratch.reserve(words * 8L);
    Memory.fill(scratch.address(), words * 8L, (byte) 0);
    Bitmap.copyBits(bitmap, from, scratch.address(), 0, rows);
    return scratch.address();
  }

  private long offsets(ColumnVector column, int from, int to) {
    int start = column.offset(from);
    if (start == 0) {
      return column.offsets() + 4L * from;
    }
    scratch.reserve(4L * (to - from + 1));
    for (int row = from; row <= to; row++) {
      Memory.putInt(scratch.address() + 4L * (row - from), column.offset(row) - start);
    }
    return scratch.address();
  }

  private void add(long from, int sizeBytes) {
    int start = body.length();
    if (sizeBytes > 0) {
      if (compression == BatchCompression.NONE) {
        BatchCompression.NONE.compress(from, sizeBytes, body);
      } else {
        addCompressed(from, sizeBytes);
      }
    }
    buffers[2 * bufferCount] = start;
    buffers[2 * bufferCount + 1] = (long) body.length() - start;
    bufferCount++;
    int end = padded(body.length());
    body.reserve(end);
    Memory.fill(body.address() + body.length(), end - body.length(), (byte) 0);
    body.length(end);
  }

  private void addCompressed(long from, int sizeBytes) {
    int start = body.length();
    int dataStart = start + Long.BYTES;
    body.reserve(dataStart);
    body.length(dataStart);
    compression.compress(from, sizeBytes, body);
    long length = sizeBytes;
    if (body.length() - dataStart >= sizeBytes) {
      body.length(dataStart);
      BatchCompression.NONE.compress(from, sizeBytes, body);
      length = NOT_COMPRESSED;
    }
    Memory.putLong(body.address() + start, length);
  }

  private static int padded(int sizeBytes) {
    return (sizeBytes + ALIGNMENT - 1) & -ALIGNMENT;
  }

  private ByteBuffer metadata(int rows, int columns) {
    metadata.clear();
    RecordBatch.startNodesVector(metadata, columns);
    for (int i = columns - 1; i >= 0; i--) {
      FieldNode.createFieldNode(metadata, rows, nullCounts[i]);
    }
    final int nodes = metadata.endVector();
    RecordBatch.startBuffersVector(metadata, bufferCount);
    for (int i = bufferCount - 1; i >= 0; i--) {
      Buffer.createBuffer(metadata, buffers[2 * i], buffers[2 * i + 1]);
    }
    final int bufferVector = metadata.endVector();
    boolean compressed = compression != BatchCompression.NONE;
    int how =
        compressed
            ? BodyCompression.createBodyCompression(
                metadata, compression.arrowType(), BodyCompressionMethod.BUFFER)
            : 0;
    RecordBatch.startRecordBatch(metadata);
    RecordBatch.addLength(metadata, rows);
    RecordBatch.addNodes(metadata, nodes);
    RecordBatch.addBuffers(metadata, bufferVector);
    if (compressed) {
      RecordBatch.addCompression(metadata, how);
    }
    int batch = RecordBatch.endRecordBatch(metadata);
    metadata.finish(
        Message.createMessage(
            metadata, MetadataVersion.V5, MessageHeader.RecordBatch, batch, body.length(), 0));
    return metadata.dataBuffer();
  }

  @Override
  public void close() {
    scratch.close();
    body.close();
  }
}
