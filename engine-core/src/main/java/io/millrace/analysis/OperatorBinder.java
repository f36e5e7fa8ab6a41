package io.millrace.analysis;

import io.millrace.plan.Operators;
import io.millrace.types.DataType;
import java.util.ArrayList;
import java.util.List;

/** Types of comparisons, arithmetic and tests for null. */
final class OperatorBinder {
  private OperatorBinder() {}

  /** The operator applied to arguments; null if it is none. */
  static BoundExpression bind(CallSite site, String operator, List<BoundExpression> arguments) {
    return switch (operator) {
      case Operators.EQUAL,
          Operators.NOT_EQUAL,
          Operators.LESS,
          Operators.LESS_OR_EQUAL,
          Operators.GREATER,
          Operators.GREATER_OR_EQUAL,
          Operators.NULL_SAFE_EQUAL -> {
        site.requireCount(arguments, 2, 2);
        yield comparison(site, operator, arguments);
      }
      case Operators.BETWEEN -> {
        site.requireCount(arguments, 3, 3);
        yield comparison(site, operator, arguments);
      }
      case Operators.NOT -> {
        site.requireCount(arguments, 1, 1);
        BoundExpression operand = site.bool(arguments.getFirst(), "NOT");
        yield site.apply(operator, DataType.BOOLEAN, operand.nullable(), operand);
      }
      case Operators.IS_NULL, Operators.IS_NOT_NULL -> {
        site.requireCount(arguments, 1, 1);
        yield site.apply(operator, DataType.BOOLEAN, false, typed(arguments.getFirst()));
      }
      case Operators.PLUS, Operators.MINUS, Operators.MULTIPLY, Operators.MOD -> {
        site.requireCount(arguments, 2, 2);
        yield arithmetic(site, operator, arguments);
      }
      case Operators.DIVIDE, "try_divide" -> {
        site.requireCount(arguments, 2, 2);
        yield division(site, operator, arguments);
      }
      case "div" -> {
        site.requireCount(arguments, 2, 2);
        yield wholeDivision(site, arguments);
      }
      case Operators.NEGATE -> {
        site.requireCount(arguments, 1, 1);
        BoundExpression operand = number(site, operator, arguments.getFirst(), DataType.DOUBLE);
        yield site.apply(operator, operand.type(), mayBeNull(site, arguments), operand);
      }
      default -> null;
    };
  }

  private static BoundExpression comparison(
      CallSite site, String operator, List<BoundExpression> arguments) {
    List<BoundExpression> operands =
        site.unify(arguments, operator).stream().map(OperatorBinder::typed).toList();
    boolean nullable =
        !operator.equals(Operators.NULL_SAFE_EQUAL) && CallSite.anyNullable(operands);
    return new BoundExpression.Apply(operator, operands, DataType.BOOLEAN, nullable);
  }

  /** An untyped NULL gets a type for which there are kernels. */
  static BoundExpression typed(BoundExpression value) {
    return value.type() == DataType.VOID
        ? new BoundExpression.Constant(null, DataType.BOOLEAN)
        : value;
  }

  private static BoundExpression arithmetic(
      CallSite site, String operator, List<BoundExpression> arguments) {
    List<BoundExpression> operands = numbers(site, operator, arguments);
    BoundExpression left = operands.get(0);
    BoundExpression right = operands.get(1);
    if (left.type() instanceof DataType.Decimal a && right.type() instanceof DataType.Decimal b) {
      return new BoundExpression.Apply(
          operator, operands, DecimalTypes.result(operator, a, b), mayBeNull(site, operands));
    }
    boolean exact = left.type().isFloating() && !operator.equals(Operators.MOD);
    boolean nullable = exact ? CallSite.anyNullable(operands) : mayBeNull(site, operands);
    return new BoundExpression.Apply(operator, operands, left.type(), nullable);
  }

  private static BoundExpression division(
      CallSite site, String operator, List<BoundExpression> arguments) {
    List<BoundExpression> operands = numbers(site, operator, arguments);
    boolean nullable = operator.equals("try_divide") || mayBeNull(site, operands);
    if (operands.get(0).type() instanceof DataType.Decimal a
        && operands.get(1).type() instanceof DataType.Decimal b) {
      DataType type = DecimalTypes.result(Operators.DIVIDE, a, b);
      return new BoundExpression.Apply(operator, operands, type, nullable);
    }
    return new BoundExpression.Apply(
        operator, site.convertAll(operands, DataType.DOUBLE), DataType.DOUBLE, nullable);
  }

  private static BoundExpression wholeDivision(CallSite site, List<BoundExpression> arguments) {
    for (BoundExpression argument : arguments) {
      if (!Coercion.accepts(argument, DataType.BIGINT)) {
        throw site.needs(argument, "DIV", "a whole number", DataType.BIGINT);
      }
    }
    List<BoundExpression> operands = site.convertAll(arguments, DataType.BIGINT);
    return new BoundExpression.Apply("div", operands, DataType.BIGINT, mayBeNull(site, operands));
  }

  /** Both operands as numbers of one type; decimals keep their own precision and scale. */
  private static List<BoundExpression> numbers(
      CallSite site, String operator, List<BoundExpression> arguments) {
    BoundExpression first = arguments.get(0);
    BoundExpression second = arguments.get(1);
    List<BoundExpression> operands =
        List.of(
            number(site, operator, first, second.type()),
            number(site, operator, second, first.type()));
    DataType common = Coercion.common(operands).orElseThrow();
    if (!(common instanceof DataType.Decimal)) {
      return site.convertAll(operands, common);
    }
    List<BoundExpression> decimals = new ArrayList<>();
    for (BoundExpression operand : operands) {
      decimals.add(site.coercion().convert(operand, DecimalTypes.of(operand)));
    }
    return decimals;
  }

  /** A number, a literal that is one in the other operand's type, or NULL of that type. */
  private static BoundExpression number(
      CallSite site, String operator, BoundExpression argument, DataType other) {
    if (argument.type().isNumeric()) {
      return argument;
    }
    DataType wanted = other.isNumeric() ? other : DataType.DOUBLE;
    if (argument.type() == DataType.VOID || Coercion.isStringLiteral(argument)) {
      return site.convertAll(List.of(argument), wanted).getFirst();
    }
    throw site.needs(argument, operator.equals("negate") ? "-" : operator, "a number", wanted);
  }

  /** Whether an operator that can overflow or divide by zero may give null. */
  private static boolean mayBeNull(CallSite site, List<BoundExpression> operands) {
    return CallSite.anyNullable(operands) || !site.coercion().ansi();
  }
}
