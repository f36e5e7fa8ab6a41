package io.millrace.gateway.rows;

import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.json.JsonLinesWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import org.apache.arrow.memory.BufferAllocator;

/** Rows as JSON objects, one a line. */
final class JsonRows implements RowWriter {
  private static final int INITIAL_BYTES = 64 << 10;

  private final JsonLinesWriter json;
  private final WritableByteChannel out;
  private final ByteBlock bytes;

  JsonRows(Schema schema, BufferAllocator allocator, OutputStream out) {
    this.json = new JsonLinesWriter(schema, false);
    this.out = Channels.newChannel(out);
    this.bytes = new ByteBlock(allocator, INITIAL_BYTES);
  }

  @Override
  public void write(Block rows) throws IOException {
    bytes.length(0);
    json.write(rows, 0, rows.rowCount(), bytes);
    out.write(bytes.view(0, bytes.length()));
  }

  @Override
  public void finish() {}

  @Override
  public void close() {
    bytes.close();
  }
}
