package io.millrace.analysis;

import io.millrace.types.DataType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** Gives a bound expression back as SQL text. */
final class BoundExpressionText {
  private BoundExpressionText() {}

  static String of(BoundExpression expression) {
    return switch (expression) {
      case BoundExpression.Input input -> input.name();
      case BoundExpression.Constant constant -> constant(constant);
      case BoundExpression.Apply apply -> apply(apply.function(), apply.arguments());
      case BoundExpression.Convert convert ->
          (convert.safe() ? "TRY_CAST(" : "CAST(")
              + of(convert.child())
              + " AS "
              + convert.type().sql()
              + ")";
      case BoundExpression.Case cases ->
          cases.branches().stream()
                  .map(branch -> " WHEN " + of(branch.condition()) + " THEN " + of(branch.value()))
                  .collect(Collectors.joining("", "CASE", ""))
              + cases.otherwise().map(value -> " ELSE " + of(value)).orElse("")
              + " END";
      case BoundExpression.InList in ->
          of(in.value())
              + in.options().stream()
                  .map(BoundExpressionText::constant)
                  .collect(Collectors.joining(", ", " IN (", in.hasNull() ? ", NULL)" : ")"));
    };
  }

  private static String constant(BoundExpression.Constant constant) {
    Object value = constant.value();
    if (value == null) {
      return "NULL";
    } else if (constant.type() == DataType.TIMESTAMP) {
      long us = (Long) value;
      return "TIMESTAMP '"
          + Instant.ofEpochSecond(
              Math.floorDiv(us, 1_000_000L), Math.floorMod(us, 1_000_000L) * 1_000L)
          + "'";
    } else if (constant.type() == DataType.DATE) {
      return "DATE '" + LocalDate.ofEpochDay((Integer) value) + "'";
    } else if (value instanceof String text) {
      return "'" + text.replace("'", "''") + "'";
    } else if (value instanceof byte[] bytes) {
      return "X'" + java.util.HexFormat.of().formatHex(bytes) + "'";
    }
    return value.toString();
  }

  private static String apply(String function, List<BoundExpression> arguments) {
    boolean symbol =
        !Character.isLetter(function.charAt(0)) || function.equals("and") || function.equals("or");
    if (symbol && arguments.size() >= 2) {
      String operator =
          symbol && Character.isLetter(function.charAt(0))
              ? function.toUpperCase(java.util.Locale.ROOT)
              : function;
      return arguments.stream()
          .map(BoundExpressionText::of)
          .collect(Collectors.joining(" " + operator + " ", "(", ")"));
    }
    return switch (function) {
      case "not" -> "(NOT " + of(arguments.getFirst()) + ")";
      case "negate" -> "(- " + of(arguments.getFirst()) + ")";
      case "isnull" -> "(" + of(arguments.getFirst()) + " IS NULL)";
      case "isnotnull" -> "(" + of(arguments.getFirst()) + " IS NOT NULL)";
      default ->
          arguments.stream()
              .map(BoundExpressionText::of)
              .collect(Collectors.joining(", ", function + "(", ")"));
    };
  }
}
