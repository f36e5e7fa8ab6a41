package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.analysis.ConstantConversion;
import io.millrace.plan.Operators;
import io.millrace.types.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Compares and computes constants as the kernels do. */
final class ConstantMath {
  private ConstantMath() {}

  /** Compares two values of one type; NaN equals itself and is greater than all, -0.0 is 0.0. */
  static int compare(Object a, Object b) {
    return switch (a) {
      case Double left -> Double.compare(left + 0.0, (Double) b + 0.0);
      case Float left -> Float.compare(left + 0.0f, (Float) b + 0.0f);
      case Boolean left -> left.compareTo((Boolean) b);
      case BigDecimal left -> left.compareTo((BigDecimal) b);
      case String left ->
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8));
      case byte[] left -> Arrays.compareUnsigned(left, (byte[]) b);
      default -> Long.compare(((Number) a).longValue(), ((Number) b).longValue());
    };
  }

  /** The comparison's result; empty if the operator is none. */
  static Optional<Boolean> test(String operator, int comparison) {
    return switch (operator) {
      case Operators.EQUAL -> Optional.of(comparison == 0);
      case Operators.NOT_EQUAL -> Optional.of(comparison != 0);
      case Operators.LESS -> Optional.of(comparison < 0);
      case Operators.LESS_OR_EQUAL -> Optional.of(comparison <= 0);
      case Operators.GREATER -> Optional.of(comparison > 0);
      case Operators.GREATER_OR_EQUAL -> Optional.of(comparison >= 0);
      default -> Optional.empty();
    };
  }

  /**
   * The value of an operator on two numbers that are not null; empty if it fails or its rounding is
   * the kernels' affair.
   */
  static Optional<Constant> arithmetic(
      String operator, Constant left, Constant right, DataType type) {
    if (type == DataType.DOUBLE) {
      return Optional.ofNullable(floating(operator, (Double) left.value(), (Double) right.value()))
          .map(value -> new Constant(value, type));
    } else if (type.isIntegral() && left.type().isIntegral() && right.type().isIntegral()) {
      return exact(operator, number(left), number(right), type);
    }
    return Optional.empty();
  }

  private static Double floating(String operator, double a, double b) {
    return switch (operator) {
      case Operators.PLUS -> a + b;
      case Operators.MINUS -> a - b;
      case Operators.MULTIPLY -> a * b;
      case Operators.DIVIDE -> b == 0 ? null : Double.valueOf(a / b);
      case Operators.MOD -> b == 0 ? null : Double.valueOf(a % b);
      default -> null;
    };
  }

  private static Optional<Constant> exact(
      String operator, BigDecimal a, BigDecimal b, DataType type) {
    boolean divides = operator.equals(Operators.MOD) || operator.equals("div");
    if (divides && b.signum() == 0) {
      return Optional.empty();
    }
    BigDecimal value =
        switch (operator) {
          case Operators.PLUS -> a.add(b);
          case Operators.MINUS -> a.subtract(b);
          case Operators.MULTIPLY -> a.multiply(b);
          case Operators.MOD -> a.remainder(b);
          case "div" -> a.divideToIntegralValue(b);
          default -> null;
        };
    return value == null
        ? Optional.empty()
        : ConstantConversion.convert(
            new Constant(value, new DataType.Decimal(DataType.Decimal.MAX_PRECISION, 0)), type);
  }

  static Optional<Constant> negate(Constant constant) {
    return switch (constant.value()) {
      case Double value -> Optional.of(new Constant(-value, constant.type()));
      case Float value -> Optional.of(new Constant(-value, constant.type()));
      case BigDecimal value -> Optional.of(new Constant(value.negate(), constant.type()));
      default -> exact(Operators.MINUS, BigDecimal.ZERO, number(constant), constant.type());
    };
  }

  private static BigDecimal number(Constant constant) {
    return BigDecimal.valueOf(((Number) constant.value()).longValue());
  }
}
