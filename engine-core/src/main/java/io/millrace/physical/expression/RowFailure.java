package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.Cell;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Words the error of an expression in one row. */
final class RowFailure {
  private RowFailure() {}

  /** For example {@code (1 / x): division by zero in a row with x = 0; use try_divide}. */
  static MillraceException of(
      BoundExpression expression, Block input, int row, String reason, String wayOut) {
    Map<String, String> values = new LinkedHashMap<>();
    collect(expression, input, row, values);
    String where =
        values.isEmpty()
            ? ""
            : values.entrySet().stream()
                .map(value -> value.getKey() + " = " + value.getValue())
                .collect(Collectors.joining(", ", " in a row with ", ""));
    return new MillraceException(
        ErrorCode.DATA, expression.sql() + ": " + reason + where + "; " + wayOut);
  }

  private static void collect(
      BoundExpression expression, Block input, int row, Map<String, String> into) {
    switch (expression) {
      case BoundExpression.Input column ->
          into.put(
              column.name(),
              new BoundExpression.Constant(
                      Cell.get(input.column(column.index()), row), column.type())
                  .sql());
      case BoundExpression.Constant ignored -> {}
      case BoundExpression.Apply apply ->
          apply.arguments().forEach(argument -> collect(argument, input, row, into));
      case BoundExpression.Field field -> collect(field.struct(), input, row, into);
      case BoundExpression.Convert convert -> collect(convert.child(), input, row, into);
      case BoundExpression.Case cases -> {
        for (BoundExpression.Branch branch : cases.branches()) {
          collect(branch.condition(), input, row, into);
          collect(branch.value(), input, row, into);
        }
        cases.otherwise().ifPresent(value -> collect(value, input, row, into));
      }
      case BoundExpression.InList in -> collect(in.value(), input, row, into);
    }
  }
}
