package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.analysis.BoundExpression.Convert;
import io.millrace.analysis.ConstantConversion;
import io.millrace.types.DataType;
import java.util.List;
import java.util.Optional;

/**
 * {@code CAST(small AS BIGINT) > 5L} becomes {@code small > 5}: converting the constant once
 * instead of every row, where widening keeps the order and the constant fits the narrow type.
 */
final class NarrowComparisons implements ExpressionRule {
  @Override
  public BoundExpression apply(BoundExpression expression) {
    if (expression instanceof Apply apply
        && Comparisons.contains(apply.function())
        && apply.arguments().get(0) instanceof Convert convert
        && apply.arguments().get(1) instanceof Constant constant
        && constant.value() != null
        && isWidening(convert.child().type(), convert.type())) {
      return narrow(constant, convert.child().type())
          .<BoundExpression>map(
              narrow ->
                  new Apply(
                      apply.function(),
                      List.of(convert.child(), narrow),
                      apply.type(),
                      convert.child().nullable()))
          .orElse(expression);
    }
    return expression;
  }

  private static boolean isWidening(DataType from, DataType to) {
    return from.isIntegral()
            && to.isIntegral()
            && ((DataType.Simple) from).ordinal() < ((DataType.Simple) to).ordinal()
        || from == DataType.FLOAT && to == DataType.DOUBLE;
  }

  /** The constant in the narrow type; empty if it is another value there. */
  private static Optional<Constant> narrow(Constant constant, DataType type) {
    return ConstantConversion.convert(constant, type)
        .filter(
            narrow ->
                ConstantConversion.convert(narrow, constant.type())
                    .filter(back -> back.value().equals(constant.value()))
                    .isPresent());
  }
}
