package io.millrace.analysis;

import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.TypeConversions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which types go together without a CAST in the text: Spark's ANSI rules, except that a STRING
 * column never becomes a number or a time by itself. A string literal does.
 */
final class Coercion {
  private final boolean ansi;

  /**
   * @param ansi whether a value that does not convert is an error rather than null
   */
  Coercion(boolean ansi) {
    this.ansi = ansi;
  }

  boolean ansi() {
    return ansi;
  }

  /** The type that values of both types can take. */
  static Optional<DataType> common(DataType a, DataType b) {
    if (a.equals(b) || b == DataType.VOID) {
      return Optional.of(a);
    } else if (a == DataType.VOID) {
      return Optional.of(b);
    } else if (a.isNumeric() && b.isNumeric()) {
      return Optional.of(number(a, b));
    }
    boolean times =
        (a == DataType.DATE || a == DataType.TIMESTAMP)
            && (b == DataType.DATE || b == DataType.TIMESTAMP);
    return times ? Optional.of(DataType.TIMESTAMP) : Optional.empty();
  }

  private static DataType number(DataType a, DataType b) {
    if (a.isFloating() || b.isFloating()) {
      // A FLOAT would lose digits of whole and exact numbers.
      return DataType.DOUBLE;
    } else if (a.isIntegral() && b.isIntegral()) {
      return ((DataType.Simple) a).ordinal() > ((DataType.Simple) b).ordinal() ? a : b;
    }
    return DecimalTypes.common(DecimalTypes.of(a), DecimalTypes.of(b));
  }

  /**
   * The type that all of these can take: literals of strings follow the others, whole literals
   * beside decimals are as narrow as their value.
   */
  static Optional<DataType> common(List<BoundExpression> values) {
    DataType type = DataType.VOID;
    boolean decimals = values.stream().anyMatch(v -> v.type() instanceof DataType.Decimal);
    boolean text = false;
    for (BoundExpression value : values) {
      if (isStringLiteral(value)) {
        text = true;
        continue;
      }
      DataType next = decimals && value.type().isIntegral() ? DecimalTypes.of(value) : value.type();
      Optional<DataType> both = common(type, next);
      if (both.isEmpty()) {
        return both;
      }
      type = both.get();
    }
    return Optional.of(type == DataType.VOID && text ? DataType.STRING : type);
  }

  static boolean isStringLiteral(BoundExpression value) {
    return value instanceof Constant constant && constant.value() instanceof String;
  }

  /** All values in one type, which {@link #common(List)} gave. */
  List<BoundExpression> convertAll(List<BoundExpression> values, DataType type) {
    List<BoundExpression> converted = new ArrayList<>(values.size());
    for (BoundExpression value : values) {
      converted.add(convert(value, type));
    }
    return converted;
  }

  /**
   * The value in another type, for which {@link TypeConversions#isLegal} holds; constants are
   * converted here.
   *
   * @throws AnalysisException if a constant's value does not convert
   */
  BoundExpression convert(BoundExpression value, DataType type) {
    if (value.type().equals(type)) {
      return value;
    }
    if (value instanceof Constant constant) {
      Optional<Constant> converted = ConstantConversion.convert(constant, type);
      if (converted.isPresent()) {
        return converted.get();
      } else if (isStringLiteral(value)) {
        throw new AnalysisException(value.sql() + " is no " + type.sql());
      }
    }
    return cast(value, type, false);
  }

  /** A conversion that the user wrote, left to the kernels also when its value is constant. */
  BoundExpression cast(BoundExpression value, DataType type, boolean safe) {
    boolean mayBeNull =
        value.nullable() || (safe || !ansi) && TypeConversions.mayFail(value.type(), type);
    return value.type().equals(type)
        ? value
        : new BoundExpression.Convert(value, type, safe, mayBeNull);
  }

  /** Whether a value can be given where {@code type} is needed, without a CAST in the text. */
  static boolean accepts(BoundExpression value, DataType type) {
    DataType from = value.type();
    if (from.equals(type) || from == DataType.VOID) {
      return true;
    } else if (value instanceof Constant constant
        && (isStringLiteral(value) || from.isNumeric() && type.isNumeric())) {
      return ConstantConversion.convert(constant, type).isPresent();
    } else if (type == DataType.STRING) {
      return from.isFlat() && from != DataType.BINARY;
    } else if (type == DataType.DATE) {
      return from == DataType.TIMESTAMP;
    }
    return common(from, type).filter(type::equals).isPresent();
  }
}
