package io.millrace.gateway.rows;

import io.millrace.state.batch.BatchCompression;
import io.millrace.state.batch.BatchEncoder;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/** Rows as an Arrow IPC stream: the schema's message, one per block of rows, the end's mark. */
final class ArrowRows implements RowWriter {
  private static final int INITIAL_BYTES = 64 << 10;

  private final WriteChannel out;
  private final BatchEncoder encoder;
  private final ByteBlock bytes;

  ArrowRows(Schema schema, BufferAllocator allocator, OutputStream out) throws IOException {
    this.out = new WriteChannel(Channels.newChannel(out));
    MessageSerializer.serialize(this.out, schema.toArrow());
    encoder = new BatchEncoder(allocator, BatchCompression.NONE);
    try {
      bytes = new ByteBlock(allocator, INITIAL_BYTES);
    } catch (RuntimeException | Error e) {
      encoder.close();
      throw e;
    }
  }

  @Override
  public void write(Block rows) throws IOException {
    bytes.length(0);
    encoder.encode(rows, 0, rows.rowCount(), bytes);
    out.write(bytes.view(0, bytes.length()));
  }

  @Override
  public void finish() throws IOException {
    ArrowStreamWriter.writeEndOfStream(out, IpcOption.DEFAULT);
  }

  @Override
  public void close() {
    bytes.close();
    encoder.close();
  }
}
