package io.millrace.gateway.rows;

import io.millrace.types.Schema;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.arrow.memory.BufferAllocator;

/** What rows can be written as. */
public enum RowFormat {
  /** With a line of names; see {@link CsvText}. */
  CSV {
    @Override
    public RowWriter open(Schema schema, BufferAllocator allocator, OutputStream out)
        throws IOException {
      return new CsvRows(schema, out);
    }
  },
  /** One object a line; nulls are left out, BINARY is Base64. */
  JSON {
    @Override
    public RowWriter open(Schema schema, BufferAllocator allocator, OutputStream out) {
      return new JsonRows(schema, allocator, out);
    }
  },
  /** An Arrow IPC stream, uncompressed. */
  ARROW {
    @Override
    public RowWriter open(Schema schema, BufferAllocator allocator, OutputStream out)
        throws IOException {
      return new ArrowRows(schema, allocator, out);
    }
  };

  /** Writes what stands before the first row. */
  public abstract RowWriter open(Schema schema, BufferAllocator allocator, OutputStream out)
      throws IOException;

  /** Whether people can read it. */
  public boolean isText() {
    return this != ARROW;
  }
}
