package io.millrace.analysis;

import io.millrace.plan.Expression;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.TypeConversions;
import java.util.List;

/**
 * A call that is being resolved: where it stands, for errors in the user's words.
 *
 * @param clause the operator it belongs to: {@code filter}, {@code select}
 */
record CallSite(Expression expression, String clause, Coercion coercion) {

  /** The error {@code filter price > 10: message}. */
  AnalysisException error(String message) {
    return new AnalysisException(clause + " " + ExpressionText.outer(expression) + ": " + message);
  }

  /** The error for an argument of the wrong type, with the CAST that may mend it. */
  AnalysisException needs(BoundExpression argument, String function, String what, DataType type) {
    return error(
        describe(argument)
            + " is "
            + argument.type().sql()
            + ", "
            + function
            + " needs "
            + what
            + tryCast(argument, type));
  }

  static String tryCast(BoundExpression argument, DataType type) {
    boolean helps =
        !(argument instanceof BoundExpression.Constant)
            && argument.type().isFlat()
            && TypeConversions.isLegal(argument.type(), type);
    return helps ? "; try CAST(" + argument.sql() + " AS " + type.sql() + ")" : "";
  }

  static String describe(BoundExpression argument) {
    return (argument instanceof BoundExpression.Input ? "column " : "") + argument.sql();
  }

  /** The argument as a condition: BOOLEAN, NULL, or 'true' and 'false'. */
  BoundExpression bool(BoundExpression argument, String function) {
    if (!Coercion.accepts(argument, DataType.BOOLEAN)) {
      throw needs(argument, function, "BOOLEAN", DataType.BOOLEAN);
    }
    return coercion.convert(argument, DataType.BOOLEAN);
  }

  /** All arguments in their common type. */
  List<BoundExpression> unify(List<BoundExpression> arguments, String function) {
    DataType type = Coercion.common(arguments).orElseThrow(() -> mismatch(arguments, function));
    if (!type.isFlat()) {
      throw Unsupported.nested(arguments.getFirst().sql(), type);
    }
    return convertAll(arguments, type);
  }

  List<BoundExpression> convertAll(List<BoundExpression> arguments, DataType type) {
    try {
      return coercion.convertAll(arguments, type);
    } catch (AnalysisException e) {
      throw error(e.getMessage());
    }
  }

  /** The error for the first two arguments that have no common type. */
  private AnalysisException mismatch(List<BoundExpression> arguments, String function) {
    for (BoundExpression a : arguments) {
      for (BoundExpression b : arguments) {
        boolean fits =
            Coercion.isStringLiteral(a)
                || Coercion.isStringLiteral(b)
                || Coercion.common(a.type(), b.type()).isPresent();
        if (!fits) {
          return a.type() == DataType.STRING ? mismatch(b, a, function) : mismatch(a, b, function);
        }
      }
    }
    throw new AssertionError("there is a common type");
  }

  private AnalysisException mismatch(BoundExpression a, BoundExpression b, String function) {
    if (b.type() == DataType.STRING && a.type().isNumeric()) {
      boolean literal =
          a instanceof BoundExpression.Constant && !(a.type() instanceof DataType.Decimal);
      return needs(b, function, "a number", literal ? DataType.DOUBLE : a.type());
    } else if (b.type() == DataType.STRING) {
      return needs(b, function, a.type().sql(), a.type());
    }
    String cast = tryCast(a, b.type());
    return error(
        describe(a)
            + " is "
            + a.type().sql()
            + " and "
            + describe(b)
            + " is "
            + b.type().sql()
            + ", "
            + function
            + " needs values of one type"
            + (cast.isEmpty() ? tryCast(b, a.type()) : cast));
  }

  BoundExpression apply(
      String function, DataType type, boolean nullable, BoundExpression... arguments) {
    return new BoundExpression.Apply(function, List.of(arguments), type, nullable);
  }

  static boolean anyNullable(List<BoundExpression> arguments) {
    return arguments.stream().anyMatch(BoundExpression::nullable);
  }

  static boolean allNullable(List<BoundExpression> arguments) {
    return arguments.stream().allMatch(BoundExpression::nullable);
  }

  /** A constant whole number argument. */
  int constantInt(BoundExpression argument, String what) {
    BoundExpression converted =
        Coercion.accepts(argument, DataType.INT)
            ? coercion.convert(argument, DataType.INT)
            : argument;
    if (converted instanceof BoundExpression.Constant constant
        && constant.value() instanceof Integer value) {
      return value;
    } else if (converted instanceof BoundExpression.Apply negated
        && negated.function().equals("negate")) {
      return -constantInt(negated.arguments().getFirst(), what);
    }
    throw error(what + " must be a constant whole number, not " + argument.sql());
  }

  void requireCount(List<?> arguments, int least, int most) {
    if (arguments.size() < least || arguments.size() > most) {
      String needed =
          least == most
              ? String.valueOf(least)
              : most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
      throw error("it needs " + needed + " arguments, " + arguments.size() + " were given");
    }
  }
}
