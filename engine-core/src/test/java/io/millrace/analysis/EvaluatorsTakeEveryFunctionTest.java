package io.millrace.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.physical.expression.EvaluationContext;
import io.millrace.physical.expression.Evaluator;
import io.millrace.physical.expression.Evaluators;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What analysis lets through, evaluators can compute, with the type that analysis promised. */
class EvaluatorsTakeEveryFunctionTest {

  /** Constant arguments by function and position; a slash suits all others. */
  private static final Map<String, String> CONSTANTS =
      Map.of("date_trunc1", "'HOUR'", "like2", "'x%'", "regexp_extract2", "'(a)'");

  @Test
  void everySignature() {
    for (FunctionSignature signature : FunctionCatalog.signatures()) {
      List<FunctionSignature.Parameter> parameters = signature.parameters();
      for (int count = 0; count <= parameters.size() + 1; count++) {
        if (signature.takes(count)) {
          compile(call(signature, count));
        }
      }
    }
  }

  private static String call(FunctionSignature signature, int count) {
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FunctionSignature.Parameter parameter =
          signature.parameters().get(Math.min(i, signature.parameters().size() - 1));
      arguments.add(
          parameter.constant()
              ? parameter.kind().equals("INT")
                  ? "0"
                  : CONSTANTS.getOrDefault(signature.name() + (i + 1), "'/'")
              : column(parameter.kind()));
    }
    return signature.name() + "(" + String.join(", ", arguments) + ")";
  }

  private static String column(String kind) {
    return switch (kind) {
      case "STRING" -> "name";
      case "INT", "ANY", "NUMBER" -> "id";
      case "BIGINT" -> "big";
      case "DOUBLE" -> "value";
      case "BINARY" -> "raw";
      case "DATE" -> "day";
      case "TIMESTAMP" -> "ts";
      default -> throw new AssertionError(kind);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id + 1",
        "small - tiny",
        "cost * 2",
        "big / 2",
        "cost / 3",
        "value % 2",
        "id % 2",
        "big DIV 2",
        "real + real",
        "-cost",
        "abs(cost)",
        "abs(tiny)",
        "-real",
        "cost % 2",
        "cost = 1.125",
        "try_divide(id, 0)",
        "try_add(id, 1)",
        "try_mod(id, 0)",
        "try_multiply(cost, cost)",
        "try_subtract(big, 1)",
        "id IN (1, 2, NULL)",
        "name IN ('a')",
        "cost IN (1, 2.5)",
        "value BETWEEN 1 AND 2",
        "name <=> 'a'",
        "flag = true",
        "raw = X'00'",
        "day < ts",
        "id IS NULL",
        "NOT flag",
        "flag AND id > 1 OR name LIKE 'a%'",
        "name RLIKE 'a'",
        "CASE WHEN flag THEN 1 ELSE 2.5 END",
        "coalesce(id, big, 0)",
        "nullif(id, 0)",
        "if(flag, name, 'x')",
        "nvl2(name, 1, 2)",
        "greatest(id, big)",
        "least(name, 'a')",
        "name || id",
        "left(name, 2)",
        "right(name, 2)",
        "round(value, 2)",
        "round(cost)",
        "round(id, -1)",
        "floor(value)",
        "floor(cost)",
        "ceil(big)",
        "ceil(real)",
        "isnan(value)",
        "isnan(real)",
        "isnan(id)",
        "hash(id, name, cost, ts)",
        "ts + INTERVAL 1 DAY",
        "day + INTERVAL 1 MONTH",
        "day + 3",
        "unix_timestamp()",
        "CAST(name AS TIMESTAMP)",
        "TRY_CAST(name AS INT)",
        "cost::STRING",
        "ts::DATE",
        "flag::INT",
        "name ILIKE 'A%'",
        "name LIKE concat('a', '%')",
        "trim(LEADING 'x' FROM name)",
        "now()",
        "current_date",
        "NULL = id",
        "id + NULL"
      })
  void everyOperatorAndSpecialFunction(String sql) {
    compile(sql);
  }

  private static void compile(String sql) {
    BoundExpression expression = Plans.expression(sql);
    try (BufferAllocator allocator = new RootAllocator()) {
      EvaluationContext context = new EvaluationContext(allocator, 64, true);
      try (Evaluator evaluator = Evaluators.compile(expression, context)) {
        assertThat(evaluator.type()).as(sql).isEqualTo(expression.type());
      }
    }
  }
}
