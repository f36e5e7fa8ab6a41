package io.millrace.physical.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Branch;
import io.millrace.analysis.BoundExpression.Case;
import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.analysis.BoundExpression.Input;
import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Schema;
import io.millrace.vector.RandomBatches;
import io.millrace.vector.RandomBatches.Nulls;
import io.millrace.vector.Shapes;
import io.millrace.vector.Shapes.Shape;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluatorsTest {
  private static final int ROWS = 1088;
  private static final Schema SCHEMA =
      Schema.parse(
          "flag BOOLEAN, tiny TINYINT, small SMALLINT, number INT, big BIGINT, big2 BIGINT NOT NULL,"
              + " f FLOAT, d DOUBLE, d2 DOUBLE NOT NULL, price DECIMAL(10,2), wide DECIMAL(38,6),"
              + " name STRING, name2 STRING NOT NULL, raw BINARY, day DATE, ts TIMESTAMP");

  private static final BoundExpression X = new Input(0, "x", DataType.INT, true);
  private static final BoundExpression QUOTIENT = call("div", DataType.INT, constant(10), X);

  private final BufferAllocator allocator = new RootAllocator();
  private final ByteBlock mask = new ByteBlock(allocator, ROWS / 8);
  private final RowSelection rows = new RowSelection();

  @AfterEach
  void everyByteIsGivenBack() {
    mask.close();
    allocator.close();
  }

  private EvaluationContext context(boolean ansi) {
    return new EvaluationContext(allocator, ROWS, ansi);
  }

  @ParameterizedTest
  @EnumSource(Nulls.class)
  void randomExpressionsMeanWhatTheInterpreterSays(Nulls nulls) {
    RandomBatches random = new RandomBatches(21);
    RandomExpressions expressions = new RandomExpressions(SCHEMA, random);
    List<Shape> shapes = Shapes.all();
    int failures = 0;
    for (int i = 0; i < 250; i++) {
      boolean ansi = i % 3 == 0;
      BoundExpression expression = expressions.next(expressions.anyType(), 3);
      int count = i % 5 == 0 ? 1025 : 70;
      try (Block block = random.block(allocator, SCHEMA, count, nulls);
          Evaluator evaluator = Evaluators.compile(expression, context(ansi))) {
        for (int j = 0; j < 3; j++) {
          Shape shape = shapes.get(random.random().nextInt(shapes.size()));
          if (shape.to() <= count) {
            failures += check(expression, evaluator, block, shape, ansi, random.toString()) ? 0 : 1;
          }
        }
      }
    }
    assertThat(failures).as("expressions that fail").isPositive();
  }

  /** Whether the rows can be computed at all. */
  private boolean check(
      BoundExpression expression,
      Evaluator evaluator,
      Block block,
      Shape shape,
      boolean ansi,
      String replay) {
    Interpreter interpreter = new Interpreter(ansi);
    Object[] expected = new Object[shape.to()];
    boolean fails = false;
    Bitmap.fill(mask.address(), false, 0, ROWS);
    for (int row = shape.from(); row < shape.to(); row++) {
      if (shape.isSelected(row)) {
        Bitmap.set(mask.address(), row, true);
        try {
          expected[row] = interpreter.evaluate(expression, block, row);
        } catch (Interpreter.Failure e) {
          fails = true;
        }
      }
    }
    boolean all = shape.mask() == Shapes.Mask.ALL;
    rows.set(shape.from(), shape.to(), all ? RowSelection.ALL : mask.address());
    String what = expression.sql() + " over " + shape + "; " + replay;
    if (fails) {
      assertThatThrownBy(() -> evaluator.evaluate(block, rows))
          .as(what)
          .isInstanceOf(MillraceException.class)
          .extracting(e -> ((MillraceException) e).code())
          .isEqualTo(ErrorCode.DATA);
      return false;
    }
    ColumnVector result = evaluator.evaluate(block, rows);
    for (int row = shape.from(); row < shape.to(); row++) {
      if (shape.isSelected(row)) {
        Object actual = Cell.get(result, row);
        if (!same(expected[row], actual)) {
          assertThat(actual).as("row %s of %s", row, what).isEqualTo(expected[row]);
        }
        assertThat(result.mayHaveNulls() || !result.isNull(row)).as(what).isTrue();
      }
    }
    return true;
  }

  /** Equal, with both zeros the same: which of two equal values greatest gives is left open. */
  private static boolean same(Object x, Object y) {
    return Objects.deepEquals(x, y)
        || x != null && y != null && x.getClass() == y.getClass() && Interpreter.order(x, y) == 0;
  }

  private static BoundExpression call(String function, DataType type, BoundExpression... operands) {
    return new Apply(function, List.of(operands), type, true);
  }

  private static BoundExpression constant(int value) {
    return new Constant(value, DataType.INT);
  }

  private Block numbers(Integer... values) {
    Block block = Block.allocate(allocator, Schema.parse("x INT"), 64);
    for (int row = 0; row < values.length; row++) {
      Cell.put(block.column(0), row, values[row]);
      if (values[row] != null) {
        block.column(0).setValid(row);
      } else {
        block.column(0).mayHaveNulls(true);
      }
    }
    block.rowCount(values.length);
    return block;
  }

  @Test
  void aConditionProtectsTheDivisionBehindIt() {
    BoundExpression condition =
        call(
            "and",
            DataType.BOOLEAN,
            call("<>", DataType.BOOLEAN, X, constant(0)),
            call(">", DataType.BOOLEAN, QUOTIENT, constant(2)));
    try (Block block = numbers(0, 1, 5, null, 0);
        FilterEvaluator filter = new FilterEvaluator(condition, context(true))) {
      assertThat(filter.evaluate(block, rows.set(0, 5, RowSelection.ALL))).isEqualTo(1);
      assertThat(Bitmap.next(filter.selection(), 0, 5)).isEqualTo(1);
    }
  }

  @Test
  void aBranchIsOnlyAskedAboutItsOwnRows() {
    BoundExpression guarded =
        new Case(
            List.of(new Branch(call("<>", DataType.BOOLEAN, X, constant(0)), QUOTIENT)),
            Optional.empty(),
            DataType.INT,
            true);
    try (Block block = numbers(0, 1, 5, null, 0);
        Evaluator evaluator = Evaluators.compile(guarded, context(true))) {
      ColumnVector result = evaluator.evaluate(block, rows.set(0, 5, RowSelection.ALL));
      Object[] values = new Object[5];
      for (int row = 0; row < 5; row++) {
        values[row] = Cell.get(result, row);
      }
      assertThat(values).containsExactly(null, 10, 2, null, null);
    }
  }

  @Test
  void aDivisionByZeroNamesExpressionAndRowAndTheWayOut() {
    try (Block block = numbers(1, 2, 0);
        Evaluator evaluator = Evaluators.compile(QUOTIENT, context(true))) {
      assertThatThrownBy(() -> evaluator.evaluate(block, rows.set(0, 3, RowSelection.ALL)))
          .hasMessage(
              "div(10, x): division by zero in a row with x = 0; use try_divide or a CASE, or set"
                  + " millrace.ansi=false to get NULL");
    }
  }

  @Test
  void anOverflowNamesTheTypeThatIsTooSmall() {
    BoundExpression sum = call("+", DataType.INT, X, constant(1));
    try (Block block = numbers(1, Integer.MAX_VALUE);
        Evaluator evaluator = Evaluators.compile(sum, context(true))) {
      assertThatThrownBy(() -> evaluator.evaluate(block, rows.set(0, 2, RowSelection.ALL)))
          .hasMessage(
              "(x + 1): the result does not fit INT in a row with x = 2147483647; CAST an operand"
                  + " to a wider type, or set millrace.ansi=false to get NULL");
      assertThat(Cell.get(evaluator.evaluate(block, rows.set(0, 1, RowSelection.ALL)), 0))
          .isEqualTo(2);
    }
  }

  @Test
  void aFilterKeepsOnlyRowsThatAreTrueAndAskedFor() {
    BoundExpression condition = call(">", DataType.BOOLEAN, X, constant(2));
    try (Block block = numbers(1, 3, null, 4, 5);
        FilterEvaluator filter = new FilterEvaluator(condition, context(true))) {
      assertThat(filter.evaluate(block, rows.set(0, 5, RowSelection.ALL))).isEqualTo(3);
      assertThat(filter.evaluate(block, rows.set(2, 4, RowSelection.ALL))).isEqualTo(1);
      Bitmap.fill(mask.address(), false, 0, 64);
      Bitmap.set(mask.address(), 1, true);
      Bitmap.set(mask.address(), 2, true);
      assertThat(filter.evaluate(block, rows.set(0, 5, mask.address()))).isEqualTo(1);
      assertThat(filter.evaluate(block, rows.set(5, 5, RowSelection.ALL))).isZero();
    }
  }

  @Test
  void aFunctionNobodyKnowsIsRefusedAndNothingLeaks() {
    BoundExpression wrong =
        call("+", DataType.INT, X, call("conjure", DataType.INT, constant(1), constant(2)));
    assertThatThrownBy(() -> Evaluators.compile(wrong, context(true)))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("conjure");
  }

  @Test
  void closingTwiceIsClosingOnce() {
    Evaluator evaluator =
        Evaluators.compile(
            call(
                "and",
                DataType.BOOLEAN,
                call("isnull", DataType.BOOLEAN, X),
                new Constant(true, DataType.BOOLEAN)),
            context(true));
    evaluator.close();
    evaluator.close();
    assertThat(allocator.getAllocatedMemory())
        .isEqualTo(mask.capacity() + (long) ByteBlock.PADDING);
  }
}
