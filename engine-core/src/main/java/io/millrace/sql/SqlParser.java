package io.millrace.sql;

import io.millrace.plan.Expression;
import io.millrace.plan.LogicalPlan;

/**
 * Reads Spark SQL. Errors are {@link io.millrace.types.AnalysisException}s with line and column,
 * the line with a caret, and what was expected there.
 */
public final class SqlParser {
  private SqlParser() {}

  /**
   * A whole query: {@code SELECT ... FROM ...}, perhaps WITH, UNION or VALUES; a final ; may be.
   */
  public static LogicalPlan parseQuery(String sql) {
    TokenStream tokens = new TokenStream(sql);
    LogicalPlan plan = new QueryParser(tokens).query();
    tokens.acceptSymbol(";");
    QueryParser.requireEnd(tokens);
    return plan;
  }

  /** An expression such as {@code temperature > 100 AND deviceId LIKE 'a%'}. */
  public static Expression parseExpression(String sql) {
    TokenStream tokens = new TokenStream(sql);
    Expression expression = new ExpressionParser(tokens).expression();
    QueryParser.requireEnd(tokens);
    return expression;
  }

  /** One item of a SELECT list: an expression, perhaps with an alias, or {@code *}. */
  public static Expression parseSelectItem(String sql) {
    TokenStream tokens = new TokenStream(sql);
    Expression item = new ExpressionParser(tokens).selectItem();
    QueryParser.requireEnd(tokens);
    return item;
  }
}
