package io.millrace.analysis;

import io.millrace.plan.Operators;
import io.millrace.types.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Functions whose result type needs a rule, and those that are another way to write something. */
final class SpecialFunctions {
  /** {@code int(x)} is {@code CAST(x AS INT)}. */
  private static final Map<String, DataType> CASTS =
      Map.ofEntries(
          Map.entry("boolean", DataType.BOOLEAN),
          Map.entry("tinyint", DataType.TINYINT),
          Map.entry("smallint", DataType.SMALLINT),
          Map.entry("int", DataType.INT),
          Map.entry("bigint", DataType.BIGINT),
          Map.entry("float", DataType.FLOAT),
          Map.entry("double", DataType.DOUBLE),
          Map.entry("decimal", new DataType.Decimal(10, 0)),
          Map.entry("string", DataType.STRING),
          Map.entry("binary", DataType.BINARY),
          Map.entry("date", DataType.DATE),
          Map.entry("timestamp", DataType.TIMESTAMP));

  private static final Set<String> OWN =
      Set.of(
          "coalesce",
          "nvl2",
          "nullif",
          "if",
          "greatest",
          "least",
          "concat",
          "round",
          "floor",
          "ceil",
          "isnan",
          "left",
          "right",
          "unix_timestamp");

  static final Set<String> NAMES =
      Stream.concat(OWN.stream(), CASTS.keySet().stream())
          .collect(java.util.stream.Collectors.toUnmodifiableSet());

  private SpecialFunctions() {}

  /** The call; null if the function is not one of these. */
  static BoundExpression bind(CallSite site, String name, List<BoundExpression> arguments) {
    if (CASTS.containsKey(name)) {
      site.requireCount(arguments, 1, 1);
      return ExpressionAnalyzer.cast(site, arguments.getFirst(), CASTS.get(name), false);
    }
    return switch (name) {
      case "coalesce" -> {
        site.requireCount(arguments, 1, Integer.MAX_VALUE);
        yield nary(site, name, arguments);
      }
      case "greatest", "least" -> {
        site.requireCount(arguments, 2, Integer.MAX_VALUE);
        yield nary(site, name, arguments);
      }
      case "if" -> {
        site.requireCount(arguments, 3, 3);
        yield choice(site, arguments.get(0), arguments.get(1), arguments.get(2));
      }
      case "nvl2" -> {
        site.requireCount(arguments, 3, 3);
        BoundExpression known =
            site.apply(
                Operators.IS_NOT_NULL,
                DataType.BOOLEAN,
                false,
                OperatorBinder.typed(arguments.get(0)));
        yield choice(site, known, arguments.get(1), arguments.get(2));
      }
      case "nullif" -> {
        site.requireCount(arguments, 2, 2);
        BoundExpression equal = OperatorBinder.bind(site, Operators.EQUAL, arguments);
        BoundExpression none = new BoundExpression.Constant(null, DataType.VOID);
        yield choice(site, equal, none, arguments.get(0));
      }
      case "concat" -> concat(site, arguments);
      case "round" -> round(site, arguments);
      case "floor", "ceil" -> whole(site, name, arguments);
      case "isnan" -> {
        site.requireCount(arguments, 1, 1);
        BoundExpression number = doubleValue(site, name, arguments.getFirst());
        yield site.apply(
            Operators.NULL_SAFE_EQUAL,
            DataType.BOOLEAN,
            false,
            number,
            new BoundExpression.Constant(Double.NaN, DataType.DOUBLE));
      }
      case "left", "right" -> side(site, name, arguments);
      case "unix_timestamp" ->
          arguments.isEmpty()
              ? FunctionCatalog.bind(
                  site, name, List.of(FunctionCatalog.bind(site, "current_timestamp", List.of())))
              : null;
      default -> null;
    };
  }

  /** Nulls are passed over, so the result is null only when all are. */
  private static BoundExpression nary(CallSite site, String name, List<BoundExpression> arguments) {
    List<BoundExpression> values = site.unify(arguments, name);
    if (values.size() == 1) {
      return values.getFirst();
    }
    return new BoundExpression.Apply(
        name, values, values.getFirst().type(), CallSite.allNullable(values));
  }

  private static BoundExpression choice(
      CallSite site, BoundExpression condition, BoundExpression then, BoundExpression otherwise) {
    List<BoundExpression> values = site.unify(List.of(then, otherwise), "if");
    return new BoundExpression.Case(
        List.of(new BoundExpression.Branch(site.bool(condition, "if"), values.get(0))),
        Optional.of(values.get(1)),
        values.get(0).type(),
        CallSite.anyNullable(values));
  }

  /** A chain of || is one call. */
  private static BoundExpression concat(CallSite site, List<BoundExpression> arguments) {
    for (BoundExpression argument : arguments) {
      if (!Coercion.accepts(argument, DataType.STRING)) {
        throw site.needs(argument, "concat", "STRING", DataType.STRING);
      }
    }
    List<BoundExpression> texts =
        arguments.stream()
            .flatMap(
                argument ->
                    argument instanceof BoundExpression.Apply inner
                            && inner.function().equals("concat")
                        ? inner.arguments().stream()
                        : Stream.of(argument))
            .toList();
    List<BoundExpression> converted = site.convertAll(texts, DataType.STRING);
    return new BoundExpression.Apply(
        "concat", converted, DataType.STRING, CallSite.anyNullable(converted));
  }

  private static BoundExpression round(CallSite site, List<BoundExpression> arguments) {
    site.requireCount(arguments, 1, 2);
    int digits =
        arguments.size() == 1 ? 0 : site.constantInt(arguments.get(1), "the number of digits");
    BoundExpression number = number(site, "round", arguments.getFirst());
    DataType type = number.type();
    if (type instanceof DataType.Decimal decimal) {
      int whole = decimal.precision() - decimal.scale() + 1;
      int scale = Math.clamp(digits, 0, decimal.scale());
      type = DecimalTypes.bounded(Math.max(whole, -digits + 1) + scale, scale);
    }
    return site.apply(
        "round",
        type,
        number.nullable() || !site.coercion().ansi(),
        number,
        new BoundExpression.Constant(digits, DataType.INT));
  }

  /** BIGINT for whole and floating numbers, a decimal without scale for decimals. */
  private static BoundExpression whole(
      CallSite site, String name, List<BoundExpression> arguments) {
    site.requireCount(arguments, 1, 1);
    BoundExpression number = number(site, name, arguments.getFirst());
    if (number.type().isIntegral()) {
      return site.coercion().convert(number, DataType.BIGINT);
    } else if (number.type() instanceof DataType.Decimal decimal) {
      DataType type = DecimalTypes.bounded(decimal.precision() - decimal.scale() + 1, 0);
      return site.apply(name, type, number.nullable(), number);
    }
    BoundExpression value = site.coercion().convert(number, DataType.DOUBLE);
    return site.apply(name, DataType.BIGINT, value.nullable() || !site.coercion().ansi(), value);
  }

  private static BoundExpression number(CallSite site, String name, BoundExpression argument) {
    return argument.type().isNumeric() ? argument : doubleValue(site, name, argument);
  }

  private static BoundExpression doubleValue(CallSite site, String name, BoundExpression argument) {
    if (!Coercion.accepts(argument, DataType.DOUBLE)) {
      throw site.needs(argument, name, "a number", DataType.DOUBLE);
    }
    return site.coercion().convert(argument, DataType.DOUBLE);
  }

  /** {@code left(x, n)} and {@code right(x, n)} are substrings. */
  private static BoundExpression side(CallSite site, String name, List<BoundExpression> arguments) {
    site.requireCount(arguments, 2, 2);
    BoundExpression count = arguments.get(1);
    if (name.equals("left")) {
      BoundExpression start = new BoundExpression.Constant(1, DataType.INT);
      return FunctionCatalog.bind(site, "substring", List.of(arguments.get(0), start, count));
    }
    int length = Math.max(0, site.constantInt(count, "the length"));
    return FunctionCatalog.bind(
        site,
        "substring",
        List.of(
            arguments.get(0),
            new BoundExpression.Constant(-length, DataType.INT),
            new BoundExpression.Constant(length, DataType.INT)));
  }
}
