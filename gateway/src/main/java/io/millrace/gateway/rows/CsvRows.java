package io.millrace.gateway.rows;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rows as CSV in UTF-8, behind a line of names. */
final class CsvRows implements RowWriter {
  private final OutputStream out;

  CsvRows(Schema schema, OutputStream out) throws IOException {
    this.out = out;
    line(schema.names());
  }

  @Override
  public void write(Block rows) throws IOException {
    for (int i = 0; i < rows.rowCount(); i++) {
      Row row = BlockReader.row(rows, i);
      line(row.values());
    }
  }

  private void line(List<?> values) throws IOException {
    out.write(CsvText.line(values).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}
}
