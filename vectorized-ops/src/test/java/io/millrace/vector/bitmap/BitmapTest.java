package io.millrace.vector.bitmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.vector.Shapes;
import io.millrace.vector.Shapes.Shape;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BitmapTest {
  private static final int ROWS = 1088;

  private final BufferAllocator allocator = new RootAllocator();
  private final ByteBlock memory = new ByteBlock(allocator, 3 * ROWS / 8);
  private final ByteBlock positions = new ByteBlock(allocator, 4 * ROWS);
  private final long x = memory.address();
  private final long y = x + ROWS / 8;
  private final long z = y + ROWS / 8;
  private final BitSet left = new BitSet();
  private final BitSet right = new BitSet();

  BitmapTest() {
    Random random = new Random(1);
    for (int row = 0; row < ROWS; row++) {
      left.set(row, random.nextBoolean());
      right.set(row, random.nextInt(4) != 0);
      Bitmap.set(x, row, left.get(row));
      Bitmap.set(y, row, right.get(row));
    }
  }

  @AfterEach
  void everyByteIsGivenBack() {
    memory.close();
    positions.close();
    allocator.close();
  }

  static List<Shape> shapes() {
    return Shapes.all();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void wordsAreCombinedBitByBit(Shape shape) {
    Bitmap.and(x, y, z, shape.from(), shape.to());
    check(shape, row -> left.get(row) && right.get(row));
    Bitmap.or(x, y, z, shape.from(), shape.to());
    check(shape, row -> left.get(row) || right.get(row));
    Bitmap.andNot(x, y, z, shape.from(), shape.to());
    check(shape, row -> left.get(row) && !right.get(row));
    Bitmap.not(x, z, shape.from(), shape.to());
    check(shape, row -> !left.get(row));
    Bitmap.copy(x, z, shape.from(), shape.to());
    check(shape, left::get);
    Bitmap.fill(z, true, shape.from(), shape.to());
    check(shape, row -> true);
    Bitmap.fill(z, false, shape.from(), shape.to());
    check(shape, row -> false);
  }

  private void check(Shape shape, IntPredicate expected) {
    for (int row = shape.from(); row < shape.to(); row++) {
      assertThat(Bitmap.get(z, row)).as("row %s of %s", row, shape).isEqualTo(expected.test(row));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void countsAndSearchesStayInsideTheRange(Shape shape) {
    int from = shape.from();
    int to = shape.to();
    long set = IntStream.range(from, to).filter(left::get).count();
    assertThat(Bitmap.count(x, from, to)).isEqualTo((int) set);
    assertThat(Bitmap.isAllSet(x, from, to)).isEqualTo(set == to - from);
    assertThat(Bitmap.isNoneSet(x, from, to)).isEqualTo(set == 0);
    int next = left.nextSetBit(from);
    assertThat(Bitmap.next(x, from, to)).isEqualTo(next < to ? next : -1);
    assertThat(Bitmap.nextClear(x, from, to)).isEqualTo(Math.min(to, left.nextClearBit(from)));
    Bitmap.fill(z, true, 0, ROWS);
    assertThat(Bitmap.isAllSet(z, from, to)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void positionsAreTheSetBitsInPlainAndVectorLoop(Shape shape) {
    int[] expected = IntStream.range(shape.from(), shape.to()).filter(left::get).toArray();
    int plain = Positions.ofLoop(x, shape.from(), shape.to(), positions.address());
    assertThat(read(plain)).isEqualTo(expected);
    int vector = PositionsVector.of(x, shape.from(), shape.to(), positions.address());
    assertThat(read(vector)).isEqualTo(expected);
  }

  private int[] read(int count) {
    return IntStream.range(0, count)
        .map(i -> Memory.getInt(positions.address() + 4L * i))
        .toArray();
  }

  @Test
  void bitsMoveToAnyOtherPlaceAndLeaveTheirPredecessorsAlone() {
    Random random = new Random(2);
    for (int round = 0; round < 2000; round++) {
      int count = random.nextInt(300);
      int from = random.nextInt(ROWS - count);
      int at = random.nextInt(ROWS - count);
      Bitmap.copy(y, z, 0, ROWS);
      Bitmap.copyBits(x, from, z, at, count);
      for (int row = 0; row < at + count; row++) {
        boolean expected = row < at ? right.get(row) : left.get(from + row - at);
        assertThat(Bitmap.get(z, row))
            .as("%s+%s to %s, row %s", from, count, at, row)
            .isEqualTo(expected);
      }
      Bitmap.copy(y, z, 0, ROWS);
      Bitmap.setBits(z, at, count);
      for (int row = 0; row < ROWS; row++) {
        assertThat(Bitmap.get(z, row)).isEqualTo(row >= at && row < at + count || right.get(row));
      }
    }
  }
}
