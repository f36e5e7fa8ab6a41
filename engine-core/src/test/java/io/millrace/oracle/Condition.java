package io.millrace.oracle;

import io.millrace.types.Schema;
import java.util.List;

/** A comparison of a column of whole numbers with a constant; true of no null. */
record Condition(String column, Operator operator, long constant) {
  enum Operator {
    GREATER(">"),
    EQUAL("="),
    DIFFERENT("<>");

    private final String sql;

    Operator(String sql) {
      this.sql = sql;
    }
  }

  boolean test(Schema schema, List<Object> row) {
    Number value = (Number) row.get(schema.indexOf(column).orElseThrow());
    if (value == null) {
      return false;
    }
    return switch (operator) {
      case GREATER -> value.longValue() > constant;
      case EQUAL -> value.longValue() == constant;
      case DIFFERENT -> value.longValue() != constant;
    };
  }

  String sql() {
    return column + " " + operator.sql + " " + constant;
  }
}
