package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.analysis.BoundExpression.Convert;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.vector.time.CalendarField;
import io.millrace.vector.time.ClockField;
import io.millrace.vector.time.DateArithmetic;
import io.millrace.vector.time.DateTimePattern;
import io.millrace.vector.time.SpanParser;
import io.millrace.vector.time.TimestampArithmetic;
import io.millrace.vector.time.Truncation;
import java.util.Arrays;
import java.util.List;

/**
 * Functions on TIMESTAMP and DATE. Everything that depends on a time zone is UTC: see {@link
 * SessionTimeZone}.
 */
final class TimeFunctions {
  private static final String DEFAULT_FORMAT = "yyyy-MM-dd HH:mm:ss";
  private static final String OR_NULL = "or set millrace.ansi=false to get NULL";
  private static final String USE_NULL = "set millrace.ansi=false to get NULL instead";
  private static final long MILLISECOND_US = 1_000;
  private static final long SECOND_US = 1_000_000;

  private TimeFunctions() {}

  static void register() {
    FunctionEvaluators.register(
        TimeFunctions::create,
        "current_timestamp",
        "now",
        "current_date",
        "year",
        "quarter",
        "month",
        "dayofmonth",
        "day",
        "dayofweek",
        "dayofyear",
        "hour",
        "minute",
        "second",
        "date_trunc",
        "date_add",
        "date_sub",
        "datediff",
        "date_diff",
        "timestamp_add_interval",
        "window_end",
        "window_time",
        "interval_us",
        "unix_timestamp",
        "from_unixtime",
        "timestamp_seconds",
        "timestamp_millis",
        "timestamp_micros",
        "unix_seconds",
        "unix_millis",
        "unix_micros",
        "to_timestamp",
        "to_date",
        "date_format");
  }

  private static Evaluator create(Apply call, EvaluationContext context) {
    if (ConstantArgument.isAnyNull(call)) {
      return new ConstantEvaluator(new Constant(null, call.type()), context);
    }
    return switch (call.function()) {
      case "current_timestamp", "now", "current_date" -> new ArrivalTimeEvaluator(call, context);
      case "year" -> calendar(call, CalendarField.YEAR, context);
      case "quarter" -> calendar(call, CalendarField.QUARTER, context);
      case "month" -> calendar(call, CalendarField.MONTH, context);
      case "dayofmonth", "day" -> calendar(call, CalendarField.DAY_OF_MONTH, context);
      case "dayofweek" -> calendar(call, CalendarField.DAY_OF_WEEK, context);
      case "dayofyear" -> calendar(call, CalendarField.DAY_OF_YEAR, context);
      case "hour" ->
          new KernelEvaluator(call, context, (a, rows, out) -> ClockField.hour(a[0], rows, out));
      case "minute" ->
          new KernelEvaluator(call, context, (a, rows, out) -> ClockField.minute(a[0], rows, out));
      case "second" ->
          new KernelEvaluator(call, context, (a, rows, out) -> ClockField.second(a[0], rows, out));
      case "date_trunc" -> truncate(call, context);
      case "date_add" ->
          ranged(
              call,
              context,
              (a, rows, out, n) -> DateArithmetic.plusDays(a[0], a[1], rows, out, n));
      case "date_sub", "datediff", "date_diff" ->
          ranged(
              call, context, (a, rows, out, n) -> DateArithmetic.minus(a[0], a[1], rows, out, n));
      case "timestamp_add_interval" -> addInterval(call, context);
      case "window_end" ->
          moved(call, (Long) ConstantArgument.value(call, 1, "the window's size"), context);
      case "window_time" -> moved(call, -1, context);
      case "interval_us" ->
          new KernelEvaluator(
              call,
              context,
              (a, rows, out, n) -> SpanParser.parse(a[0], rows, out, n),
              "the text is no duration such as '5 minutes'",
              USE_NULL);
      case "timestamp_seconds" -> timestampOfSeconds(call, context);
      case "timestamp_millis" -> timestampOf(call, MILLISECOND_US, context);
      case "timestamp_micros" -> timestampOf(call, 1, context);
      case "unix_seconds" -> unitsOf(call, SECOND_US, context);
      case "unix_millis" -> unitsOf(call, MILLISECOND_US, context);
      case "unix_micros" -> unitsOf(call, 1, context);
      case "unix_timestamp" -> Evaluators.compile(unixTimestamp(call), context);
      case "from_unixtime" -> Evaluators.compile(fromUnixTime(call), context);
      case "to_timestamp", "to_date" -> parse(call, context);
      case "date_format" -> format(call, context);
      default -> throw new AssertionError(call.function());
    };
  }

  private static Evaluator calendar(Apply call, CalendarField field, EvaluationContext context) {
    return new KernelEvaluator(
        call,
        context,
        call.arguments().getFirst().type() == DataType.DATE
            ? (a, rows, out) -> field.ofDates(a[0], rows, out)
            : (a, rows, out) -> field.ofTimestamps(a[0], rows, out));
  }

  /** A kernel that fails where its result does not fit its type. */
  private static Evaluator ranged(
      Apply call, EvaluationContext context, KernelEvaluator.Partial kernel) {
    return new KernelEvaluator(
        call, context, kernel, "the result is outside " + call.type().sql(), USE_NULL);
  }

  private static Evaluator truncate(Apply call, EvaluationContext context) {
    String name = ConstantArgument.text(call, 0, "unit");
    Truncation unit =
        Truncation.named(name)
            .orElseThrow(
                () ->
                    new AnalysisException(
                        call.sql()
                            + ": there is no unit '"
                            + name
                            + "'; use one of "
                            + Arrays.toString(Truncation.values())));
    return ranged(call, context, (a, rows, out, n) -> unit.truncate(a[1], rows, out, n));
  }

  private static Evaluator addInterval(Apply call, EvaluationContext context) {
    int months = (Integer) ConstantArgument.value(call, 1, "interval");
    long us = (Long) ConstantArgument.value(call, 2, "interval");
    return ranged(
        call,
        context,
        (a, rows, out, n) -> TimestampArithmetic.plusInterval(a[0], months, us, rows, out, n));
  }

  /** Bounds of windows at the ends of time stay there. */
  private static Evaluator moved(Apply call, long us, EvaluationContext context) {
    return new KernelEvaluator(
        call, context, (a, rows, out) -> TimestampArithmetic.plusSaturated(a[0], us, rows, out));
  }

  private static Evaluator timestampOfSeconds(Apply call, EvaluationContext context) {
    BoundExpression seconds = call.arguments().getFirst();
    return seconds.type().isIntegral()
        ? timestampOf(call, SECOND_US, context)
        : Evaluators.compile(as(seconds, DataType.TIMESTAMP), context);
  }

  private static Evaluator timestampOf(Apply call, long unitUs, EvaluationContext context) {
    BoundExpression number = as(call.arguments().getFirst(), DataType.BIGINT);
    return ranged(
        new Apply(call.function(), List.of(number), call.type(), call.nullable()),
        context,
        (a, rows, out, n) -> TimestampArithmetic.ofUnits(a[0], unitUs, rows, out, n));
  }

  private static Evaluator unitsOf(Apply call, long unitUs, EvaluationContext context) {
    return new KernelEvaluator(
        call, context, (a, rows, out) -> TimestampArithmetic.toUnits(a[0], unitUs, rows, out));
  }

  /** Of the arrival time, of a point in time, or of text in a format. */
  private static BoundExpression unixTimestamp(Apply call) {
    if (call.arguments().isEmpty()) {
      return new Apply(
          "unix_seconds",
          List.of(new Apply("current_timestamp", List.of(), DataType.TIMESTAMP, false)),
          DataType.BIGINT,
          false);
    }
    BoundExpression argument = call.arguments().getFirst();
    BoundExpression time =
        argument.type() == DataType.STRING
            ? new Apply("to_timestamp", List.of(argument, format(call)), DataType.TIMESTAMP, true)
            : as(argument, DataType.TIMESTAMP);
    return new Apply("unix_seconds", List.of(time), DataType.BIGINT, call.nullable());
  }

  private static BoundExpression fromUnixTime(Apply call) {
    BoundExpression time =
        new Apply(
            "timestamp_seconds",
            List.of(call.arguments().getFirst()),
            DataType.TIMESTAMP,
            call.nullable());
    return call.arguments().size() > 1
        ? new Apply("date_format", List.of(time, format(call)), DataType.STRING, call.nullable())
        : as(time, DataType.STRING);
  }

  private static BoundExpression format(Apply call) {
    return call.arguments().size() > 1
        ? call.arguments().get(1)
        : new Constant(DEFAULT_FORMAT, DataType.STRING);
  }

  /** to_timestamp and to_date: without a format they are casts. */
  private static Evaluator parse(Apply call, EvaluationContext context) {
    BoundExpression text = call.arguments().getFirst();
    if (call.arguments().size() == 1 || text.type() != DataType.STRING) {
      return Evaluators.compile(as(text, call.type()), context);
    }
    String format = ConstantArgument.text(call, 1, "format");
    DateTimePattern pattern = new DateTimePattern(format);
    return new KernelEvaluator(
        call,
        context,
        call.type() == DataType.DATE
            ? (a, rows, out, n) -> pattern.parseDates(a[0], rows, out, n)
            : (a, rows, out, n) -> pattern.parseTimestamps(a[0], rows, out, n),
        "the text does not match the format '" + format + "'",
        "change the format, " + OR_NULL);
  }

  private static Evaluator format(Apply call, EvaluationContext context) {
    DateTimePattern pattern = new DateTimePattern(ConstantArgument.text(call, 1, "format"));
    BoundExpression time = as(call.arguments().getFirst(), DataType.TIMESTAMP);
    return new KernelEvaluator(
        new Apply(
            call.function(), List.of(time, call.arguments().get(1)), call.type(), call.nullable()),
        context,
        (a, rows, out, n) -> pattern.format(a[0], rows, out, n),
        "the format cannot write this time",
        "change the format, " + OR_NULL);
  }

  private static BoundExpression as(BoundExpression expression, DataType type) {
    return expression.type().equals(type)
        ? expression
        : new Convert(expression, type, false, expression.nullable());
  }
}
