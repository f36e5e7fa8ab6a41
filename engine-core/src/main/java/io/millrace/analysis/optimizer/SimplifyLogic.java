package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.plan.Operators;
import io.millrace.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * AND, OR and NOT, three-valued. An operand is only asked about rows that the operands before it
 * have left open, so what stands behind a constant that decides can go; what stands before it stays
 * if it may fail.
 */
final class SimplifyLogic implements ExpressionRule {
  @Override
  public BoundExpression apply(BoundExpression expression) {
    if (!(expression instanceof Apply apply)) {
      return expression;
    }
    return switch (apply.function()) {
      case Operators.AND -> chain(apply, false);
      case Operators.OR -> chain(apply, true);
      case Operators.NOT -> not(apply, apply.arguments().getFirst());
      default -> expression;
    };
  }

  /**
   * @param decider the constant that decides: false for AND, true for OR
   */
  private static BoundExpression chain(Apply apply, boolean decider) {
    List<BoundExpression> kept = new ArrayList<>();
    boolean decided = false;
    for (BoundExpression operand : flatten(apply)) {
      if (isConstant(operand, !decider) || kept.contains(operand)) {
        continue;
      }
      kept.add(operand);
      if (isConstant(operand, decider)) {
        decided = true;
        break;
      }
    }
    if (kept.isEmpty()) {
      return FoldConstants.bool(!decider);
    } else if (decided && kept.stream().noneMatch(Failures::possible)) {
      return FoldConstants.bool(decider);
    } else if (kept.size() == 1) {
      return kept.getFirst();
    }
    boolean nullable = kept.stream().anyMatch(BoundExpression::nullable);
    return new Apply(apply.function(), kept, DataType.BOOLEAN, nullable);
  }

  private static List<BoundExpression> flatten(Apply apply) {
    List<BoundExpression> operands = new ArrayList<>();
    for (BoundExpression operand : apply.arguments()) {
      if (operand instanceof Apply inner && inner.function().equals(apply.function())) {
        operands.addAll(inner.arguments());
      } else {
        operands.add(operand);
      }
    }
    return operands;
  }

  private static boolean isConstant(BoundExpression expression, boolean value) {
    return expression instanceof Constant constant
        && constant.value() instanceof Boolean bool
        && bool == value;
  }

  private static BoundExpression not(Apply whole, BoundExpression operand) {
    if (operand instanceof Constant constant) {
      return FoldConstants.bool(constant.value() == null ? null : !(Boolean) constant.value());
    } else if (!(operand instanceof Apply inner)) {
      return whole;
    } else if (inner.function().equals(Operators.NOT)) {
      return inner.arguments().getFirst();
    } else {
      Optional<String> inverse =
          switch (inner.function()) {
            case Operators.IS_NULL -> Optional.of(Operators.IS_NOT_NULL);
            case Operators.IS_NOT_NULL -> Optional.of(Operators.IS_NULL);
            default -> Comparisons.inverse(inner.function());
          };
      return inverse
          .<BoundExpression>map(
              operator ->
                  new Apply(operator, inner.arguments(), DataType.BOOLEAN, inner.nullable()))
          .orElse(whole);
    }
  }
}
