package io.millrace.analysis.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Branch;
import io.millrace.analysis.BoundExpression.Case;
import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.analysis.BoundExpression.Convert;
import io.millrace.analysis.BoundExpression.InList;
import io.millrace.analysis.BoundExpression.Input;
import io.millrace.analysis.BoundTree;
import io.millrace.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random expressions mean the same after simplification, nulls and failures included. */
class ThreeValuedLogicTest {
  private static final int EXPRESSIONS = 20_000;
  private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=", "<=>");

  /** What a failing division gives, so that it can be told from null. */
  private static final Object FAILURE = "failure";

  @Test
  void simplificationKeepsValuesNullsAndFailures() {
    long seed = Long.getLong("millrace.test.seed", 20251010L);
    Random random = new Random(seed);
    Optimizer optimizer = new Optimizer(ConstantFolder.NONE);
    int simplified = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      BoundExpression before = bool(random, 4);
      BoundExpression after = BoundTree.bottomUp(before, optimizer::simplify);
      simplified += after.equals(before) ? 0 : 1;
      for (Object[] row : rows(random)) {
        Object expected = value(before, row);
        assertThat(value(after, row))
            .as("-Dmillrace.test.seed=%d, expression %d: %s became %s", seed, i, before, after)
            .isEqualTo(expected);
        assertThat(expected != null || after.nullable()).as("nullable %s", after.sql()).isTrue();
      }
      assertThat(after.type()).isEqualTo(before.type());
    }
    assertThat(simplified).isGreaterThan(EXPRESSIONS / 2);
  }

  private static List<Object[]> rows(Random random) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rows.add(new Object[] {bit(random), bit(random), number(random), number(random)});
    }
    return rows;
  }

  private static Object bit(Random random) {
    return new Object[] {true, false, null}[random.nextInt(3)];
  }

  private static Object number(Random random) {
    return random.nextInt(4) == 0 ? null : (Object) (random.nextInt(4) - 1);
  }

  private static BoundExpression bool(Random random, int depth) {
    int choice = depth == 0 ? random.nextInt(2) : random.nextInt(13);
    return switch (choice) {
      case 0 -> new Input(random.nextInt(2), "b", DataType.BOOLEAN, true);
      case 1 -> new Constant(bit(random), DataType.BOOLEAN);
      case 2, 3, 4 -> chain("and", random, depth);
      case 5, 6, 7 -> chain("or", random, depth);
      case 8 -> apply("not", bool(random, depth - 1));
      case 9 ->
          new Apply(
              random.nextBoolean() ? "isnull" : "isnotnull",
              List.of(random.nextBoolean() ? bool(random, depth - 1) : integer(random, depth - 1)),
              DataType.BOOLEAN,
              false);
      case 10 -> {
        String operator = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
        BoundExpression left = integer(random, depth - 1);
        BoundExpression right = integer(random, depth - 1);
        yield new Apply(
            operator,
            List.of(left, right),
            DataType.BOOLEAN,
            !operator.equals("<=>") && (left.nullable() || right.nullable()));
      }
      case 11 -> {
        List<Constant> options = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          options.add(new Constant(random.nextInt(3), DataType.INT));
        }
        yield new InList(
            integer(random, depth - 1), options, options.isEmpty() || random.nextBoolean());
      }
      default -> choice(DataType.BOOLEAN, random, depth);
    };
  }

  private static BoundExpression integer(Random random, int depth) {
    int choice = depth == 0 ? random.nextInt(2) : random.nextInt(7);
    return switch (choice) {
      case 0 -> new Input(2 + random.nextInt(2), "n", DataType.INT, true);
      case 1 -> new Constant(number(random), DataType.INT);
      case 2 -> arithmetic("+", random, depth);
      case 3 -> arithmetic("%", random, depth);
      case 4 -> new Convert(bool(random, depth - 1), DataType.INT, false, true);
      case 5 -> {
        List<BoundExpression> values =
            List.of(integer(random, depth - 1), integer(random, depth - 1));
        yield new Apply(
            "coalesce", values, DataType.INT, values.stream().allMatch(BoundExpression::nullable));
      }
      default -> choice(DataType.INT, random, depth);
    };
  }

  private static BoundExpression arithmetic(String operator, Random random, int depth) {
    List<BoundExpression> operands =
        List.of(integer(random, depth - 1), integer(random, depth - 1));
    return new Apply(
        operator, operands, DataType.INT, operands.stream().anyMatch(BoundExpression::nullable));
  }

  private static BoundExpression chain(String operator, Random random, int depth) {
    List<BoundExpression> operands = new ArrayList<>();
    for (int i = 2 + random.nextInt(2); i > 0; i--) {
      operands.add(bool(random, depth - 1));
    }
    return apply(operator, operands.toArray(BoundExpression[]::new));
  }

  private static BoundExpression apply(String operator, BoundExpression... operands) {
    List<BoundExpression> list = List.of(operands);
    boolean nullable = list.stream().anyMatch(BoundExpression::nullable);
    return new Apply(operator, list, DataType.BOOLEAN, nullable);
  }

  private static BoundExpression choice(DataType type, Random random, int depth) {
    List<Branch> branches = new ArrayList<>();
    boolean nullable = false;
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      BoundExpression value = of(type, random, depth);
      nullable |= value.nullable();
      branches.add(new Branch(bool(random, depth - 1), value));
    }
    Optional<BoundExpression> otherwise =
        random.nextBoolean() ? Optional.of(of(type, random, depth)) : Optional.empty();
    nullable |= otherwise.map(BoundExpression::nullable).orElse(true);
    return new Case(branches, otherwise, type, nullable);
  }

  private static BoundExpression of(DataType type, Random random, int depth) {
    return type == DataType.INT ? integer(random, depth - 1) : bool(random, depth - 1);
  }

  /** The meaning, row at a time: operands are asked from the left, and only while they matter. */
  private static Object value(BoundExpression expression, Object[] row) {
    return switch (expression) {
      case Input input -> row[input.index()];
      case Constant constant -> constant.value();
      case BoundExpression.Field field -> throw new IllegalArgumentException(field.sql());
      case Convert convert -> {
        Object child = value(convert.child(), row);
        yield child instanceof Boolean bool ? (Object) (bool ? 1 : 0) : child;
      }
      case Case cases -> choose(cases, row);
      case InList in -> {
        Object value = value(in.value(), row);
        if (value == null || value == FAILURE) {
          yield value;
        }
        boolean found = in.options().stream().anyMatch(option -> option.value().equals(value));
        yield found ? (Object) true : in.hasNull() ? null : (Object) false;
      }
      case Apply apply ->
          switch (apply.function()) {
            case "and" -> chain(apply, row, false);
            case "or" -> chain(apply, row, true);
            case "coalesce" -> coalesce(apply, row);
            default -> strict(apply, row);
          };
    };
  }

  private static Object choose(Case cases, Object[] row) {
    for (Branch branch : cases.branches()) {
      Object condition = value(branch.condition(), row);
      if (condition == FAILURE) {
        return FAILURE;
      } else if (Boolean.TRUE.equals(condition)) {
        return value(branch.value(), row);
      }
    }
    return cases.otherwise().map(otherwise -> value(otherwise, row)).orElse(null);
  }

  private static Object chain(Apply apply, Object[] row, boolean decider) {
    Object result = !decider;
    for (BoundExpression operand : apply.arguments()) {
      Object value = value(operand, row);
      if (value == FAILURE || value instanceof Boolean bool && bool == decider) {
        return value;
      }
      result = value == null ? null : result;
    }
    return result;
  }

  private static Object coalesce(Apply apply, Object[] row) {
    for (BoundExpression operand : apply.arguments()) {
      Object value = value(operand, row);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static Object strict(Apply apply, Object[] row) {
    List<Object> values = new ArrayList<>();
    for (BoundExpression argument : apply.arguments()) {
      Object value = value(argument, row);
      if (value == FAILURE) {
        return FAILURE;
      }
      values.add(value);
    }
    Object first = values.getFirst();
    Object last = values.getLast();
    switch (apply.function()) {
      case "isnull":
        return first == null;
      case "isnotnull":
        return first != null;
      case "<=>":
        return first == null ? last == null : first.equals(last);
      default:
        break;
    }
    if (first == null || last == null) {
      return null;
    }
    return switch (apply.function()) {
      case "not" -> !(Boolean) first;
      case "+" -> (Integer) first + (Integer) last;
      case "%" -> (Integer) last == 0 ? FAILURE : (Object) ((Integer) first % (Integer) last);
      case "=" -> first.equals(last);
      case "<>" -> !first.equals(last);
      case "<" -> (Integer) first < (Integer) last;
      case "<=" -> (Integer) first <= (Integer) last;
      case ">" -> (Integer) first > (Integer) last;
      case ">=" -> (Integer) first >= (Integer) last;
      default -> throw new AssertionError(apply.function());
    };
  }
}
