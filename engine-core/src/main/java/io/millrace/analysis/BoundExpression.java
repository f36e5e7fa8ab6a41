package io.millrace.analysis;

import io.millrace.types.DataType;
import java.util.List;
import java.util.Optional;

/**
 * An expression whose names are column indexes and whose types are known: every conversion that it
 * needs stands in it as a {@link Convert}. {@link #sql} gives it back in the user's words, for
 * errors and explain.
 */
public sealed interface BoundExpression {
  DataType type();

  boolean nullable();

  /** The expression as SQL text. */
  default String sql() {
    return BoundExpressionText.of(this);
  }

  /** A column of the operator's input. */
  record Input(int index, String name, DataType type, boolean nullable)
      implements BoundExpression {}

  /** A field of a STRUCT, null where the struct is. */
  record Field(BoundExpression struct, int index, String name, DataType type, boolean nullable)
      implements BoundExpression {
    /** The field at that index of the struct's type. */
    public static Field of(BoundExpression struct, int index) {
      io.millrace.types.Field field = ((DataType.Struct) struct.type()).fields().field(index);
      return new Field(
          struct, index, field.name(), field.type(), struct.nullable() || field.nullable());
    }
  }

  /**
   * A constant of exactly its type's Java class (see {@link io.millrace.types.Row}); TIMESTAMP as
   * Long microseconds, DATE as Integer days; null for a typed NULL.
   */
  record Constant(Object value, DataType type) implements BoundExpression {
    @Override
    public boolean nullable() {
      return value == null;
    }
  }

  /**
   * A function or operator whose arguments have exactly the types that its kernel takes.
   *
   * @param function its name in lower case, see {@link io.millrace.plan.Operators}; AND and OR may
   *     have more than two arguments
   */
  record Apply(String function, List<BoundExpression> arguments, DataType type, boolean nullable)
      implements BoundExpression {
    public Apply {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A conversion between two different types.
   *
   * @param safe null instead of an error for a value that does not convert
   */
  record Convert(BoundExpression child, DataType type, boolean safe, boolean nullable)
      implements BoundExpression {}

  /**
   * Branch values and the otherwise value all have the type of the whole; without otherwise it is
   * null.
   */
  record Case(
      List<Branch> branches, Optional<BoundExpression> otherwise, DataType type, boolean nullable)
      implements BoundExpression {
    public Case {
      branches = List.copyOf(branches);
    }
  }

  record Branch(BoundExpression condition, BoundExpression value) {}

  /** {@code value IN (constants)}: constants without nulls, and whether a null stood among them. */
  record InList(BoundExpression value, List<Constant> options, boolean hasNull)
      implements BoundExpression {
    public InList {
      options = List.copyOf(options);
    }

    @Override
    public DataType type() {
      return DataType.BOOLEAN;
    }

    @Override
    public boolean nullable() {
      return hasNull || value.nullable();
    }
  }
}
