package io.millrace.connectors.console;

import io.millrace.spi.RowBatch;
import io.millrace.spi.Sink;
import io.millrace.spi.TableText;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.BlockReader;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Keeps the rows that will be shown, and one more to know that there are more. */
final class ConsoleSink implements Sink {
  private static final String RULE = "-------------------------------------------\n";

  private final Schema schema;
  private final int numRows;
  private final int truncate;
  private final PrintStream out;
  private final List<Row> firstRows = new ArrayList<>();

  ConsoleSink(Schema schema, int numRows, int truncate, PrintStream out) {
    this.schema = schema;
    this.numRows = numRows;
    this.truncate = truncate;
    this.out = out;
  }

  @Override
  public Delivery delivery() {
    return Delivery.AT_LEAST_ONCE;
  }

  @Override
  public String description() {
    return "console[numRows=" + numRows + ", truncate=" + truncate + "]";
  }

  @Override
  public boolean begin(long epoch, int planChecksum) {
    firstRows.clear();
    return true;
  }

  @Override
  public void write(RowBatch rows) {
    long wanted = numRows + 1L - firstRows.size();
    int to = (int) Math.min(rows.to(), rows.from() + wanted);
    for (int row = rows.from(); row < to; row++) {
      firstRows.add(BlockReader.row(rows.block(), row));
    }
  }

  @Override
  public String commit(long epoch) {
    String table = TableText.of(schema, firstRows, numRows, truncate);
    firstRows.clear();
    out.print(RULE + "Batch: " + epoch + "\n" + RULE + table + "\n");
    out.flush();
    return "";
  }

  /** The stream is not the sink's to close. */
  @Override
  public void close() {
    firstRows.clear();
  }
}
