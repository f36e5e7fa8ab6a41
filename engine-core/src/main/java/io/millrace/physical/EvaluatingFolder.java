package io.millrace.physical;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.optimizer.ConstantFolder;
import io.millrace.physical.expression.EvaluationContext;
import io.millrace.physical.expression.Evaluator;
import io.millrace.physical.expression.Evaluators;
import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockReader;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** Folds constants by the kernels that would compute them per row: one row, one evaluator. */
public final class EvaluatingFolder implements ConstantFolder {
  private static final int ONE_ROW = 1;

  private final BufferAllocator allocator;
  private final boolean ansi;

  public EvaluatingFolder(BufferAllocator allocator, boolean ansi) {
    this.allocator = allocator;
    this.ansi = ansi;
  }

  @Override
  public Optional<BoundExpression.Constant> fold(BoundExpression expression) {
    if (!expression.type().isFlat() || expression.type() == DataType.VOID) {
      return Optional.empty();
    }
    EvaluationContext context = new EvaluationContext(allocator, ONE_ROW, ansi);
    Block noColumns = Block.view(new Schema(List.of()), ONE_ROW);
    try (Evaluator evaluator = Evaluators.compile(expression, context)) {
      RowSelection row = new RowSelection().set(0, ONE_ROW, RowSelection.ALL);
      ColumnVector column = evaluator.evaluate(noColumns, row);
      return Optional.of(new BoundExpression.Constant(value(column), expression.type()));
    } catch (MillraceException e) {
      if (e.code() == ErrorCode.RESOURCES) {
        throw e; // else the plan would depend on how much memory there is
      }
      return Optional
          .empty(); // it fails at run time, for the rows that reach it, with its own message
    }
  }

  private static Object value(ColumnVector column) {
    if (column.mayHaveNulls() && column.isNull(0)) {
      return null;
    } else if (column.type() == DataType.TIMESTAMP) {
      return Memory.getLong(column.data());
    } else if (column.type() == DataType.DATE) {
      return Memory.getInt(column.data());
    }
    return BlockReader.value(column, 0);
  }
}
