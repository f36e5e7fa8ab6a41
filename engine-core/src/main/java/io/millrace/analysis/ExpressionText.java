package io.millrace.analysis;

import io.millrace.plan.Expression;
import io.millrace.plan.Operators;
import java.util.HexFormat;
import java.util.List;

/** Expressions as text: the names of columns without an alias, as Spark gives them, and errors. */
public final class ExpressionText {
  private ExpressionText() {}

  /** The name of a column that is this expression. */
  static String name(Expression expression) {
    return switch (expression) {
      case Expression.Alias alias -> alias.name();
      case Expression.Name name -> name.parts().getLast();
      case Expression.Cast cast when cast.child() instanceof Expression.Name name ->
          name.parts().getLast();
      case Expression.Literal literal when literal.value() instanceof String text -> text;
      case Expression.Call call
          when call.function().equals(WindowStruct.WINDOW)
              || call.function().equals(WindowStruct.SESSION) ->
          call.function();
      default -> of(expression);
    };
  }

  /** The expression without parentheses around the whole. */
  static String outer(Expression expression) {
    String text = of(expression);
    boolean wrapped =
        expression instanceof Expression.Call && text.startsWith("(") && text.endsWith(")");
    return wrapped ? text.substring(1, text.length() - 1) : text;
  }

  public static String of(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> literal(literal.value());
      case Expression.Name name -> String.join(".", name.parts());
      case Expression.Star star ->
          star.qualifier().isEmpty() ? "*" : String.join(".", star.qualifier()) + ".*";
      case Expression.Alias alias -> of(alias.child()) + " AS " + alias.name();
      case Expression.Call call -> call(call);
      case Expression.Cast cast ->
          (cast.safe() ? "TRY_CAST(" : "CAST(")
              + of(cast.child())
              + " AS "
              + cast.type().sql()
              + ")";
      case Expression.Case cases -> cases(cases);
      case Expression.In in -> "(" + of(in.value()) + " IN (" + join(in.options(), ", ") + "))";
      case Expression.WithSchema with -> with.function() + "(" + of(with.child()) + ")";
    };
  }

  private static String cases(Expression.Case cases) {
    StringBuilder text = new StringBuilder("CASE");
    for (Expression.Branch branch : cases.branches()) {
      text.append(" WHEN ").append(of(branch.condition()));
      text.append(" THEN ").append(of(branch.value()));
    }
    if (cases.otherwise().isPresent()) {
      text.append(" ELSE ").append(of(cases.otherwise().get()));
    }
    return text.append(" END").toString();
  }

  private static String call(Expression.Call call) {
    List<Expression> arguments = call.arguments();
    String function = call.function();
    int count = arguments.size();
    return switch (function) {
      case Operators.AND, Operators.OR ->
          "("
              + join(
                  Conjuncts.flatten(call), " " + function.toUpperCase(java.util.Locale.ROOT) + " ")
              + ")";
      case Operators.NOT -> "(NOT " + join(arguments, ", ") + ")";
      case Operators.NEGATE -> "(- " + join(arguments, ", ") + ")";
      case Operators.IS_NULL -> "(" + join(arguments, ", ") + " IS NULL)";
      case Operators.IS_NOT_NULL -> "(" + join(arguments, ", ") + " IS NOT NULL)";
      case Operators.LIKE, Operators.RLIKE ->
          count < 2
              ? function + "(" + join(arguments, ", ") + ")"
              : of(arguments.get(0))
                  + " "
                  + function.toUpperCase(java.util.Locale.ROOT)
                  + " "
                  + join(arguments.subList(1, count), " ESCAPE ");
      case Operators.GET_ITEM -> of(arguments.get(0)) + item(arguments.subList(1, count));
      case "count" -> isEverything(arguments) ? "count(1)" + filter(call) : function(call);
      default ->
          !Character.isLetter(function.charAt(0)) && count == 2
              ? "(" + join(arguments, " " + function + " ") + ")"
              : function(call);
    };
  }

  private static String item(List<Expression> key) {
    return key.getFirst() instanceof Expression.Literal literal
            && literal.value() instanceof String field
        ? "." + field
        : "[" + join(key, ", ") + "]";
  }

  private static boolean isEverything(List<Expression> arguments) {
    return arguments.isEmpty()
        || arguments.size() == 1 && arguments.getFirst() instanceof Expression.Star;
  }

  private static String function(Expression.Call call) {
    return call.function()
        + (call.distinct() ? "(DISTINCT " : "(")
        + join(call.arguments(), ", ")
        + ")"
        + filter(call);
  }

  private static String filter(Expression.Call call) {
    return call.filter().map(filter -> " FILTER (WHERE " + of(filter) + ")").orElse("");
  }

  /** A loop, since a stream would take several frames per level of nesting. */
  private static String join(List<Expression> expressions, String separator) {
    StringBuilder text = new StringBuilder();
    for (Expression expression : expressions) {
      text.append(text.isEmpty() ? "" : separator).append(of(expression));
    }
    return text.toString();
  }

  private static String literal(Object value) {
    return switch (value) {
      case null -> "NULL";
      case String text -> "'" + text.replace("'", "''") + "'";
      case byte[] bytes -> "X'" + HexFormat.of().withUpperCase().formatHex(bytes) + "'";
      case java.math.BigDecimal decimal -> decimal.toPlainString();
      case java.time.LocalDate date -> "DATE '" + date + "'";
      case java.time.Instant instant -> "TIMESTAMP '" + instant + "'";
      case Expression.Interval interval -> interval(interval);
      default -> value.toString();
    };
  }

  private static String interval(Expression.Interval interval) {
    String months = interval.months() == 0 ? "" : interval.months() + " months";
    String rest =
        interval.microseconds() == 0 && interval.months() != 0
            ? ""
            : java.math.BigDecimal.valueOf(interval.microseconds(), 6)
                    .stripTrailingZeros()
                    .toPlainString()
                + " seconds";
    return "INTERVAL '" + (months + " " + rest).strip() + "'";
  }
}
