package io.millrace.sql;

import io.millrace.plan.Expression;
import io.millrace.plan.Operators;
import io.millrace.plan.TimeLiteral;
import io.millrace.types.AnalysisException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Reads what operators stand between: literals, names, calls, CASE, CAST and parentheses. */
final class PrimaryParser {
  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final CallParser calls;

  PrimaryParser(TokenStream tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.calls = new CallParser(tokens, expressions);
  }

  Expression primary() {
    return postfix(bare());
  }

  /** What follows an operand without space: {@code .field}, {@code [index]}, {@code ::TYPE}. */
  Expression postfix(Expression operand) {
    Expression result = operand;
    while (true) {
      if (tokens.acceptSymbol("[")) {
        result = Expression.Call.of(Operators.GET_ITEM, result, expressions.expression());
        tokens.expectSymbol("]");
      } else if (tokens.acceptSymbol("::")) {
        result = new Expression.Cast(result, TypeText.read(tokens), false);
      } else if (tokens.atSymbol(".") && tokens.peek(1).isName()) {
        tokens.take();
        result =
            Expression.Call.of(
                Operators.GET_ITEM, result, new Expression.Literal(tokens.take().text()));
      } else {
        return result;
      }
    }
  }

  private Expression bare() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NUMBER -> new Expression.Literal(NumberLiteral.read(tokens, false));
      case STRING -> new Expression.Literal(strings());
      case HEX -> new Expression.Literal(binary());
      case QUOTED_NAME -> nameOrCall();
      case WORD -> word(token);
      case SYMBOL -> symbol(token);
      case END -> throw tokens.expected("an expression");
    };
  }

  private Expression symbol(Token token) {
    if (tokens.acceptSymbol("*")) {
      return new Expression.Star(List.of());
    } else if (token.isSymbol("(")) {
      return parenthesized();
    }
    throw tokens.expected("an expression");
  }

  private Expression parenthesized() {
    tokens.expectSymbol("(");
    refuseSubquery();
    Expression inner = expressions.expression();
    if (tokens.atSymbol(",")) {
      throw tokens.errorAt(
          tokens.peek(),
          "several values in parentheses are not supported; compare them one by one with AND");
    }
    tokens.expectSymbol(")");
    return inner;
  }

  void refuseSubquery() {
    Token token = tokens.peek();
    if (token.isWord("SELECT") || token.isWord("WITH") && tokens.peek(1).isName()) {
      throw tokens.errorAt(
          token, "a subquery inside an expression is not supported yet; put it into FROM");
    }
  }

  private Expression word(Token token) {
    boolean stringFollows = tokens.peek(1).kind() == Token.Kind.STRING;
    return switch (token.upper()) {
      case "NULL" -> literal(null);
      case "TRUE" -> literal(true);
      case "FALSE" -> literal(false);
      case "CASE" -> isBareName() ? nameOrCall() : cases();
      case "INTERVAL" -> IntervalLiteral.follows(tokens) ? interval() : nameOrCall();
      case "DATE" -> stringFollows ? time(false) : nameOrCall();
      case "TIMESTAMP", "TIMESTAMP_LTZ" -> stringFollows ? time(true) : nameOrCall();
      case "CURRENT_TIMESTAMP", "CURRENT_DATE" -> isBareName() ? niladic() : nameOrCall();
      case "EXISTS" -> {
        if (tokens.peek(1).isSymbol("(")) {
          tokens.take();
          tokens.take();
          refuseSubquery();
          throw tokens.expected("a subquery");
        }
        yield nameOrCall();
      }
      default -> nameOrCall();
    };
  }

  /** Whether the next word stands alone: no call, and no part of a qualified name. */
  private boolean isBareName() {
    Token next = tokens.peek(1);
    return !next.isSymbol("(")
        && !next.isSymbol(".")
        && (!tokens.atWord("CASE") || !startsOperand(next));
  }

  /** Whether the token can be what follows CASE. */
  private static boolean startsOperand(Token token) {
    return switch (token.kind()) {
      case NUMBER, STRING, HEX, QUOTED_NAME -> true;
      case WORD -> token.isWord("WHEN") || token.isWord("NOT") || !Keywords.isReserved(token);
      case SYMBOL -> token.isSymbol("-") || token.isSymbol("(");
      case END -> true;
    };
  }

  private Expression literal(Object value) {
    tokens.take();
    return new Expression.Literal(value);
  }

  private Expression niladic() {
    return Expression.Call.of(tokens.take().text().toLowerCase(java.util.Locale.ROOT));
  }

  private Expression nameOrCall() {
    if (tokens.peek(1).isSymbol("(") && Keywords.canBeFunction(tokens.peek())) {
      return calls.call();
    }
    List<String> parts = new ArrayList<>();
    parts.add(tokens.expectName("an expression"));
    while (tokens.atSymbol(".")) {
      if (tokens.peek(1).isSymbol("*")) {
        tokens.take();
        tokens.take();
        return new Expression.Star(parts);
      } else if (!tokens.peek(1).isName()) {
        tokens.take();
        throw tokens.expected("a name after the point");
      }
      tokens.take();
      parts.add(tokens.take().text());
    }
    return new Expression.Name(parts);
  }

  /** String literals in a row are one string. */
  private String strings() {
    StringBuilder text = new StringBuilder(tokens.take().text());
    while (tokens.peek().kind() == Token.Kind.STRING) {
      text.append(tokens.take().text());
    }
    return text.toString();
  }

  private byte[] binary() {
    Token token = tokens.take();
    String digits = token.text().length() % 2 == 0 ? token.text() : "0" + token.text();
    try {
      return HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException e) {
      throw tokens.errorAt(token, "X'" + token.text() + "' must be hexadecimal digits");
    }
  }

  private Expression interval() {
    return new Expression.Literal(IntervalLiteral.read(tokens));
  }

  private Expression time(boolean timestamp) {
    Token type = tokens.take();
    Token value = tokens.take();
    Optional<?> parsed =
        timestamp ? TimeLiteral.timestamp(value.text()) : TimeLiteral.date(value.text());
    return new Expression.Literal(parsed.orElseThrow(() -> badTime(type, value, timestamp)));
  }

  private AnalysisException badTime(Token type, Token value, boolean timestamp) {
    return tokens.errorAt(
        value,
        "'"
            + value.text()
            + "' is no "
            + type.upper()
            + "; write for example "
            + (timestamp ? "'2025-10-10 12:01:00'" : "'2025-10-10'"));
  }

  private Expression cases() {
    tokens.expectWord("CASE");
    Optional<Expression> operand =
        tokens.atWord("WHEN") ? Optional.empty() : Optional.of(expressions.expression());
    List<Expression.Branch> branches = new ArrayList<>();
    do {
      tokens.expectWord("WHEN");
      Expression when = expressions.expression();
      tokens.expectWord("THEN");
      Expression condition =
          operand.isPresent() ? Expression.Call.of(Operators.EQUAL, operand.get(), when) : when;
      branches.add(new Expression.Branch(condition, expressions.expression()));
    } while (tokens.atWord("WHEN"));
    Optional<Expression> otherwise =
        tokens.acceptWord("ELSE") ? Optional.of(expressions.expression()) : Optional.empty();
    if (!tokens.acceptWord("END")) {
      throw tokens.expected("WHEN, ELSE or END", List.of("WHEN", "ELSE", "END"));
    }
    return new Expression.Case(branches, otherwise);
  }
}
