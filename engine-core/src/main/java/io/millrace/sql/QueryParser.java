package io.millrace.sql;

import io.millrace.plan.Expression;
import io.millrace.plan.LogicalPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads queries; expressions and what stands in FROM have parsers of their own. */
final class QueryParser {
  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final FromParser from;

  /** The queries that WITH has named, by name in lower case. */
  private Map<String, LogicalPlan> named = new HashMap<>();

  QueryParser(TokenStream tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
    this.from = new FromParser(tokens, this, expressions);
  }

  /** Refuses what is left over; a misspelt keyword may have been taken for an alias before it. */
  static void requireEnd(TokenStream tokens) {
    Token rest = tokens.peek();
    if (rest.kind() == Token.Kind.END) {
      return;
    }
    Token previous = tokens.previous();
    if (previous != null && !SyntaxError.suggestion(previous, Keywords.CLAUSES).isEmpty()) {
      throw tokens.errorAt(
          previous,
          "expected a keyword or the end, found "
              + previous.text()
              + SyntaxError.suggestion(previous, Keywords.CLAUSES));
    }
    List<String> keywords = new ArrayList<>(Keywords.CLAUSES);
    keywords.addAll(Keywords.OPERATORS);
    throw tokens.expected("an operator, a comma, a keyword or the end", keywords);
  }

  /** A query with its WITH before and its ORDER BY and LIMIT behind. */
  LogicalPlan query() {
    tokens.enter();
    Map<String, LogicalPlan> outer = named;
    if (tokens.acceptWord("WITH")) {
      named = new HashMap<>(outer);
      do {
        with();
      } while (tokens.acceptSymbol(","));
    }
    LogicalPlan plan = limit(sort(union()));
    named = outer;
    tokens.leave();
    return plan;
  }

  /** The query that WITH gave this name. */
  Optional<LogicalPlan> named(String name) {
    return Optional.ofNullable(named.get(name.toLowerCase(Locale.ROOT)));
  }

  private void with() {
    String name = tokens.expectName("a name after WITH");
    List<String> columns = tokens.atSymbol("(") ? from.names() : List.of();
    tokens.expectWord("AS");
    tokens.expectSymbol("(");
    LogicalPlan plan = query();
    tokens.expectSymbol(")");
    named.put(
        name.toLowerCase(Locale.ROOT),
        new LogicalPlan.SubqueryAlias(FromParser.rename(plan, columns), name));
  }

  private LogicalPlan union() {
    LogicalPlan plan = term();
    while (tokens.acceptWord("UNION")) {
      boolean all = tokens.acceptWord("ALL");
      if (!all) {
        tokens.acceptWord("DISTINCT");
      }
      LogicalPlan right = term();
      List<LogicalPlan> inputs = new ArrayList<>();
      if (plan instanceof LogicalPlan.Union left && all) {
        inputs.addAll(left.inputs());
      } else {
        inputs.add(plan);
      }
      inputs.add(right);
      LogicalPlan union = new LogicalPlan.Union(inputs);
      plan = all ? union : new LogicalPlan.Distinct(union);
    }
    for (String operator : List.of("EXCEPT", "INTERSECT", "MINUS")) {
      if (tokens.atWord(operator)) {
        throw tokens.errorAt(
            tokens.peek(), operator + " is not supported yet; only UNION and UNION ALL are");
      }
    }
    return plan;
  }

  private LogicalPlan term() {
    if (tokens.acceptSymbol("(")) {
      LogicalPlan inner = query();
      tokens.expectSymbol(")");
      return inner;
    } else if (tokens.atWord("VALUES")) {
      return from.values();
    } else if (tokens.acceptWord("TABLE")) {
      return from.table();
    }
    if (!tokens.acceptWord("SELECT")) {
      throw tokens.expected("SELECT, WITH or VALUES", List.of("SELECT", "WITH", "VALUES", "TABLE"));
    }
    return select();
  }

  private LogicalPlan select() {
    boolean distinct = tokens.acceptWord("DISTINCT");
    if (!distinct) {
      tokens.acceptWord("ALL");
    }
    List<Expression> items = new ArrayList<>();
    do {
      items.add(expressions.selectItem());
    } while (tokens.acceptSymbol(","));
    LogicalPlan plan = tokens.acceptWord("FROM") ? from.relation() : FromParser.ONE_ROW;
    if (tokens.acceptWord("WHERE")) {
      plan = new LogicalPlan.Filter(plan, expressions.expression());
    }
    boolean grouped = tokens.acceptWords("GROUP", "BY");
    List<Expression> grouping = grouped ? grouping() : List.of();
    Optional<Expression> having =
        tokens.acceptWord("HAVING") ? Optional.of(expressions.expression()) : Optional.empty();
    plan =
        grouped || having.isPresent()
            ? new LogicalPlan.Aggregate(plan, grouping, items, having)
            : new LogicalPlan.Project(plan, items);
    return distinct ? new LogicalPlan.Distinct(plan) : plan;
  }

  private List<Expression> grouping() {
    Token first = tokens.peek();
    boolean sets =
        (first.isWord("ROLLUP") || first.isWord("CUBE")) && tokens.peek(1).isSymbol("(")
            || tokens.atWords("GROUPING", "SETS");
    if (sets || first.isWord("ALL") && !tokens.peek(1).isSymbol(".")) {
      throw tokens.errorAt(
          first, "GROUP BY " + first.upper() + " is not supported yet; list the columns");
    }
    return expressions.list();
  }

  private LogicalPlan sort(LogicalPlan input) {
    if (!tokens.acceptWords("ORDER", "BY")) {
      return input;
    }
    List<LogicalPlan.SortOrder> order = new ArrayList<>();
    do {
      Expression key = expressions.expression();
      boolean ascending = !tokens.acceptWord("DESC");
      if (ascending) {
        tokens.acceptWord("ASC");
      }
      boolean nullsFirst = ascending;
      if (tokens.acceptWord("NULLS")) {
        nullsFirst = tokens.acceptWord("FIRST");
        if (!nullsFirst && !tokens.acceptWord("LAST")) {
          throw tokens.expected("FIRST or LAST", List.of("FIRST", "LAST"));
        }
      }
      order.add(new LogicalPlan.SortOrder(key, ascending, nullsFirst));
    } while (tokens.acceptSymbol(","));
    return new LogicalPlan.Sort(input, order);
  }

  private LogicalPlan limit(LogicalPlan input) {
    LogicalPlan plan = input;
    if (tokens.acceptWord("LIMIT") && !tokens.acceptWord("ALL")) {
      Token token = tokens.peek();
      Object rows = token.kind() == Token.Kind.NUMBER ? NumberLiteral.read(tokens, false) : null;
      if (!(rows instanceof Integer || rows instanceof Long)) {
        throw tokens.errorAt(token, "LIMIT needs a whole number, not " + token.text());
      }
      plan = new LogicalPlan.Limit(input, ((Number) rows).longValue());
    }
    if (tokens.atWord("OFFSET") && tokens.peek(1).kind() == Token.Kind.NUMBER) {
      throw tokens.errorAt(
          tokens.peek(), "OFFSET is not supported yet; use a condition on the order's key");
    }
    return plan;
  }
}
