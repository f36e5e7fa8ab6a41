package io.millrace.state.table;

import io.millrace.state.snapshot.OperatorState;
import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.gather.Gather;
import io.millrace.vector.hash.KeyHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The rows of one operator by their key, of which the last one counts. Open addressing over row
 * numbers; a row that is replaced stays where it is until all is closed.
 */
public final class KeyedRows implements AutoCloseable {
  private static final int BLOCK_ROWS = 8192;
  private static final int FREE = -1;

  private final BufferAllocator allocator;
  private final OperatorState operator;
  private final List<Block> blocks = new ArrayList<>();
  private final ByteBlock hashes;
  private int rowCount;
  private int used;
  private int liveCount;

  /** Per place the number of a row, or {@link #FREE}. */
  private int[] places = empty(1024);

  /** Per row its hash, and whether it is the last of its key. */
  private long[] rowHashes = new long[BLOCK_ROWS];

  private boolean[] live = new boolean[BLOCK_ROWS];

  KeyedRows(BufferAllocator allocator, OperatorState operator) {
    this.allocator = allocator;
    this.operator = operator;
    this.hashes = new ByteBlock(allocator, 8 * BLOCK_ROWS);
  }

  private static int[] empty(int size) {
    int[] places = new int[size];
    Arrays.fill(places, FREE);
    return places;
  }

  void upsert(Block rows) {
    hash(rows);
    for (int row = 0; row < rows.rowCount(); row++) {
      long hash = Memory.getLong(hashes.address() + 8L * row);
      int place = place(hash, rows, row);
      if (places[place] == FREE) {
        used++;
      } else {
        drop(places[place]);
      }
      places[place] = append(rows, row, hash);
      if (2 * used > places.length) {
        grow();
      }
    }
  }

  /** The place stays taken, by a row that does not count. */
  void remove(Block keys) {
    hash(keys);
    for (int row = 0; row < keys.rowCount(); row++) {
      int place = place(Memory.getLong(hashes.address() + 8L * row), keys, row);
      if (places[place] != FREE) {
        drop(places[place]);
      }
    }
  }

  private void drop(int number) {
    liveCount -= live[number] ? 1 : 0;
    live[number] = false;
  }

  /** Takes away what is over at a watermark. */
  void removeOver(long watermarkUs) {
    for (int number = 0; number < rowCount; number++) {
      if (operator.isOver(blocks.get(number / BLOCK_ROWS), number % BLOCK_ROWS, watermarkUs)) {
        drop(number);
      }
    }
  }

  private void hash(Block rows) {
    hashes.reserve(8L * rows.rowCount());
    KeyHash.start(hashes.address(), 0, rows.rowCount());
    for (int i = 0; i < operator.keyColumns(); i++) {
      KeyHash.add(rows.column(i), 0, rows.rowCount(), hashes.address());
    }
  }

  private int place(long hash, Block rows, int row) {
    int mask = places.length - 1;
    int place = (int) (hash ^ hash >>> 32) & mask;
    while (places[place] != FREE
        && !(rowHashes[places[place]] == hash && isSameKey(places[place], rows, row))) {
      place = place + 1 & mask;
    }
    return place;
  }

  private boolean isSameKey(int number, Block rows, int row) {
    Block block = blocks.get(number / BLOCK_ROWS);
    for (int i = 0; i < operator.keyColumns(); i++) {
      if (!isEqual(block.column(i), number % BLOCK_ROWS, rows.column(i), row)) {
        return false;
      }
    }
    return true;
  }

  /** Null equals null, NaN equals NaN, and both zeros are equal. */
  private static boolean isEqual(ColumnVector left, int row, ColumnVector right, int other) {
    if (left.isNull(row) || right.isNull(other)) {
      return left.isNull(row) && right.isNull(other);
    }
    DataType type = left.type();
    if (type == DataType.DOUBLE) {
      return KeyHash.bits(Memory.getDouble(left.data() + 8L * row))
          == KeyHash.bits(Memory.getDouble(right.data() + 8L * other));
    }
    if (type == DataType.FLOAT) {
      return KeyHash.bits(Memory.getFloat(left.data() + 4L * row))
          == KeyHash.bits(Memory.getFloat(right.data() + 4L * other));
    }
    if (type == DataType.BOOLEAN) {
      return Bitmap.get(left.data(), row) == Bitmap.get(right.data(), other);
    }
    if (type.isVariableWidth()) {
      return left.length(row) == right.length(other)
          && sameBytes(
              left.data() + left.offset(row), right.data() + right.offset(other), left.length(row));
    }
    int width = ColumnVector.width(type);
    return sameBytes(left.data() + (long) row * width, right.data() + (long) other * width, width);
  }

  private static boolean sameBytes(long left, long right, int length) {
    for (int i = 0; i < length; i++) {
      if (Memory.getByte(left + i) != Memory.getByte(right + i)) {
        return false;
      }
    }
    return true;
  }

  private int append(Block rows, int row, long hash) {
    int at = rowCount % BLOCK_ROWS;
    if (at == 0) {
      blocks.add(Block.allocate(allocator, operator.schema(), BLOCK_ROWS));
    }
    if (rowCount == live.length) {
      live = Arrays.copyOf(live, 2 * rowCount);
      rowHashes = Arrays.copyOf(rowHashes, 2 * rowCount);
    }
    Block block = blocks.getLast();
    for (int i = 0; i < block.columnCount(); i++) {
      Gather.range(rows.column(i), row, row + 1, block.column(i), at);
    }
    block.rowCount(at + 1);
    live[rowCount] = true;
    liveCount++;
    rowHashes[rowCount] = hash;
    return rowCount++;
  }

  private void grow() {
    int[] old = places;
    places = empty(2 * old.length);
    int mask = places.length - 1;
    for (int number : old) {
      if (number != FREE) {
        long hash = rowHashes[number];
        int place = (int) (hash ^ hash >>> 32) & mask;
        while (places[place] != FREE) {
          place = place + 1 & mask;
        }
        places[place] = number;
      }
    }
  }

  /** Whose rows they are. */
  public OperatorState operator() {
    return operator;
  }

  /** How many rows count. */
  public int size() {
    return liveCount;
  }

  /**
   * Copies rows that count into an empty block, in the order in which they came, until it is full.
   *
   * @param from 0, then what the call before returned
   * @param columns indexes of the columns that the block has, in its order
   * @return where to go on; at the end the block stays empty
   */
  public int copy(int from, int[] columns, Block into) {
    int number = nextLive(from);
    while (number < rowCount && into.rowCount() < into.rowCapacity()) {
      int end = endOfRun(number, into.rowCapacity() - into.rowCount());
      Block block = blocks.get(number / BLOCK_ROWS);
      int row = number % BLOCK_ROWS;
      for (int i = 0; i < columns.length; i++) {
        Gather.range(
            block.column(columns[i]), row, row + end - number, into.column(i), into.rowCount());
      }
      into.rowCount(into.rowCount() + end - number);
      number = nextLive(end);
    }
    return number;
  }

  private int nextLive(int from) {
    int number = from;
    while (number < rowCount && !live[number]) {
      number++;
    }
    return number;
  }

  /** Behind the rows in one block that all count, of which there are at most so many. */
  private int endOfRun(int from, int limit) {
    int end = Math.min(Math.min(rowCount, (from / BLOCK_ROWS + 1) * BLOCK_ROWS), from + limit);
    int number = from;
    while (number < end && live[number]) {
      number++;
    }
    return number;
  }

  @Override
  public void close() {
    blocks.forEach(Block::close);
    hashes.close();
  }
}
