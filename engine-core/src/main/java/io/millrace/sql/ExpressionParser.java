package io.millrace.sql;

import io.millrace.plan.Expression;
import io.millrace.plan.Operators;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads expressions by precedence climbing. The levels are Spark's: OR, AND, NOT, predicates (IN,
 * LIKE, IS, BETWEEN), comparisons, |, ^, &amp;, shifts, additive, multiplicative, signs.
 */
final class ExpressionParser {
  private static final int LOWEST = 0;
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int NOT = 3;
  private static final int PREDICATE = 4;
  private static final int COMPARISON = 5;
  private static final int BIT_OR = 6;
  private static final int BIT_XOR = 7;
  private static final int BIT_AND = 8;
  private static final int SHIFT = 9;
  private static final int ADDITIVE = 10;
  private static final int MULTIPLICATIVE = 11;
  private static final int SIGN = 12;

  private final TokenStream tokens;
  private final PrimaryParser primaries;

  ExpressionParser(TokenStream tokens) {
    this.tokens = tokens;
    this.primaries = new PrimaryParser(tokens, this);
  }

  Expression expression() {
    return parse(LOWEST);
  }

  /** An expression that ends before a predicate such as IN. */
  Expression operand() {
    return parse(PREDICATE);
  }

  /** An expression, perhaps with an alias, with or without AS. */
  Expression selectItem() {
    Expression expression = expression();
    if (tokens.acceptWord("AS")) {
      // A window's end is often called so, and behind AS no CASE can be meant.
      String name =
          tokens.atWord("END") ? tokens.take().text() : tokens.expectName("a name after AS");
      return new Expression.Alias(expression, name);
    } else if (Keywords.canBeAlias(tokens.peek())) {
      return new Expression.Alias(expression, tokens.take().text());
    }
    return expression;
  }

  /** Expressions separated by commas, at least one. */
  List<Expression> list() {
    List<Expression> list = new ArrayList<>();
    do {
      list.add(expression());
    } while (tokens.acceptSymbol(","));
    return list;
  }

  /** An expression of operators that bind tighter than {@code minimum}. */
  private Expression parse(int minimum) {
    tokens.enter();
    Expression left = prefix();
    int power = power();
    while (power > minimum) {
      left = power == PREDICATE ? predicate(left) : binary(left, power);
      power = power();
    }
    tokens.leave();
    return left;
  }

  private Expression prefix() {
    Token token = tokens.peek();
    if (tokens.acceptWord("NOT") || tokens.acceptSymbol("!")) {
      return Expression.Call.of(Operators.NOT, parse(NOT));
    } else if (token.isSymbol("-") && tokens.peek(1).kind() == Token.Kind.NUMBER) {
      tokens.take();
      return primaries.postfix(new Expression.Literal(NumberLiteral.read(tokens, true)));
    } else if (tokens.acceptSymbol("-")) {
      return Expression.Call.of(Operators.NEGATE, parse(SIGN));
    } else if (tokens.acceptSymbol("~")) {
      return Expression.Call.of("~", parse(SIGN));
    } else if (tokens.acceptSymbol("+")) {
      return parse(SIGN);
    }
    return primaries.primary();
  }

  /** How tightly the next token binds as an operator; less than {@link #LOWEST} if it is none. */
  private int power() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case SYMBOL ->
          switch (token.text()) {
            case "=", "==", "<=>", "<>", "!=", "<", "<=", ">", ">=" -> COMPARISON;
            case "|" -> BIT_OR;
            case "^" -> BIT_XOR;
            case "&" -> BIT_AND;
            case "<<", ">>", ">>>" -> SHIFT;
            case "+", "-", "||" -> ADDITIVE;
            case "*", "/", "%" -> MULTIPLICATIVE;
            default -> -1;
          };
      case WORD ->
          switch (token.upper()) {
            case "OR" -> OR;
            case "AND" -> AND;
            case "DIV" -> MULTIPLICATIVE;
            case "NOT" -> isPredicate(tokens.peek(1)) ? PREDICATE : -1;
            default -> token.isWord("IS") || isPredicate(token) ? PREDICATE : -1;
          };
      case QUOTED_NAME, STRING, HEX, NUMBER, END -> -1;
    };
  }

  private static boolean isPredicate(Token token) {
    return token.isWord("IN")
        || token.isWord("BETWEEN")
        || token.isWord("LIKE")
        || token.isWord("ILIKE")
        || token.isWord("RLIKE")
        || token.isWord("REGEXP");
  }

  private Expression binary(Expression left, int power) {
    String symbol = tokens.take().text().toLowerCase(Locale.ROOT);
    String operator =
        switch (symbol) {
          case "==" -> Operators.EQUAL;
          case "!=" -> Operators.NOT_EQUAL;
          default -> symbol;
        };
    return Expression.Call.of(operator, left, parse(power));
  }

  private Expression predicate(Expression value) {
    if (tokens.acceptWord("IS")) {
      boolean negated = tokens.acceptWord("NOT");
      if (negated && (tokens.acceptWord("NULL") || tokens.acceptWord("UNKNOWN"))) {
        return Expression.Call.of(Operators.IS_NOT_NULL, value);
      }
      return negateIf(negated, is(value));
    }
    boolean negated = tokens.acceptWord("NOT");
    String operator = tokens.take().upper();
    return negateIf(
        negated,
        switch (operator) {
          case "IN" -> in(value);
          case "BETWEEN" -> between(value);
          case "LIKE", "ILIKE" -> likes(value, operator.equals("ILIKE"));
          default -> Expression.Call.of(Operators.RLIKE, value, parse(PREDICATE));
        });
  }

  private static Expression negateIf(boolean negated, Expression expression) {
    return negated ? Expression.Call.of(Operators.NOT, expression) : expression;
  }

  private Expression is(Expression value) {
    if (tokens.acceptWord("NULL") || tokens.acceptWord("UNKNOWN")) {
      return Expression.Call.of(Operators.IS_NULL, value);
    } else if (tokens.atWord("TRUE") || tokens.atWord("FALSE")) {
      return Expression.Call.of(
          Operators.NULL_SAFE_EQUAL, value, new Expression.Literal(tokens.take().isWord("TRUE")));
    } else if (tokens.acceptWords("DISTINCT", "FROM")) {
      return Expression.Call.of(
          Operators.NOT, Expression.Call.of(Operators.NULL_SAFE_EQUAL, value, parse(PREDICATE)));
    }
    throw tokens.expected(
        "NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM",
        List.of("NULL", "TRUE", "FALSE", "UNKNOWN", "DISTINCT"));
  }

  private Expression in(Expression value) {
    tokens.expectSymbol("(");
    primaries.refuseSubquery();
    List<Expression> options = list();
    tokens.expectSymbol(")");
    return new Expression.In(value, options);
  }

  private Expression between(Expression value) {
    Expression lower = parse(PREDICATE);
    tokens.expectWord("AND");
    return Expression.Call.of(Operators.BETWEEN, value, lower, parse(PREDICATE));
  }

  /** LIKE one pattern, or ANY or ALL of several. */
  private Expression likes(Expression value, boolean ignoreCase) {
    boolean quantified =
        (tokens.atWord("ANY") || tokens.atWord("SOME") || tokens.atWord("ALL"))
            && tokens.peek(1).isSymbol("(");
    if (!quantified) {
      return like(value, parse(PREDICATE), ignoreCase);
    }
    String operator = tokens.take().isWord("ALL") ? Operators.AND : Operators.OR;
    tokens.expectSymbol("(");
    Expression all = null;
    for (Expression pattern : list()) {
      Expression one = like(value, pattern, ignoreCase);
      all = all == null ? one : Expression.Call.of(operator, all, one);
    }
    tokens.expectSymbol(")");
    return all;
  }

  private Expression like(Expression value, Expression pattern, boolean ignoreCase) {
    Expression left = ignoreCase ? Expression.Call.of("lower", value) : value;
    Expression right = ignoreCase ? Expression.Call.of("lower", pattern) : pattern;
    if (!tokens.acceptWord("ESCAPE")) {
      return Expression.Call.of(Operators.LIKE, left, right);
    }
    String escape = tokens.expectString("the escape character as a string");
    return Expression.Call.of(Operators.LIKE, left, right, new Expression.Literal(escape));
  }
}
