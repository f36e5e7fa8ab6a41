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
      case BoundExpression.Field field -> of(field.struct()) + "." + field.name();
      case BoundExpression.Constant constant -> constant(constant);
      case BoundExpression.Apply apply ->
          apply.function().equals(StructFunctions.NAMED_STRUCT)
              ? struct((DataType.Struct) apply.type(), apply.arguments())
              : apply(apply.function(), apply.arguments());
      case BoundExpression.Convert convert ->
          (convert.safe() ? "TRY_CAST(" : "CAST(")
              + of(convert.child())
              + " AS "
              + convert.type().sql()
              + ")";
      case BoundExpression.Case cases -> cases(cases);
      case BoundExpression.InList in ->
          of(in.value())
              + in.options().stream()
                  .map(BoundExpressionText::constant)
                  .collect(Collectors.joining(", ", " IN (", in.hasNull() ? ", NULL)" : ")"));
    };
  }

  private static String struct(DataType.Struct type, List<BoundExpression> values) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "struct(" : ", ");
      text.append(of(values.get(i))).append(" AS ").append(type.fields().field(i).name());
    }
    return text.append(')').toString();
  }

  private static String cases(BoundExpression.Case cases) {
    StringBuilder text = new StringBuilder("CASE");
    for (BoundExpression.Branch branch : cases.branches()) {
      text.append(" WHEN ").append(of(branch.condition()));
      text.append(" THEN ").append(of(branch.value()));
    }
    if (cases.otherwise().isPresent()) {
      text.append(" ELSE ").append(of(cases.otherwise().get()));
    }
    return text.append(" END").toString();
  }

  /** A loop, since a stream would take several frames per level of nesting. */
  private static String join(List<BoundExpression> expressions, String separator) {
    StringBuilder text = new StringBuilder();
    for (BoundExpression expression : expressions) {
      text.append(text.isEmpty() ? "" : separator).append(of(expression));
    }
    return text.toString();
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
      return "(" + join(arguments, " " + operator + " ") + ")";
    }
    return switch (function) {
      case "not" -> "(NOT " + of(arguments.getFirst()) + ")";
      case "negate" -> "(- " + of(arguments.getFirst()) + ")";
      case "isnull" -> "(" + of(arguments.getFirst()) + " IS NULL)";
      case "isnotnull" -> "(" + of(arguments.getFirst()) + " IS NOT NULL)";
      default -> function + "(" + join(arguments, ", ") + ")";
    };
  }
}
