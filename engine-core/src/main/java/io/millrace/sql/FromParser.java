package io.millrace.sql;

import io.millrace.plan.Expression;
import io.millrace.plan.LogicalPlan;
import io.millrace.plan.LogicalPlan.JoinType;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what stands in FROM: tables, subqueries, VALUES and joins. */
final class FromParser {
  /** The input of a SELECT without FROM. */
  static final LogicalPlan ONE_ROW =
      new LogicalPlan.LocalRows(new Schema(List.of()), List.of(Row.of()));

  private final TokenStream tokens;
  private final QueryParser queries;
  private final ExpressionParser expressions;

  FromParser(TokenStream tokens, QueryParser queries, ExpressionParser expressions) {
    this.tokens = tokens;
    this.queries = queries;
    this.expressions = expressions;
  }

  LogicalPlan relation() {
    LogicalPlan plan = joins(aliased());
    if (tokens.atSymbol(",")) {
      throw tokens.errorAt(
          tokens.peek(), "tables joined by a comma are not supported; write JOIN ... ON ...");
    }
    return plan;
  }

  private LogicalPlan joins(LogicalPlan first) {
    LogicalPlan plan = first;
    for (Optional<JoinType> type = joinType(); type.isPresent(); type = joinType()) {
      LogicalPlan right = aliased();
      Optional<Expression> condition = Optional.empty();
      List<String> using = List.of();
      if (tokens.acceptWord("ON")) {
        condition = Optional.of(expressions.expression());
      } else if (tokens.acceptWord("USING")) {
        using = names();
      }
      plan = new LogicalPlan.Join(plan, right, type.get(), condition, using);
    }
    return plan;
  }

  /** Takes the words up to and including JOIN. */
  private Optional<JoinType> joinType() {
    if (tokens.atWord("NATURAL")) {
      throw tokens.errorAt(
          tokens.peek(), "NATURAL JOIN is not supported; write JOIN ... USING (columns)");
    }
    Token first = tokens.peek();
    Token second = tokens.peek(1);
    JoinType type =
        switch (first.kind() == Token.Kind.WORD ? first.upper() : "") {
          case "JOIN" -> JoinType.INNER;
          case "INNER", "CROSS" -> second.isWord("JOIN") ? JoinType.INNER : null;
          case "LEFT" ->
              second.isWord("SEMI")
                  ? JoinType.LEFT_SEMI
                  : second.isWord("ANTI") ? JoinType.LEFT_ANTI : JoinType.LEFT_OUTER;
          case "RIGHT" -> JoinType.RIGHT_OUTER;
          case "FULL" -> JoinType.FULL_OUTER;
          case "SEMI" -> JoinType.LEFT_SEMI;
          case "ANTI" -> JoinType.LEFT_ANTI;
          default -> null;
        };
    if (type == null) {
      return Optional.empty();
    }
    if (!first.isWord("JOIN")) {
      tokens.take();
      if (second.isWord("OUTER") || second.isWord("SEMI") || second.isWord("ANTI")) {
        tokens.take();
      }
    }
    tokens.expectWord("JOIN");
    return Optional.of(type);
  }

  private LogicalPlan aliased() {
    LogicalPlan plan = bare();
    String alias = null;
    if (tokens.acceptWord("AS")) {
      alias = tokens.expectName("a name after AS");
    } else if (Keywords.canBeAlias(tokens.peek())) {
      alias = tokens.take().text();
    }
    if (alias == null) {
      return plan;
    }
    List<String> columns = tokens.atSymbol("(") ? names() : List.of();
    return new LogicalPlan.SubqueryAlias(rename(plan, columns), alias);
  }

  private LogicalPlan bare() {
    if (tokens.atWord("VALUES")) {
      return values();
    } else if (!tokens.acceptSymbol("(")) {
      return table();
    }
    boolean query =
        tokens.atWord("SELECT")
            || tokens.atWord("WITH")
            || tokens.atWord("VALUES")
            || tokens.atSymbol("(");
    LogicalPlan inner = query ? queries.query() : joins(aliased());
    tokens.expectSymbol(")");
    return inner;
  }

  LogicalPlan table() {
    Token first = tokens.peek();
    StringBuilder name = new StringBuilder(tokens.expectName("a table, or a query in parentheses"));
    if (tokens.atSymbol("(")) {
      throw tokens.errorAt(
          first, "the table function " + first.text() + " is not supported; use a table or VALUES");
    }
    while (tokens.acceptSymbol(".")) {
      name.append('.').append(tokens.expectName("a name after the point"));
    }
    return queries.named(name.toString()).orElseGet(() -> new LogicalPlan.Table(name.toString()));
  }

  /** {@code VALUES (1, 'a'), (2, 'b')}; the columns are col1, col2, ... */
  LogicalPlan values() {
    tokens.expectWord("VALUES");
    List<LogicalPlan> rows = new ArrayList<>();
    do {
      Token start = tokens.peek();
      List<Expression> values;
      if (tokens.acceptSymbol("(")) {
        values = expressions.list();
        tokens.expectSymbol(")");
      } else {
        values = List.of(expressions.expression());
      }
      List<Expression> columns = new ArrayList<>();
      for (Expression value : values) {
        columns.add(new Expression.Alias(value, "col" + (columns.size() + 1)));
      }
      LogicalPlan.Project row = new LogicalPlan.Project(ONE_ROW, columns);
      int width = rows.isEmpty() ? columns.size() : width(rows.getFirst());
      if (columns.size() != width) {
        throw tokens.errorAt(
            start,
            "this row of VALUES has " + columns.size() + " values, the first one has " + width);
      }
      rows.add(row);
    } while (tokens.acceptSymbol(","));
    return rows.size() == 1 ? rows.getFirst() : new LogicalPlan.Union(rows);
  }

  private static int width(LogicalPlan row) {
    return ((LogicalPlan.Project) row).columns().size();
  }

  /** {@code (a, b)}. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    tokens.expectSymbol("(");
    do {
      names.add(tokens.expectName("a column name"));
    } while (tokens.acceptSymbol(","));
    tokens.expectSymbol(")");
    return names;
  }

  static LogicalPlan rename(LogicalPlan plan, List<String> columns) {
    return columns.isEmpty() ? plan : new LogicalPlan.ColumnNames(plan, columns);
  }
}
