package io.millrace.plan;

import io.millrace.types.DataType;
import io.millrace.types.Schema;
import java.util.List;
import java.util.Optional;

/**
 * An expression as written: names and types not yet resolved. Operators are calls of functions
 * named as in {@link Operators}.
 */
public sealed interface Expression {

  /**
   * A constant.
   *
   * @param value null, or a Boolean, Byte, Short, Integer, Long, Float, Double, BigDecimal, String,
   *     byte[], LocalDate, Instant, or an {@link Interval}
   */
  record Literal(Object value) implements Expression {}

  /** A span of time: months and microseconds are kept apart because months differ in length. */
  record Interval(int months, long microseconds) {}

  /**
   * A column by name, perhaps qualified by an alias or followed by struct fields: {@code
   * r.device.id}.
   */
  record Name(List<String> parts) implements Expression {
    public Name {
      parts = List.copyOf(parts);
    }

    public static Name of(String... parts) {
      return new Name(List.of(parts));
    }
  }

  /** All columns, or those of one alias or struct: {@code *}, {@code r.*}. */
  record Star(List<String> qualifier) implements Expression {
    public Star {
      qualifier = List.copyOf(qualifier);
    }
  }

  record Alias(Expression child, String name) implements Expression {}

  /**
   * A function or operator applied to arguments.
   *
   * @param function its name in lower case
   * @param distinct whether an aggregate looks at distinct values only
   * @param filter the rows an aggregate looks at
   */
  record Call(
      String function, List<Expression> arguments, boolean distinct, Optional<Expression> filter)
      implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }

    public static Call of(String function, Expression... arguments) {
      return new Call(function, List.of(arguments), false, Optional.empty());
    }
  }

  /**
   * A conversion.
   *
   * @param safe TRY_CAST: null instead of an error
   */
  record Cast(Expression child, DataType type, boolean safe) implements Expression {}

  /** The value of the first branch whose condition is true. */
  record Case(List<Branch> branches, Optional<Expression> otherwise) implements Expression {
    public Case {
      branches = List.copyOf(branches);
    }
  }

  record Branch(Expression condition, Expression value) {}

  /** {@code value IN (options)}, three-valued. */
  record In(Expression value, List<Expression> options) implements Expression {
    public In {
      options = List.copyOf(options);
    }
  }

  /** {@code from_json(value, 'a INT')} and other functions that take a schema. */
  record WithSchema(String function, Expression child, Schema schema) implements Expression {}
}
