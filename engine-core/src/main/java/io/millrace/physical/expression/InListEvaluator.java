package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.plan.Operators;
import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.filter.InSet;
import java.util.ArrayList;
import java.util.List;

/** IN with constants: true if one is equal; else null if the value or an option is null. */
final class InListEvaluator extends StrictEvaluator {
  /** Up to here comparing with each option is cheaper than hashing. */
  private static final int COMPARED = 8;

  private final Block options;
  private final InSet set;
  private final boolean hasNull;

  private InListEvaluator(BoundExpression.InList in, Block options, EvaluationContext context) {
    super(in, List.of(in.value()), context);
    this.options = options;
    this.set = new InSet(options.column(0), in.options().size());
    this.hasNull = in.hasNull();
  }

  static Evaluator create(BoundExpression.InList in, EvaluationContext context) {
    int count = in.options().size();
    if (count > 0 && count <= COMPARED && in.value() instanceof BoundExpression.Input) {
      return Evaluators.compile(comparisons(in), context);
    }
    return createSet(in, context);
  }

  /** {@code x = a OR x = b ...}, which is what IN means. */
  private static BoundExpression comparisons(BoundExpression.InList in) {
    List<BoundExpression> equals = new ArrayList<>();
    for (BoundExpression.Constant option : in.options()) {
      equals.add(equal(in, option));
    }
    if (in.hasNull()) {
      equals.add(equal(in, new BoundExpression.Constant(null, in.value().type())));
    }
    return equals.size() == 1
        ? equals.getFirst()
        : new BoundExpression.Apply(Operators.OR, equals, DataType.BOOLEAN, in.nullable());
  }

  private static BoundExpression equal(BoundExpression.InList in, BoundExpression.Constant option) {
    return new BoundExpression.Apply(
        Operators.EQUAL, List.of(in.value(), option), DataType.BOOLEAN, in.nullable());
  }

  private static Evaluator createSet(BoundExpression.InList in, EvaluationContext context) {
    DataType type = in.value().type();
    Block options = Block.ofOne(context.allocator(), type, Math.max(1, in.options().size()));
    try {
      for (int i = 0; i < in.options().size(); i++) {
        Cell.put(options.column(0), i, in.options().get(i).value());
      }
      return new InListEvaluator(in, options, context);
    } catch (RuntimeException | Error e) {
      options.close();
      throw e;
    }
  }

  @Override
  void compute(Block input, ColumnVector[] arguments, RowSelection rows) {
    int from = rows.from();
    int to = rows.to();
    set.contains(arguments[0], from, to, rows.mask(), result.data());
    if (hasNull) {
      Bitmap.and(result.validity(), result.data(), result.validity(), from, to);
      result.mayHaveNulls(true);
    }
  }

  @Override
  public void close() {
    super.close();
    options.close();
  }
}
