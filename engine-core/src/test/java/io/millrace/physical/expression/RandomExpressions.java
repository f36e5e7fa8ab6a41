package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Branch;
import io.millrace.analysis.BoundExpression.Case;
import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.analysis.BoundExpression.InList;
import io.millrace.analysis.BoundExpression.Input;
import io.millrace.types.DataType;
import io.millrace.types.Schema;
import io.millrace.vector.RandomBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Random bound expressions over a schema, as analysis would type them. */
final class RandomExpressions {
  private static final String[] COMPARISONS = {"=", "<>", "<", "<=", ">", ">=", "<=>"};

  private final Schema schema;
  private final RandomBatches batches;
  private final Random random;

  RandomExpressions(Schema schema, RandomBatches batches) {
    this.schema = schema;
    this.batches = batches;
    this.random = batches.random();
  }

  DataType anyType() {
    return schema.field(random.nextInt(schema.size())).type();
  }

  BoundExpression next(DataType type, int depth) {
    if (depth == 0 || random.nextInt(8) == 0) {
      return leaf(type);
    }
    return switch (random.nextInt(type == DataType.BOOLEAN || type.isNumeric() ? 9 : 5)) {
      case 0 -> choice(type, depth - 1);
      case 1 -> call("coalesce", type, next(type, depth - 1), next(type, depth - 1));
      case 2 ->
          call(
              "if",
              type,
              next(DataType.BOOLEAN, depth - 1),
              next(type, depth - 1),
              next(type, depth - 1));
      case 3 ->
          call(
              random.nextBoolean() ? "greatest" : "least",
              type,
              next(type, depth - 1),
              next(type, depth - 1),
              leaf(type));
      case 4 -> call("nullif", type, next(type, depth - 1), leaf(type));
      default -> type == DataType.BOOLEAN ? condition(depth - 1) : number(type, depth - 1);
    };
  }

  private BoundExpression leaf(DataType type) {
    int[] columns =
        IntStream.range(0, schema.size())
            .filter(i -> schema.field(i).type().equals(type))
            .toArray();
    if (columns.length > 0 && random.nextInt(4) != 0) {
      int column = columns[random.nextInt(columns.length)];
      return new Input(column, schema.field(column).name(), type, schema.field(column).nullable());
    }
    return new Constant(random.nextInt(10) == 0 ? null : batches.value(type), type);
  }

  private BoundExpression choice(DataType type, int depth) {
    List<Branch> branches = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      branches.add(new Branch(next(DataType.BOOLEAN, depth), next(type, depth)));
    }
    return new Case(
        branches,
        random.nextBoolean() ? Optional.of(next(type, depth)) : Optional.empty(),
        type,
        true);
  }

  private BoundExpression condition(int depth) {
    DataType type = anyType();
    return switch (random.nextInt(9)) {
      case 0, 1 -> {
        BoundExpression[] operands = new BoundExpression[2 + random.nextInt(3)];
        for (int i = 0; i < operands.length; i++) {
          operands[i] = next(DataType.BOOLEAN, depth);
        }
        yield call(random.nextBoolean() ? "and" : "or", DataType.BOOLEAN, operands);
      }
      case 2 -> call("not", DataType.BOOLEAN, next(DataType.BOOLEAN, depth));
      case 3 ->
          call(random.nextBoolean() ? "isnull" : "isnotnull", DataType.BOOLEAN, next(type, depth));
      case 4 -> call("between", DataType.BOOLEAN, next(type, depth), next(type, depth), leaf(type));
      case 5 -> {
        List<Constant> options = new ArrayList<>();
        for (int i = random.nextInt(14); i >= 0; i--) {
          options.add(new Constant(batches.value(type), type));
        }
        yield new InList(next(type, depth), options, random.nextInt(4) == 0);
      }
      default -> {
        String operator = COMPARISONS[random.nextInt(COMPARISONS.length)];
        yield call(operator, DataType.BOOLEAN, next(type, depth), next(type, depth));
      }
    };
  }

  private BoundExpression number(DataType type, int depth) {
    BoundExpression x = next(type, depth);
    BoundExpression y = next(type, depth);
    return switch (random.nextInt(type == DataType.DOUBLE ? 12 : 9)) {
      case 0 -> call("+", type, x, y);
      case 1 -> call("-", type, x, y);
      case 2 -> call("try_multiply", type, x, y);
      case 3 -> call("%", type, x, y);
      case 4 -> call(type.isIntegral() ? "div" : "/", type, x, y);
      case 5 -> call("try_divide", type, x, y);
      case 6 -> call("negate", type, x);
      case 7 -> call("abs", type, x);
      case 8 -> call("round", type, x, new Constant(random.nextInt(-3, 4), DataType.INT));
      case 9 -> call("sqrt", type, x);
      case 10 -> call("ln", type, x);
      default -> call("pow", type, x, y);
    };
  }

  private static BoundExpression call(String function, DataType type, BoundExpression... operands) {
    return new Apply(function, List.of(operands), type, true);
  }
}
