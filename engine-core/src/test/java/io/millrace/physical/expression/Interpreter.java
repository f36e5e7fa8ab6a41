package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.Cell;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The meaning of bound expressions, one row at a time and on Java objects: what evaluators are
 * compared with. Operands are only looked at as far as they decide.
 */
final class Interpreter {
  /** A row that cannot be computed. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final boolean ansi;

  Interpreter(boolean ansi) {
    this.ansi = ansi;
  }

  /** The value, or null; as {@link Cell} has it. */
  Object evaluate(BoundExpression expression, Block block, int row) {
    return switch (expression) {
      case BoundExpression.Input input -> Cell.get(block.column(input.index()), row);
      case BoundExpression.Constant constant -> constant.value();
      case BoundExpression.Apply apply -> apply(apply, block, row);
      case BoundExpression.Field field ->
          throw new IllegalArgumentException(field.sql() + " is not interpreted");
      case BoundExpression.Convert convert ->
          throw new IllegalArgumentException(convert.sql() + " is not interpreted");
      case BoundExpression.Case cases -> {
        for (BoundExpression.Branch branch : cases.branches()) {
          if (Boolean.TRUE.equals(evaluate(branch.condition(), block, row))) {
            yield evaluate(branch.value(), block, row);
          }
        }
        yield cases.otherwise().isPresent() ? evaluate(cases.otherwise().get(), block, row) : null;
      }
      case BoundExpression.InList in -> {
        Object value = evaluate(in.value(), block, row);
        if (value == null) {
          yield null;
        }
        boolean found = in.options().stream().anyMatch(option -> order(value, option.value()) == 0);
        yield found ? (Boolean) true : in.hasNull() ? null : (Boolean) false;
      }
    };
  }

  private Object apply(BoundExpression.Apply call, Block block, int row) {
    List<BoundExpression> arguments = call.arguments();
    switch (call.function()) {
      case "and", "or" -> {
        boolean deciding = call.function().equals("or");
        boolean nulls = false;
        for (BoundExpression argument : arguments) {
          Object value = evaluate(argument, block, row);
          if (value == null) {
            nulls = true;
          } else if ((Boolean) value == deciding) {
            return deciding;
          }
        }
        return nulls ? null : (Boolean) !deciding;
      }
      case "between" -> {
        Object value = evaluate(arguments.get(0), block, row);
        Object low = evaluate(arguments.get(1), block, row);
        Object above = value == null || low == null ? null : order(value, low) >= 0;
        if (Boolean.FALSE.equals(above)) {
          return false;
        }
        Object high = evaluate(arguments.get(2), block, row);
        Object below = value == null || high == null ? null : order(value, high) <= 0;
        return Boolean.FALSE.equals(below) ? below : above == null ? null : below;
      }
      case "coalesce" -> {
        for (BoundExpression argument : arguments) {
          Object value = evaluate(argument, block, row);
          if (value != null) {
            return value;
          }
        }
        return null;
      }
      case "if" -> {
        boolean condition = Boolean.TRUE.equals(evaluate(arguments.get(0), block, row));
        return evaluate(arguments.get(condition ? 1 : 2), block, row);
      }
      default -> {
        Object[] values =
            arguments.stream().map(argument -> evaluate(argument, block, row)).toArray();
        return eager(call, values);
      }
    }
  }

  private Object eager(BoundExpression.Apply call, Object[] values) {
    switch (call.function()) {
      case "isnull" -> {
        return values[0] == null;
      }
      case "isnotnull" -> {
        return values[0] != null;
      }
      case "isnan" -> {
        return values[0] != null && Double.isNaN(((Number) values[0]).doubleValue());
      }
      case "<=>" -> {
        return values[0] == null || values[1] == null
            ? values[0] == values[1]
            : order(values[0], values[1]) == 0;
      }
      case "nullif" -> {
        boolean equal = values[0] != null && values[1] != null && order(values[0], values[1]) == 0;
        return equal ? null : values[0];
      }
      case "greatest", "least" -> {
        int sign = call.function().equals("greatest") ? 1 : -1;
        Object best = null;
        for (Object value : values) {
          if (value != null && (best == null || sign * order(value, best) > 0)) {
            best = value;
          }
        }
        return best;
      }
      default -> {
        for (Object value : values) {
          if (value == null) {
            return null;
          }
        }
        return strict(call, values);
      }
    }
  }

  private Object strict(BoundExpression.Apply call, Object[] values) {
    Object x = values[0];
    Object y = values[values.length - 1];
    return switch (call.function()) {
      case "not" -> !(Boolean) x;
      case "=" -> order(x, y) == 0;
      case "<>" -> order(x, y) != 0;
      case "<" -> order(x, y) < 0;
      case "<=" -> order(x, y) <= 0;
      case ">" -> order(x, y) > 0;
      case ">=" -> order(x, y) >= 0;
      case "sqrt" -> Math.sqrt((Double) x);
      case "exp" -> StrictMath.exp((Double) x);
      case "pow" -> StrictMath.pow((Double) x, (Double) y);
      case "ln" -> (Double) x <= 0 ? null : (Object) StrictMath.log((Double) x);
      case "floor" -> (long) Math.floor((Double) x);
      case "ceil" -> (long) Math.ceil((Double) x);
      default -> number(call, x, y);
    };
  }

  private Object number(BoundExpression.Apply call, Object x, Object y) {
    boolean safe = !ansi || call.function().startsWith("try_");
    Object value =
        x instanceof Double a
            ? doubles(call.function(), a, y)
            : x instanceof Float a
                ? floats(call.function(), a, y)
                : exact(call.function(), decimal(x), decimal(y), call.type());
    if (value == null && !safe) {
      throw new Failure();
    }
    return value;
  }

  private static Object doubles(String function, double x, Object y) {
    return switch (function) {
      case "+", "try_add" -> x + (Double) y;
      case "-", "try_subtract" -> x - (Double) y;
      case "*", "try_multiply" -> x * (Double) y;
      case "/", "try_divide" -> (Double) y == 0 ? null : (Object) (x / (Double) y);
      case "%" -> (Double) y == 0 ? null : (Object) (x % (Double) y);
      case "negate" -> -x;
      case "abs" -> Math.abs(x);
      case "round" ->
          Double.isNaN(x) || Double.isInfinite(x)
              ? x
              : BigDecimal.valueOf(x).setScale((Integer) y, RoundingMode.HALF_UP).doubleValue();
      default -> throw new IllegalArgumentException(function);
    };
  }

  private static Object floats(String function, float x, Object y) {
    return switch (function) {
      case "+", "try_add" -> x + (Float) y;
      case "-", "try_subtract" -> x - (Float) y;
      case "*", "try_multiply" -> x * (Float) y;
      case "/", "try_divide" -> (Float) y == 0 ? null : (Object) (x / (Float) y);
      case "%" -> (Float) y == 0 ? null : (Object) (x % (Float) y);
      case "negate" -> -x;
      case "abs" -> Math.abs(x);
      case "round" -> ((Double) doubles(function, x, y)).floatValue();
      default -> throw new IllegalArgumentException(function);
    };
  }

  private static BigDecimal decimal(Object value) {
    return value instanceof BigDecimal number
        ? number
        : BigDecimal.valueOf(((Number) value).longValue());
  }

  /** Null if it does not fit the type or divides by zero. */
  private static Object exact(String function, BigDecimal x, BigDecimal y, DataType type) {
    int scale = type instanceof DataType.Decimal decimal ? decimal.scale() : 0;
    RoundingMode mode = type instanceof DataType.Decimal ? RoundingMode.HALF_UP : RoundingMode.DOWN;
    BigDecimal value =
        switch (function) {
          case "+", "try_add" -> x.add(y);
          case "-", "try_subtract" -> x.subtract(y);
          case "*", "try_multiply" -> x.multiply(y);
          case "/", "div", "try_divide" -> y.signum() == 0 ? null : x.divide(y, scale, mode);
          case "%" -> y.signum() == 0 ? null : x.remainder(y);
          case "negate" -> x.negate();
          case "abs" -> x.abs();
          case "round" -> x.setScale(Math.min(x.scale(), y.intValue()), RoundingMode.HALF_UP);
          default -> throw new IllegalArgumentException(function);
        };
    if (value == null) {
      return null;
    }
    if (type instanceof DataType.Decimal decimal) {
      BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
      return rounded.precision() > decimal.precision() ? null : rounded;
    }
    BigInteger integer = value.toBigIntegerExact();
    if (type == DataType.TINYINT) {
      return integer.bitLength() < 8 ? (Object) integer.byteValue() : null;
    } else if (type == DataType.SMALLINT) {
      return integer.bitLength() < 16 ? (Object) integer.shortValue() : null;
    } else if (type == DataType.INT) {
      return integer.bitLength() < 32 ? (Object) integer.intValue() : null;
    }
    return integer.bitLength() < 64 ? (Object) integer.longValue() : null;
  }

  @SuppressWarnings("unchecked")
  static int order(Object x, Object y) {
    if (x instanceof byte[] bytes) {
      return Arrays.compareUnsigned(bytes, (byte[]) y);
    } else if (x instanceof String text) {
      return Arrays.compareUnsigned(
          text.getBytes(StandardCharsets.UTF_8), ((String) y).getBytes(StandardCharsets.UTF_8));
    } else if (x instanceof Double number) {
      return Double.compare(number + 0.0, (Double) y + 0.0);
    } else if (x instanceof Float number) {
      return Float.compare(number + 0.0f, (Float) y + 0.0f);
    }
    return ((Comparable<Object>) x).compareTo(y);
  }
}
