package io.millrace.physical;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.hash.KeyHash;
import java.util.ArrayList;
import java.util.List;

/**
 * The last stage before rows change to the threads that own their keys: adds the hash of what
 * places a group and the row's number, counted from {@link #restart}, and hands the rows on.
 */
public final class ExchangeStage implements Stage {
  static final int EXTRA_COLUMNS = 2;

  private final int[] placing;
  private final PipelineContext context;
  private final Block hashes;
  private final Block numbers;
  private final Block output;
  private final Stage next;
  private long firstNumber;

  /**
   * @param input of the rows
   * @param placing indexes of the keys among them that say which thread keeps a group
   */
  ExchangeStage(Schema input, int[] placing, PipelineContext context, Stage next) {
    this.placing = placing;
    this.context = context;
    this.next = next;
    int rows = context.evaluation().rowCapacity();
    this.output = Block.view(schema(input), rows);
    this.hashes = Block.ofOne(context.evaluation().allocator(), DataType.BIGINT, rows);
    try {
      this.numbers = Block.ofOne(context.evaluation().allocator(), DataType.BIGINT, rows);
    } catch (RuntimeException | Error e) {
      hashes.close();
      throw e;
    }
  }

  /** The columns that come out: the input's, hash and number. */
  static Schema schema(Schema input) {
    List<Field> fields = new ArrayList<>(input.fields());
    fields.add(new Field("$hash", DataType.BIGINT, false));
    fields.add(new Field("$number", DataType.BIGINT, false));
    return new Schema(fields);
  }

  /** Numbers count from 0 again. */
  void restart() {
    firstNumber = context.rowNumbers().next();
  }

  /** How many numbers were used since {@link #restart}. */
  long numbersUsed() {
    return context.rowNumbers().next() - firstNumber;
  }

  @Override
  public void process(Block block, RowSelection rows) {
    ColumnVector hash = hashes.column(0);
    KeyHash.start(hash.data(), rows.from(), rows.to());
    for (int key : placing) {
      KeyHash.add(block.column(key), rows.from(), rows.to(), hash.data());
    }
    ColumnVector number = numbers.column(0);
    long first = context.rowNumbers().current() - firstNumber;
    for (int row = rows.from(); row < rows.to(); row++) {
      Memory.putLong(number.data() + 8L * row, first + row);
    }
    hash.setAllValid(rows.to());
    number.setAllValid(rows.to());
    for (int i = 0; i < block.columnCount(); i++) {
      output.show(i, block.column(i));
    }
    output.show(block.columnCount(), hash);
    output.show(block.columnCount() + 1, number);
    output.rowCount(rows.to());
    next.process(output, rows);
  }

  @Override
  public void endOfBatch(long watermarkUs) {
    next.endOfBatch(watermarkUs);
  }

  @Override
  public void close() {
    hashes.close();
    numbers.close();
  }
}
