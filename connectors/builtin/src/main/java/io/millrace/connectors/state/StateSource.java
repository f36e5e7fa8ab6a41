package io.millrace.connectors.state;

import io.millrace.spi.Chunk;
import io.millrace.spi.InputRange;
import io.millrace.spi.RangeReader;
import io.millrace.spi.ReadLimit;
import io.millrace.spi.ReplayableSource;
import io.millrace.state.table.KeyedRows;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** One range with all rows. */
final class StateSource implements ReplayableSource {
  private static final InputRange ALL = new InputRange("0", "1", "");

  private final StateOptions options;
  private final int[] columns;
  private final BufferAllocator allocator;
  private boolean planned;

  /**
   * @param columns indexes of the state's columns that blocks have
   */
  StateSource(StateOptions options, int[] columns, BufferAllocator allocator) {
    this.options = options;
    this.columns = columns;
    this.allocator = allocator;
  }

  @Override
  public String description() {
    return "state[" + options.path() + ", operator=" + options.number() + "]";
  }

  @Override
  public void restore(InputRange range) {
    planned = true;
  }

  @Override
  public Optional<InputRange> plan(ReadLimit limit) {
    Optional<InputRange> range = planned ? Optional.empty() : Optional.of(ALL);
    planned = true;
    return range;
  }

  @Override
  public void fixEnd() {}

  @Override
  public boolean ended() {
    return true;
  }

  @Override
  public RangeReader open(InputRange range) {
    return new Reader(options.reader().rows(options.number(), allocator));
  }

  @Override
  public void close() {}

  private final class Reader implements RangeReader {
    private final KeyedRows rows;
    private int next;

    Reader(KeyedRows rows) {
      this.rows = rows;
    }

    @Override
    public boolean read(Chunk chunk) {
      chunk.block().clear();
      next = rows.copy(next, columns, chunk.block());
      return chunk.block().rowCount() > 0;
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
