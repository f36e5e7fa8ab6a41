package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.analysis.BoundExpression.Convert;
import io.millrace.analysis.BoundExpression.InList;
import io.millrace.analysis.BoundTree;
import io.millrace.analysis.ConstantConversion;
import io.millrace.plan.Operators;
import io.millrace.types.DataType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Computes what depends on constants only. What would fail stays as it is and fails when a row
 * needs it.
 */
final class FoldConstants implements ExpressionRule {
  /** Operators that {@link SimplifyLogic} and {@link SimplifyChoices} know better. */
  private static final Set<String> LOGIC =
      Set.of(Operators.AND, Operators.OR, Operators.NOT, "coalesce");

  private final ConstantFolder folder;

  FoldConstants(ConstantFolder folder) {
    this.folder = folder;
  }

  @Override
  public BoundExpression apply(BoundExpression expression) {
    List<BoundExpression> children = BoundTree.children(expression);
    boolean constant =
        !children.isEmpty()
            && children.stream().allMatch(child -> child instanceof Constant)
            && !(expression instanceof BoundExpression.Case)
            && !(expression instanceof Apply apply && LOGIC.contains(apply.function()));
    if (!constant) {
      return expression;
    }
    return fold(expression, children.stream().map(child -> (Constant) child).toList())
        .or(() -> folder.fold(expression))
        .filter(folded -> folded.type().equals(expression.type()))
        .map(folded -> (BoundExpression) folded)
        .orElse(expression);
  }

  private static Optional<Constant> fold(BoundExpression expression, List<Constant> operands) {
    Constant first = operands.getFirst();
    return switch (expression) {
      case Convert convert -> ConstantConversion.convert(first, convert.type());
      case InList in -> Optional.of(in(in, first));
      case Apply apply -> apply(apply, operands);
      case BoundExpression.Case ignored -> Optional.empty();
      case BoundExpression.Input ignored -> Optional.empty();
      case BoundExpression.Field ignored -> Optional.empty();
      case Constant ignored -> Optional.empty();
    };
  }

  private static Constant in(InList in, Constant value) {
    if (value.value() == null) {
      return bool(null);
    }
    for (Constant option : in.options()) {
      if (ConstantMath.compare(value.value(), option.value()) == 0) {
        return bool(true);
      }
    }
    return bool(in.hasNull() ? null : false);
  }

  private static Optional<Constant> apply(Apply apply, List<Constant> operands) {
    Constant first = operands.getFirst();
    boolean anyNull = operands.stream().anyMatch(operand -> operand.value() == null);
    return switch (apply.function()) {
      case Operators.IS_NULL -> Optional.of(bool(anyNull));
      case Operators.IS_NOT_NULL -> Optional.of(bool(!anyNull));
      case Operators.NULL_SAFE_EQUAL -> Optional.of(bool(same(first, operands.get(1))));
      case Operators.NEGATE ->
          anyNull ? Optional.of(new Constant(null, apply.type())) : ConstantMath.negate(first);
      case Operators.EQUAL,
          Operators.NOT_EQUAL,
          Operators.LESS,
          Operators.LESS_OR_EQUAL,
          Operators.GREATER,
          Operators.GREATER_OR_EQUAL ->
          anyNull
              ? Optional.of(bool(null))
              : ConstantMath.test(
                      apply.function(),
                      ConstantMath.compare(first.value(), operands.get(1).value()))
                  .map(FoldConstants::bool);
      case Operators.PLUS,
          Operators.MINUS,
          Operators.MULTIPLY,
          Operators.DIVIDE,
          Operators.MOD,
          "div" ->
          anyNull
              ? Optional.of(new Constant(null, apply.type()))
              : ConstantMath.arithmetic(apply.function(), first, operands.get(1), apply.type());
      default -> Optional.empty();
    };
  }

  private static boolean same(Constant a, Constant b) {
    return a.value() == null || b.value() == null
        ? a.value() == null && b.value() == null
        : ConstantMath.compare(a.value(), b.value()) == 0;
  }

  static Constant bool(Boolean value) {
    return new Constant(value, DataType.BOOLEAN);
  }
}
