package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.plan.Operators;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.vector.text.Concatenation;
import io.millrace.vector.text.LetterCase;
import io.millrace.vector.text.RegexPattern;
import io.millrace.vector.text.Rewriting;
import io.millrace.vector.text.Substring;
import io.millrace.vector.text.TextLength;
import io.millrace.vector.text.TextSearch;
import io.millrace.vector.text.Trimming;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Functions on STRING; length, substring, concat and the searches take BINARY as well. */
final class TextFunctions {
  /** Those whose second argument is prepared before any row. */
  private static final Set<String> PATTERN_FUNCTIONS =
      Set.of(
          Operators.LIKE,
          Operators.RLIKE,
          "regexp",
          "regexp_like",
          "regexp_extract",
          "regexp_replace");

  private TextFunctions() {}

  static void register() {
    FunctionEvaluators.register(
        TextFunctions::create,
        "length",
        "char_length",
        "character_length",
        "octet_length",
        "ascii",
        "upper",
        "ucase",
        "lower",
        "lcase",
        "initcap",
        "trim",
        "btrim",
        "ltrim",
        "rtrim",
        "concat",
        Operators.CONCAT,
        "concat_ws",
        "substring",
        "substr",
        "startswith",
        "endswith",
        "contains",
        "instr",
        "locate",
        "position",
        "replace",
        "reverse",
        "repeat",
        "lpad",
        "rpad",
        Operators.LIKE,
        Operators.RLIKE,
        "regexp",
        "regexp_like",
        "regexp_extract",
        "regexp_replace");
  }

  private static Evaluator create(Apply original, EvaluationContext context) {
    if (original.function().equals("concat_ws")) {
      return new ConcatWithSeparatorEvaluator(original, context);
    }
    Apply call =
        PATTERN_FUNCTIONS.contains(original.function())
            ? ConstantArgument.folded(original, context)
            : original;
    if (ConstantArgument.isAnyNull(call)) {
      return new ConstantEvaluator(new Constant(null, call.type()), context);
    }
    return switch (call.function()) {
      case Operators.LIKE -> new LikeEvaluator(call, context);
      case "lpad", "rpad" -> {
        Apply whole = withDefault(call, 3, " ");
        yield new KernelEvaluator(whole, context, kernel(whole));
      }
      case "replace" -> {
        Apply whole = withDefault(call, 3, "");
        yield new KernelEvaluator(whole, context, kernel(whole));
      }
      default -> new KernelEvaluator(call, context, kernel(call));
    };
  }

  private static Apply withDefault(Apply call, int count, String last) {
    List<BoundExpression> arguments = new ArrayList<>(call.arguments());
    if (arguments.size() < count) {
      arguments.add(new Constant(last, DataType.STRING));
    }
    return new Apply(call.function(), arguments, call.type(), call.nullable());
  }

  private static KernelEvaluator.Total kernel(Apply call) {
    int count = call.arguments().size();
    boolean binary = call.arguments().getFirst().type() == DataType.BINARY;
    return switch (call.function()) {
      case "length", "char_length", "character_length" ->
          binary
              ? (a, rows, out) -> TextLength.bytes(a[0], rows, out)
              : (a, rows, out) -> TextLength.characters(a[0], rows, out);
      case "octet_length" -> (a, rows, out) -> TextLength.bytes(a[0], rows, out);
      case "ascii" -> (a, rows, out) -> TextLength.firstCodePoint(a[0], rows, out);
      case "upper", "ucase" -> (a, rows, out) -> LetterCase.upper(a[0], rows, out);
      case "lower", "lcase" -> (a, rows, out) -> LetterCase.lower(a[0], rows, out);
      case "initcap" -> (a, rows, out) -> LetterCase.initialCapitals(a[0], rows, out);
      case "trim", "btrim" -> trim(count, true, true);
      case "ltrim" -> trim(count, true, false);
      case "rtrim" -> trim(count, false, true);
      case "concat", Operators.CONCAT -> Concatenation::concat;
      case "substring", "substr" -> substring(count, binary);
      case "startswith" -> (a, rows, out) -> TextSearch.startsWith(a[0], a[1], rows, out);
      case "endswith" -> (a, rows, out) -> TextSearch.endsWith(a[0], a[1], rows, out);
      case "contains" -> (a, rows, out) -> TextSearch.contains(a[0], a[1], rows, out);
      case "instr" -> (a, rows, out) -> TextSearch.locate(a[0], a[1], null, rows, out);
      case "locate", "position" ->
          (a, rows, out) -> TextSearch.locate(a[1], a[0], count > 2 ? a[2] : null, rows, out);
      case "replace" -> (a, rows, out) -> Rewriting.replace(a[0], a[1], a[2], rows, out);
      case "reverse" -> (a, rows, out) -> Rewriting.reverse(a[0], rows, out);
      case "repeat" -> (a, rows, out) -> Rewriting.repeat(a[0], a[1], rows, out);
      case "lpad" -> (a, rows, out) -> Rewriting.pad(a[0], a[1], a[2], true, rows, out);
      case "rpad" -> (a, rows, out) -> Rewriting.pad(a[0], a[1], a[2], false, rows, out);
      case Operators.RLIKE, "regexp", "regexp_like" -> {
        RegexPattern pattern = pattern(call);
        yield (a, rows, out) -> pattern.find(a[0], rows, out);
      }
      case "regexp_extract" -> {
        RegexPattern pattern = pattern(call);
        int group = group(call, pattern);
        yield (a, rows, out) -> pattern.extract(a[0], group, rows, out);
      }
      case "regexp_replace" -> {
        RegexPattern pattern = pattern(call);
        yield (a, rows, out) -> pattern.replace(a[0], a[2], rows, out);
      }
      default -> throw new AssertionError(call.function());
    };
  }

  private static KernelEvaluator.Total trim(int count, boolean left, boolean right) {
    return count > 1
        ? (a, rows, out) -> Trimming.trim(a[0], a[1], left, right, rows, out)
        : (a, rows, out) -> Trimming.trim(a[0], left, right, rows, out);
  }

  private static KernelEvaluator.Total substring(int count, boolean binary) {
    return binary
        ? (a, rows, out) -> Substring.bytes(a[0], a[1], count > 2 ? a[2] : null, rows, out)
        : (a, rows, out) -> Substring.characters(a[0], a[1], count > 2 ? a[2] : null, rows, out);
  }

  private static RegexPattern pattern(Apply call) {
    return new RegexPattern(ConstantArgument.text(call, 1, "regular expression"));
  }

  private static int group(Apply call, RegexPattern pattern) {
    int group =
        call.arguments().size() < 3
            ? 1
            : ((Number) ConstantArgument.value(call, 2, "group")).intValue();
    if (group < 0 || group > pattern.groupCount()) {
      throw new AnalysisException(
          call.sql()
              + ": there is no group "
              + group
              + "; the regular expression has "
              + pattern.groupCount()
              + ", and 0 is the whole match");
    }
    return group;
  }
}
