package io.millrace.sql;

import io.millrace.plan.Expression;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Expressions in prefix form, so that a test shows how a text was grouped. */
final class Prefix {
  private Prefix() {}

  static String of(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> literal(literal.value());
      case Expression.Name name -> String.join(".", name.parts());
      case Expression.Star star -> star.qualifier().isEmpty() ? "*" : star.qualifier() + ".*";
      case Expression.Alias alias -> "(as " + of(alias.child()) + " " + alias.name() + ")";
      case Expression.Call call ->
          "("
              + call.function()
              + (call.distinct() ? " distinct" : "")
              + list(call.arguments())
              + call.filter().map(filter -> " filter " + of(filter)).orElse("")
              + ")";
      case Expression.Cast cast ->
          (cast.safe() ? "(try_cast " : "(cast ")
              + of(cast.child())
              + " "
              + cast.type().sql()
              + ")";
      case Expression.Case cases ->
          "(case"
              + cases.branches().stream()
                  .map(b -> " " + of(b.condition()) + ":" + of(b.value()))
                  .collect(Collectors.joining())
              + cases.otherwise().map(value -> " else " + of(value)).orElse("")
              + ")";
      case Expression.In in -> "(in " + of(in.value()) + list(in.options()) + ")";
      case Expression.WithSchema with ->
          "(" + with.function() + " " + of(with.child()) + " <" + with.schema().sql() + ">)";
    };
  }

  private static String list(List<Expression> expressions) {
    return expressions.stream().map(e -> " " + of(e)).collect(Collectors.joining());
  }

  /** Java's class as a suffix where it is not the usual one. */
  private static String literal(Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> "'" + text + "'";
      case byte[] bytes -> "x" + HexFormat.of().formatHex(bytes);
      case Long number -> number + "L";
      case Short number -> number + "S";
      case Byte number -> number + "Y";
      case Double number -> number + "D";
      case Float number -> number + "F";
      case java.math.BigDecimal number -> number.toPlainString() + "BD";
      case Expression.Interval interval ->
          "interval[" + interval.months() + "," + interval.microseconds() + "]";
      default -> value.toString();
    };
  }
}
