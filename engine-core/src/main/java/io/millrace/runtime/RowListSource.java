package io.millrace.runtime;

import io.millrace.spi.Chunk;
import io.millrace.spi.InputRange;
import io.millrace.spi.RangeReader;
import io.millrace.spi.ReadLimit;
import io.millrace.spi.ReplayableSource;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
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

    /** Whether there will never be more. */
    boolean ended();
  }

  /** A place between two rows, as text {@code batch} or {@code batch+row}. */
  private record Position(int batch, int row) {
    static Position parse(String text) {
      int plus = text.indexOf('+');
      return plus < 0
          ? new Position(Integer.parseInt(text), 0)
          : new Position(
              Integer.parseInt(text.substring(0, plus)),
              Integer.parseInt(text.substring(plus + 1)));
    }

    @Override
    public String toString() {
      return row == 0 ? Integer.toString(batch) : batch + "+" + row;
    }
  }

  private final String description;
  private final int[] columns;
  private final Batches batches;
  private Position planned = new Position(0, 0);
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

          @Override
          public boolean ended() {
            return true;
          }
        });
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public void restore(InputRange range) {
    planned = Position.parse(range.end());
  }

  @Override
  public Optional<InputRange> plan(ReadLimit limit) {
    int available = Math.min(end, batches.count());
    Position start = planned;
    if (start.batch() >= available) {
      return Optional.empty();
    }
    if (limit.everything()) {
      planned = new Position(available, 0);
    } else if (limit.maxRows() == Long.MAX_VALUE) {
      planned = new Position(start.batch() + 1, 0);
    } else {
      planned = after(limit.maxRows(), available);
    }
    return Optional.of(new InputRange(start.toString(), planned.toString(), ""));
  }

  private Position after(long rows, int available) {
    int batch = planned.batch();
    long row = planned.row() + rows;
    while (batch < available && row >= batches.get(batch).size()) {
      row -= batches.get(batch++).size();
    }
    return batch == available ? new Position(available, 0) : new Position(batch, (int) row);
  }

  @Override
  public void fixEnd() {
    end = batches.count();
  }

  @Override
  public long available() {
    long rows = -planned.row();
    for (int i = planned.batch(); i < Math.min(end, batches.count()); i++) {
      rows += batches.get(i).size();
    }
    return rows;
  }

  @Override
  public boolean ended() {
    return end < Integer.MAX_VALUE || batches.ended();
  }

  @Override
  public RangeReader open(InputRange range) {
    Position last = Position.parse(range.end());
    if (last.batch() > batches.count()) {
      throw new MillraceException(
          ErrorCode.DATA,
          description
              + ": the checkpoint's plan reads up to batch "
              + last
              + ", but only "
              + batches.count()
              + " were added; a memory stream does not outlive its session");
    }
    return new Reader(Position.parse(range.start()), last);
  }

  @Override
  public void close() {}

  private final class Reader implements RangeReader {
    private final Position last;
    private int batch;
    private int row;

    Reader(Position first, Position last) {
      this.batch = first.batch();
      this.row = first.row();
      this.last = last;
    }

    @Override
    public boolean read(Chunk chunk) {
      Block block = chunk.block();
      while (batch < last.batch() || batch == last.batch() && row < last.row()) {
        List<Row> rows = batches.get(batch);
        int to = batch < last.batch() ? rows.size() : last.row();
        while (row < to && BlockAppender.append(block, selected(rows.get(row)))) {
          row++;
        }
        if (row < to || batch == last.batch()) {
          break;
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
