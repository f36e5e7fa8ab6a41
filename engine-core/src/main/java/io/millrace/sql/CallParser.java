package io.millrace.sql;

import io.millrace.plan.Expression;
import io.millrace.types.AnalysisException;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads function calls, also those with a syntax of their own. */
final class CallParser {
  private static final Set<String> WITH_SCHEMA = Set.of("from_json", "from_csv");

  private final TokenStream tokens;
  private final ExpressionParser expressions;

  CallParser(TokenStream tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  Expression call() {
    String name = tokens.take().text().toLowerCase(Locale.ROOT);
    tokens.expectSymbol("(");
    return switch (name) {
      case "cast" -> cast(false);
      case "try_cast" -> cast(true);
      case "extract" -> extract();
      case "trim" -> trim();
      case "position" -> position();
      case "substring", "substr" -> substring(name);
      default -> general(name);
    };
  }

  private Expression cast(boolean safe) {
    Expression value = expressions.expression();
    tokens.expectWord("AS");
    Expression cast = new Expression.Cast(value, TypeText.read(tokens), safe);
    tokens.expectSymbol(")");
    return cast;
  }

  /** {@code EXTRACT(YEAR FROM ts)} is {@code year(ts)}. */
  private Expression extract() {
    Token field = tokens.peek();
    String function =
        switch (tokens.take().upper()) {
          case "YEAR", "YEARS" -> "year";
          case "QUARTER", "QTR" -> "quarter";
          case "MONTH", "MONTHS" -> "month";
          case "DAY", "DAYS" -> "dayofmonth";
          case "DAYOFWEEK", "DOW" -> "dayofweek";
          case "HOUR", "HOURS" -> "hour";
          case "MINUTE", "MINUTES" -> "minute";
          case "SECOND", "SECONDS" -> "second";
          default ->
              throw tokens.errorAt(
                  field,
                  "EXTRACT knows YEAR, QUARTER, MONTH, DAY, DAYOFWEEK, HOUR, MINUTE and SECOND, not "
                      + field.text());
        };
    tokens.expectWord("FROM");
    return close(Expression.Call.of(function, expressions.expression()));
  }

  /** {@code TRIM(x)}, {@code TRIM(LEADING 'a' FROM x)}. */
  private Expression trim() {
    String function = "trim";
    boolean sided = true;
    if (tokens.atWord("LEADING") && !tokens.peek(1).isSymbol(")")) {
      function = "ltrim";
    } else if (tokens.atWord("TRAILING") && !tokens.peek(1).isSymbol(")")) {
      function = "rtrim";
    } else {
      sided = tokens.atWord("BOTH") && !tokens.peek(1).isSymbol(")");
    }
    if (sided) {
      tokens.take();
      if (tokens.acceptWord("FROM")) {
        return close(Expression.Call.of(function, expressions.expression()));
      }
    }
    Expression first = expressions.expression();
    if (sided || tokens.atWord("FROM")) {
      tokens.expectWord("FROM");
      return close(Expression.Call.of(function, expressions.expression(), first));
    }
    return finish(function, new ArrayList<>(List.of(first)), false);
  }

  /** {@code POSITION(part IN text)} is {@code locate(part, text)}. */
  private Expression position() {
    Expression first = expressions.operand();
    if (tokens.acceptWord("IN")) {
      return close(Expression.Call.of("locate", first, expressions.expression()));
    }
    return finish("locate", new ArrayList<>(List.of(first)), false);
  }

  /** {@code SUBSTRING(x, 1, 2)}, {@code SUBSTRING(x FROM 1 FOR 2)}. */
  private Expression substring(String name) {
    List<Expression> arguments = new ArrayList<>();
    arguments.add(expressions.expression());
    if (tokens.acceptWord("FROM")) {
      arguments.add(expressions.expression());
      if (tokens.acceptWord("FOR")) {
        arguments.add(expressions.expression());
      }
    }
    return finish(name, arguments, false);
  }

  private Expression general(String name) {
    boolean distinct =
        tokens.atWord("DISTINCT") || tokens.atWord("ALL") && isArgument(tokens.peek(1));
    if (distinct) {
      distinct = tokens.take().isWord("DISTINCT");
    }
    List<Expression> arguments = new ArrayList<>();
    if (!tokens.atSymbol(")")) {
      arguments.add(argument(name));
    }
    return finish(name, arguments, distinct);
  }

  private static boolean isArgument(Token token) {
    return token.isName() || token.kind() == Token.Kind.NUMBER || token.isSymbol("(");
  }

  /** The rest of the arguments, the closing parenthesis, and what may follow it. */
  private Expression finish(String name, List<Expression> arguments, boolean distinct) {
    while (tokens.acceptSymbol(",")) {
      arguments.add(argument(name));
    }
    nullTreatment(arguments);
    if (!tokens.acceptSymbol(")")) {
      throw tokens.expected(", or ) after an argument of " + name, Keywords.OPERATORS);
    }
    nullTreatment(arguments);
    Optional<Expression> filter = filter();
    refuse("OVER", "window functions are not supported yet; use GROUP BY in a query of its own");
    refuse("WITHIN", "WITHIN GROUP is not supported yet");
    if (WITH_SCHEMA.contains(name) && arguments.size() >= 2) {
      return withSchema(name, arguments);
    }
    return new Expression.Call(name, arguments, distinct, filter);
  }

  /** IGNORE NULLS is an argument true, as in {@code first(x, true)}. */
  private void nullTreatment(List<Expression> arguments) {
    if (tokens.acceptWords("IGNORE", "NULLS")) {
      arguments.add(new Expression.Literal(true));
    } else {
      tokens.acceptWords("RESPECT", "NULLS");
    }
  }

  private Optional<Expression> filter() {
    if (!tokens.atWord("FILTER") || !tokens.peek(1).isSymbol("(")) {
      return Optional.empty();
    }
    tokens.take();
    tokens.take();
    tokens.expectWord("WHERE");
    Expression condition = expressions.expression();
    tokens.expectSymbol(")");
    return Optional.of(condition);
  }

  private void refuse(String word, String message) {
    Token next = tokens.peek(1);
    if (tokens.atWord(word) && (next.isSymbol("(") || next.isName())) {
      throw tokens.errorAt(tokens.peek(), message);
    }
  }

  private Expression argument(String function) {
    Expression argument = expressions.expression();
    if (tokens.atSymbol("->") || tokens.atSymbol("=>")) {
      throw tokens.errorAt(
          tokens.peek(), function + ": lambdas and named arguments are not supported yet");
    }
    return tokens.acceptWord("AS")
        ? new Expression.Alias(argument, tokens.expectName("a name after AS"))
        : argument;
  }

  private Expression withSchema(String name, List<Expression> arguments) {
    if (arguments.get(1) instanceof Expression.Literal literal
        && literal.value() instanceof String ddl) {
      return new Expression.WithSchema(name, arguments.getFirst(), Schema.parse(ddl));
    }
    throw new AnalysisException(
        name
            + ": the second argument must be the schema as a string, for example 'a INT, b STRING'");
  }

  private Expression close(Expression expression) {
    tokens.expectSymbol(")");
    return expression;
  }
}
