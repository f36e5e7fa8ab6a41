package io.millrace.runtime;

import io.millrace.spi.Chunk;
import io.millrace.spi.DecoderFactory;
import io.millrace.spi.InputRange;
import io.millrace.spi.RangeReader;
import io.millrace.spi.ReadLimit;
import io.millrace.spi.ReplayableSource;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockAppender;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Batches of rows on the heap: a static frame's rows as one batch, or what was added to a memory
 * stream.
 */
final class RowListSource implements ReplayableSource {
  /** The batches there are; it only grows. */
  interface Batches {
    int count();

    List<Row> get(int index);
  }

  private final String description;
  private final int[] columns;
  private final Batches batches;
  private int planned;
  private int end = Integer.MAX_VALUE;

  /**
   * @param columns indexes of the rows' values that are read, in the order of the chunks' columns
   */
  RowListSource(String description, int[] columns, Batches batches) {
    this.description = description;
    this.columns = columns;
    this.batches = batches;
  }

  /** One batch, given by value. */
  static RowListSource of(Schema schema, List<Row> rows) {
    return new RowListSource(
        "LocalRows",
        IntStream.range(0, schema.size()).toArray(),
        new Batches() {
          @Override
          public int count() {
            return 1;
          }

          @Override
          public List<Row> get(int index) {
            return rows;
          }
        });
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public void restore(InputRange range) {
    planned = Integer.parseInt(range.end());
  }

  @Override
  public Optional<InputRange> plan(ReadLimit limit) {
    int available = Math.min(end, batches.count());
    if (planned >= available) {
      return Optional.empty();
    }
    int start = planned;
    planned = limit.everything() ? available : start + 1;
    return Optional.of(new InputRange(Integer.toString(start), Integer.toString(planned), ""));
  }

  @Override
  public void fixEnd() {
    end = batches.count();
  }

  @Override
  public long available() {
    long rows = 0;
    for (int i = planned; i < Math.min(end, batches.count()); i++) {
      rows += batches.get(i).size();
    }
    return rows;
  }

  @Override
  public RangeReader open(InputRange range) {
    return new Reader(Integer.parseInt(range.start()), Integer.parseInt(range.end()));
  }

  @Override
  public void acknowledge(InputRange range) {}

  @Override
  public Optional<DecoderFactory> decoder() {
    return Optional.empty();
  }

  @Override
  public void close() {}

  private final class Reader implements RangeReader {
    private final int last;
    private int batch;
    private int row;

    Reader(int first, int last) {
      this.batch = first;
      this.last = last;
    }

    @Override
    public boolean read(Chunk chunk) {
      Block block = chunk.block();
      while (batch < last) {
        List<Row> rows = batches.get(batch);
        while (row < rows.size() && BlockAppender.append(block, selected(rows.get(row)))) {
          row++;
        }
        if (row < rows.size()) {
          return true;
        }
        row = 0;
        batch++;
      }
      return block.rowCount() > 0;
    }

    private Row selected(Row whole) {
      Object[] values = new Object[columns.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = whole.get(columns[i]);
      }
      return Row.of(values);
    }

    @Override
    public void close() {}
  }
}
