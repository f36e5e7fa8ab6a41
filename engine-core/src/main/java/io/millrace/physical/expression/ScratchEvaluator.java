package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import java.util.ArrayList;
import java.util.List;

/**
 * An evaluator that writes its result into a column of its own. It owns the evaluators of its
 * operands and closes them.
 */
abstract class ScratchEvaluator implements Evaluator {
  final BoundExpression expression;
  final EvaluationContext context;
  final Evaluator[] operands;

  /** Written by {@link #compute}; read its addresses again after {@code reserveData}. */
  final ColumnVector result;

  private final Block scratch;
  private final List<ByteBlock> bitmaps = new ArrayList<>();

  ScratchEvaluator(
      BoundExpression expression, List<BoundExpression> operands, EvaluationContext context) {
    this.expression = expression;
    this.context = context;
    this.operands = Evaluators.compileAll(operands, context);
    try {
      this.scratch =
          Block.ofOne(context.allocator(), stored(expression.type()), context.rowCapacity());
      this.result = scratch.column(0);
    } catch (RuntimeException | Error e) {
      Evaluators.closeAll(this.operands);
      throw e;
    }
  }

  /** An untyped NULL has no storage of its own. */
  private static DataType stored(DataType type) {
    return type == DataType.VOID ? DataType.BOOLEAN : type;
  }

  /** A bitmap over the block's rows, for masks; for constructors. It is freed with the scratch. */
  final long newBitmap() {
    try {
      ByteBlock bitmap = new ByteBlock(context.allocator(), result.rowCapacity() >> 3);
      bitmaps.add(bitmap);
      return bitmap.address();
    } catch (RuntimeException | Error e) {
      closeOwn(); // a subclass that is not whole yet cannot close more
      throw e;
    }
  }

  /**
   * Writes rows from..to of {@link #result}: values, offsets of variable-width types, validity bits
   * and {@link ColumnVector#mayHaveNulls}.
   */
  abstract void compute(Block input, RowSelection rows);

  @Override
  public final DataType type() {
    return expression.type();
  }

  @Override
  public final ColumnVector evaluate(Block input, RowSelection rows) {
    assert rows.to() <= result.rowCapacity()
        : rows.to() + " rows in scratch of " + result.rowCapacity();
    compute(input, rows);
    return result;
  }

  /**
   * The error of one row, with the expression and the row's values.
   *
   * @param wayOut what the user can do, for example {@code use try_divide}
   */
  final MillraceException failure(Block input, int row, String reason, String wayOut) {
    return RowFailure.of(expression, input, row, reason, wayOut);
  }

  @Override
  public void close() {
    closeOwn();
  }

  private void closeOwn() {
    Evaluators.closeAll(operands);
    bitmaps.forEach(ByteBlock::close);
    bitmaps.clear();
    scratch.close();
  }
}
