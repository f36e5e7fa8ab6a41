package io.millrace.state.batch;

import io.millrace.types.DataType;
import io.millrace.types.Schema;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Reads what a {@link BatchEncoder} wrote, and any other record batch of the same flat schema, into
 * a block of its own. Whatever the bytes are, nothing outside them is read and nothing outside the
 * block is written: every length and offset is checked first.
 */
public final class BatchDecoder implements AutoCloseable {
  private static final int PREFIX_BYTES = 8;

  /** What no record of a journal can exceed, no compressed buffer may claim to be. */
  private static final int MAX_BUFFER_BYTES = 64 << 20;

  private final BufferAllocator allocator;
  private final Schema schema;
  private final int bufferCount;
  private final ByteBlock raw;
  private Block block;

  private RecordBatch batch;
  private BatchCompression compression;
  private long body;
  private long bodyBytes;

  /** Where the buffer that was looked up last stands, and its bytes, not compressed. */
  private long address;

  private long sizeBytes;

  public BatchDecoder(BufferAllocator allocator, Schema schema) {
    this.allocator = allocator;
    this.schema = schema;
    this.bufferCount =
        schema.fields().stream().mapToInt(field -> field.type().isVariableWidth() ? 3 : 2).sum();
    this.raw = new ByteBlock(allocator, 1024);
  }

  /**
   * @param from where the message starts
   * @param length of the message, which ends with it
   * @param rows as many as the message must have
   * @return good until the next call
   * @throws BadBatchException if the bytes are no such message
   */
  public Block decode(ByteBlock bytes, int from, int length, int rows) throws BadBatchException {
    require(rows >= 0 && rows <= BatchRows.MAX_ROWS, rows + " rows");
    try {
      begin(bytes, from, length, rows);
      if (block == null || block.rowCapacity() < rows) {
        release();
        block = Block.allocate(allocator, schema, rows);
      }
      int buffer = 0;
      for (int i = 0; i < schema.size(); i++) {
        read(block.column(i), i, buffer, rows);
        buffer += block.column(i).type().isVariableWidth() ? 3 : 2;
      }
      block.rowCount(rows);
      return block;
    } catch (IndexOutOfBoundsException e) { // as the metadata's reader says it
      throw new BadBatchException("the batch's metadata is wrong");
    }
  }

  private static void require(boolean right, String otherwise) throws BadBatchException {
    if (!right) {
      throw new BadBatchException("the batch is wrong: " + otherwise);
    }
  }

  private void begin(ByteBlock bytes, int from, int length, int rows) throws BadBatchException {
    require(length >= PREFIX_BYTES, length + " bytes");
    ByteBuffer message = bytes.view(from, length).order(ByteOrder.LITTLE_ENDIAN);
    int metadataBytes = message.getInt(Integer.BYTES);
    require(
        message.getInt(0) == -1
            && metadataBytes >= Long.BYTES
            && metadataBytes <= length - PREFIX_BYTES,
        "its prefix");
    ByteBuffer metadata = message.slice(PREFIX_BYTES, metadataBytes).order(ByteOrder.LITTLE_ENDIAN);
    Message root = Message.getRootAsMessage(metadata);
    body = bytes.address() + from + PREFIX_BYTES + metadataBytes;
    bodyBytes = (long) length - PREFIX_BYTES - metadataBytes;
    require(
        root.headerType() == MessageHeader.RecordBatch && root.bodyLength() == bodyBytes,
        "its header");
    batch = (RecordBatch) root.header(new RecordBatch());
    require(
        batch != null
            && batch.length() == rows
            && batch.nodesLength() == schema.size()
            && batch.buffersLength() == bufferCount,
        "not the rows or columns that belong here");
    BodyCompression how = batch.compression();
    compression = how == null ? BatchCompression.NONE : BatchCompression.ofArrow(how.codec());
  }

  private void read(ColumnVector column, int index, int buffer, int rows) throws BadBatchException {
    long bitmapBytes = (rows + 7L) >> 3;
    long nulls = batch.nodes(index).nullCount();
    require(nulls >= 0 && nulls <= rows && batch.nodes(index).length() == rows, "column " + index);
    find(buffer);
    column.setAllValid(rows);
    if (nulls > 0) {
      copy(column.validity(), bitmapBytes);
      column.mayHaveNulls(true);
      require(Bitmap.count(column.validity(), 0, rows) == rows - nulls, "column " + index);
    }
    find(buffer + 1);
    int width = ColumnVector.width(column.type());
    if (column.type().isVariableWidth()) {
      readTexts(column, buffer, rows);
    } else {
      copy(column.data(), column.type() == DataType.BOOLEAN ? bitmapBytes : (long) rows * width);
    }
  }

  private void readTexts(ColumnVector column, int buffer, int rows) throws BadBatchException {
    if (rows == 0 && sizeBytes == 0) { // which some writers leave out
      column.offset(0, 0);
    } else {
      copy(column.offsets(), (rows + 1L) * Integer.BYTES);
    }
    int end = 0;
    require(column.offset(0) == 0, "offsets");
    for (int row = 1; row <= rows; row++) {
      int next = column.offset(row);
      require(next >= end, "offsets");
      end = next;
    }
    find(buffer + 2);
    require(end <= sizeBytes, "offsets");
    column.reserveData(end);
    copy(column.data(), end);
  }

  private void copy(long to, long bytes) throws BadBatchException {
    require(bytes <= sizeBytes, "a buffer is too short");
    Memory.copy(address, to, bytes);
  }

  private void find(int buffer) throws BadBatchException {
    long from = batch.buffers(buffer).offset();
    long length = batch.buffers(buffer).length();
    require(from >= 0 && length >= 0 && from <= bodyBytes - length, "a buffer's place");
    address = body + from;
    sizeBytes = length;
    if (compression != BatchCompression.NONE && length > 0) {
      require(length >= Long.BYTES, "a buffer is too short");
      long rawBytes = Memory.getLong(address);
      address += Long.BYTES;
      sizeBytes = length - Long.BYTES;
      if (rawBytes != -1) {
        require(rawBytes >= 0 && rawBytes <= MAX_BUFFER_BYTES, "a buffer's length");
        raw.reserve(rawBytes);
        compression.decompress(address, (int) sizeBytes, raw.address(), (int) rawBytes);
        address = raw.address();
        sizeBytes = rawBytes;
      }
    }
  }

  private void release() {
    if (block != null) {
      block.close();
      block = null;
    }
  }

  @Override
  public void close() {
    release();
    raw.close();
  }
}
