package io.millrace.sql;

import io.millrace.types.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads numbers as Spark types them: {@code 1} INT (or as large as it must be), {@code 1.5}
 * DECIMAL, {@code 1e3} DOUBLE, suffixes Y S L F D BD.
 */
final class NumberLiteral {
  private static final Pattern PARTS = Pattern.compile("(\\d*\\.?\\d*(?:[eE][+-]?\\d+)?)(\\w*)");

  private NumberLiteral() {}

  /** The value of the next token, a NUMBER. */
  static Object read(TokenStream tokens, boolean negative) {
    Token token = tokens.take();
    Matcher matcher = PARTS.matcher(token.text());
    if (!matcher.matches()) {
      throw tokens.errorAt(token, token.text() + " is no number");
    }
    String digits = (negative ? "-" : "") + matcher.group(1);
    String suffix = matcher.group(2).toUpperCase(Locale.ROOT);
    try {
      return switch (suffix) {
        case "" -> untyped(digits);
        case "Y" -> new BigInteger(digits).byteValueExact();
        case "S" -> new BigInteger(digits).shortValueExact();
        case "L" -> new BigInteger(digits).longValueExact();
        case "F" -> Float.parseFloat(digits);
        case "D" -> Double.parseDouble(digits);
        case "BD" -> decimal(digits);
        default ->
            throw tokens.errorAt(
                token,
                "unknown suffix "
                    + matcher.group(2)
                    + " of a number; known are Y S L F D BD,"
                    + " and a name that starts with a digit needs `backquotes`");
      };
    } catch (ArithmeticException e) {
      throw tokens.errorAt(token, token.text() + " is out of its type's range");
    } catch (NumberFormatException e) {
      throw tokens.errorAt(token, token.text() + " is no number");
    }
  }

  private static Object untyped(String digits) {
    if (digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0) {
      return Double.valueOf(digits);
    } else if (digits.indexOf('.') >= 0) {
      return decimal(digits);
    }
    BigInteger value = new BigInteger(digits);
    if (value.bitLength() < Integer.SIZE) {
      return value.intValue();
    } else if (value.bitLength() < Long.SIZE) {
      return value.longValue();
    }
    return decimal(digits);
  }

  private static BigDecimal decimal(String digits) {
    BigDecimal value = new BigDecimal(digits);
    long digitsBeforeAndBehind = (long) value.precision() - Math.min(0, value.scale());
    if (Math.max(digitsBeforeAndBehind, value.scale()) > DataType.Decimal.MAX_PRECISION) {
      throw new ArithmeticException(digits);
    }
    return value.scale() < 0 ? value.setScale(0) : value;
  }
}
