package io.millrace.analysis;

import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.plan.TimeLiteral;
import io.millrace.types.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** Converts constants as CAST would. */
public final class ConstantConversion {
  private static final long DAY_US = 86_400_000_000L;

  private static final int MAX_DIGITS = 100;

  private ConstantConversion() {}

  /**
   * The constant in another type; empty if its value does not convert, or the conversion is one
   * that only the kernels know.
   */
  public static Optional<Constant> convert(Constant constant, DataType type) {
    if (constant.value() == null || constant.type().equals(type)) {
      return Optional.of(new Constant(constant.value(), type));
    }
    try {
      return Optional.ofNullable(value(constant, type)).map(value -> new Constant(value, type));
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Microseconds since 1970. */
  public static long microseconds(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  private static Object value(Constant constant, DataType type) {
    Object value = constant.value();
    if (value instanceof String text) {
      return ofText(text.strip(), type);
    } else if (constant.type().isNumeric()) {
      return type == DataType.STRING ? text(value) : ofNumber((Number) value, type);
    } else if (constant.type() == DataType.DATE) {
      long day = (Integer) value;
      return type == DataType.TIMESTAMP
          ? (Object) Math.multiplyExact(day, DAY_US)
          : type == DataType.STRING ? LocalDate.ofEpochDay(day).toString() : null;
    } else if (constant.type() == DataType.TIMESTAMP && type == DataType.DATE) {
      return Math.toIntExact(Math.floorDiv((Long) value, DAY_US));
    } else if (value instanceof Boolean bool) {
      return type == DataType.STRING
          ? bool.toString()
          : type.isNumeric() ? ofNumber(bool ? 1 : 0, type) : null;
    }
    return null;
  }

  /** Exact numbers only: how a floating point number is written is the kernels' affair. */
  private static String text(Object number) {
    if (number instanceof Double || number instanceof Float) {
      return null;
    }
    return number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString();
  }

  private static Object ofText(String text, DataType type) {
    if (type == DataType.TIMESTAMP) {
      return TimeLiteral.timestamp(text).map(ConstantConversion::microseconds).orElse(null);
    } else if (type == DataType.DATE) {
      return TimeLiteral.date(text).map(date -> Math.toIntExact(date.toEpochDay())).orElse(null);
    } else if (type == DataType.BOOLEAN) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "t", "true", "y", "yes", "1" -> true;
        case "f", "false", "n", "no", "0" -> false;
        default -> null;
      };
    } else if (type.isIntegral()) {
      return exact(new BigInteger(text), type);
    } else if (type instanceof DataType.Decimal decimal) {
      BigDecimal value = new BigDecimal(text);
      // Far outside, where changing the scale would write down all the zeros.
      boolean huge = Math.abs((long) value.precision() - value.scale()) > MAX_DIGITS;
      return huge ? null : scaled(value, decimal);
    } else if (type.isFloating() && !text.isEmpty()) {
      String number = floatingText(text);
      return type == DataType.DOUBLE ? (Object) Double.valueOf(number) : Float.valueOf(number);
    }
    return null;
  }

  /** The text as Java reads it; Java's type suffixes are no part of a number. */
  private static String floatingText(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> "NaN";
      case "infinity", "+infinity", "inf", "+inf" -> "Infinity";
      case "-infinity", "-inf" -> "-Infinity";
      default -> {
        if (Character.isLetter(text.charAt(text.length() - 1))) {
          throw new NumberFormatException(text);
        }
        yield text;
      }
    };
  }

  private static Object ofNumber(Number value, DataType type) {
    boolean floating = value instanceof Double || value instanceof Float;
    if (floating && !Double.isFinite(value.doubleValue()) && !type.isFloating()) {
      return null;
    } else if (type == DataType.DOUBLE) {
      return value.doubleValue();
    } else if (type == DataType.FLOAT) {
      return value.floatValue();
    } else if (type.isIntegral()) {
      return exact(exactNumber(value).toBigInteger(), type);
    } else if (type instanceof DataType.Decimal decimal) {
      return floating ? null : scaled(exactNumber(value), decimal);
    } else if (type == DataType.BOOLEAN) {
      return value.doubleValue() != 0;
    }
    return null;
  }

  private static BigDecimal exactNumber(Number value) {
    return switch (value) {
      case BigDecimal decimal -> decimal;
      case Double floating -> new BigDecimal(floating);
      case Float floating -> new BigDecimal(floating);
      default -> BigDecimal.valueOf(value.longValue());
    };
  }

  private static Object exact(BigInteger value, DataType type) {
    return switch ((DataType.Simple) type) {
      case TINYINT -> value.byteValueExact();
      case SMALLINT -> value.shortValueExact();
      case INT -> value.intValueExact();
      case BIGINT -> value.longValueExact();
      case BOOLEAN, FLOAT, DOUBLE, STRING, BINARY, DATE, TIMESTAMP, VOID ->
          throw new AssertionError(type);
    };
  }

  private static BigDecimal scaled(BigDecimal value, DataType.Decimal type) {
    BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
    return scaled.precision() > type.precision() ? null : scaled;
  }
}
