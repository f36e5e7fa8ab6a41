package io.millrace;

import io.millrace.plan.Expression;
import io.millrace.plan.Expression.Call;
import io.millrace.spi.Durations;
import io.millrace.sql.SqlParser;
import io.millrace.types.DataType;
import io.millrace.types.Schema;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The functions of expressions, to be imported statically. A String argument that stands for a
 * column names it; constants are written as {@link #lit}.
 *
 * <p>Nulls: unless a function says otherwise its result is null when an argument is, and aggregates
 * skip nulls.
 */
public final class Functions {
  private Functions() {}

  private static Column call(String function, Object... arguments) {
    return new Column(Call.of(function, Literals.expressions(arguments)));
  }

  private static Object[] columns(String first, String... more) {
    Object[] columns = new Object[more.length + 1];
    columns[0] = col(first);
    for (int i = 0; i < more.length; i++) {
      columns[i + 1] = col(more[i]);
    }
    return columns;
  }

  private static Object[] all(Object first, Object... more) {
    Object[] all = new Object[more.length + 1];
    all[0] = first;
    System.arraycopy(more, 0, all, 1, more.length);
    return all;
  }

  // Columns and constants

  /**
   * A column by name: {@code a}, {@code alias.a}, {@code struct.field}, {@code `a.b`}, {@code *}.
   */
  public static Column col(String name) {
    return new Column(ColumnName.parse(name));
  }

  /**
   * A constant: null, Boolean, a number, String, byte[], LocalDate, Instant, Duration, Period; a
   * Column stays what it is.
   */
  public static Column lit(Object value) {
    return value instanceof Column column ? column : new Column(Literals.literal(value));
  }

  /**
   * SQL text such as {@code "temperature * 2"}.
   *
   * @throws io.millrace.types.AnalysisException with line, column and what was expected
   */
  public static Column expr(String sql) {
    return new Column(SqlParser.parseExpression(sql));
  }

  /** Any function by its SQL name. */
  public static Column callFunction(String name, Column... arguments) {
    return call(name.toLowerCase(java.util.Locale.ROOT), (Object[]) arguments);
  }

  /**
   * A value where the condition is true; goes on with {@code .when(...)}, {@code .otherwise(...)}.
   */
  public static Column when(Column condition, Object value) {
    Expression.Branch branch =
        new Expression.Branch(condition.expression(), Literals.expression(value));
    return new Column(new Expression.Case(List.of(branch), Optional.empty()));
  }

  /** The first argument that is not null. */
  public static Column coalesce(Column... columns) {
    return call("coalesce", (Object[]) columns);
  }

  public static Column not(Column condition) {
    return condition.not();
  }

  public static Column asc(String column) {
    return col(column).asc();
  }

  public static Column desc(String column) {
    return col(column).desc();
  }

  // Windows of event time

  /** Tumbling windows: a struct of start (inclusive) and end (exclusive). */
  public static Column window(Column time, String duration) {
    return call("window", time, duration);
  }

  public static Column window(Column time, Duration duration) {
    return window(time, Durations.text(duration));
  }

  /** Sliding windows. */
  public static Column window(Column time, String duration, String slide) {
    return call("window", time, duration, slide);
  }

  public static Column window(Column time, Duration duration, Duration slide) {
    return window(time, Durations.text(duration), Durations.text(slide));
  }

  /**
   * @param start offset of windows from 1970-01-01T00:00:00Z
   */
  public static Column window(Column time, String duration, String slide, String start) {
    return call("window", time, duration, slide, start);
  }

  public static Column window(Column time, Duration duration, Duration slide, Duration start) {
    return window(time, Durations.text(duration), Durations.text(slide), Durations.text(start));
  }

  /** Windows that end when nothing has come for the gap. */
  public static Column sessionWindow(Column time, String gap) {
    return call("session_window", time, gap);
  }

  public static Column sessionWindow(Column time, Duration gap) {
    return sessionWindow(time, Durations.text(gap));
  }

  public static Column sessionWindow(Column time, Column gap) {
    return call("session_window", time, gap);
  }

  /** The event time of a window's result: its end less a microsecond. */
  public static Column windowTime(Column window) {
    return call("window_time", window);
  }

  // Aggregates

  /** Rows in which the column is not null. */
  public static Column count(Column column) {
    return call("count", column);
  }

  /** The same by name; {@code "*"} counts all rows. */
  public static Column count(String column) {
    return count(col(column));
  }

  /** Distinct combinations of values without a null. */
  public static Column countDistinct(Column first, Column... more) {
    List<Expression> arguments = Arrays.asList(Literals.expressions(all(first, (Object[]) more)));
    return new Column(new Call("count", arguments, true, Optional.empty()));
  }

  public static Column countDistinct(String first, String... more) {
    Column[] others = Arrays.stream(more).map(Functions::col).toArray(Column[]::new);
    return countDistinct(col(first), others);
  }

  public static Column approxCountDistinct(Column column) {
    return call("approx_count_distinct", column);
  }

  public static Column approxCountDistinct(String column) {
    return approxCountDistinct(col(column));
  }

  /**
   * @param relativeStandardDeviation the most that is allowed
   */
  public static Column approxCountDistinct(Column column, double relativeStandardDeviation) {
    return call("approx_count_distinct", column, relativeStandardDeviation);
  }

  public static Column sum(Column column) {
    return call("sum", column);
  }

  public static Column sum(String column) {
    return sum(col(column));
  }

  public static Column avg(Column column) {
    return call("avg", column);
  }

  public static Column avg(String column) {
    return avg(col(column));
  }

  public static Column min(Column column) {
    return call("min", column);
  }

  public static Column min(String column) {
    return min(col(column));
  }

  public static Column max(Column column) {
    return call("max", column);
  }

  public static Column max(String column) {
    return max(col(column));
  }

  /** The value of the first row, also when it is null. */
  public static Column first(Column column) {
    return call("first", column);
  }

  public static Column first(String column) {
    return first(col(column));
  }

  public static Column first(Column column, boolean ignoreNulls) {
    return call("first", column, ignoreNulls);
  }

  /** The value of the last row, also when it is null. */
  public static Column last(Column column) {
    return call("last", column);
  }

  public static Column last(String column) {
    return last(col(column));
  }

  public static Column last(Column column, boolean ignoreNulls) {
    return call("last", column, ignoreNulls);
  }

  /** Of a sample. */
  public static Column stddev(Column column) {
    return call("stddev", column);
  }

  public static Column stddev(String column) {
    return stddev(col(column));
  }

  /** Of a sample. */
  public static Column variance(Column column) {
    return call("variance", column);
  }

  public static Column variance(String column) {
    return variance(col(column));
  }

  /** The standard deviation of all values, not of a sample. */
  public static Column stddevPop(Column column) {
    return call("stddev_pop", column);
  }

  public static Column stddevPop(String column) {
    return stddevPop(col(column));
  }

  /** The variance of all values, not of a sample. */
  public static Column varPop(Column column) {
    return call("var_pop", column);
  }

  public static Column varPop(String column) {
    return varPop(col(column));
  }

  /** The number of rows for which the condition is true. */
  public static Column countIf(Column condition) {
    return call("count_if", condition);
  }

  /** The sum of the different values. */
  public static Column sumDistinct(Column column) {
    return new Column(
        new Expression.Call("sum", List.of(column.expression()), true, Optional.empty()));
  }

  /** Whether the condition is true in every row in which it is not null. */
  public static Column boolAnd(Column condition) {
    return call("bool_and", condition);
  }

  /** Whether the condition is true in any row. */
  public static Column boolOr(Column condition) {
    return call("bool_or", condition);
  }

  /** The value of the row in which {@code order} is least. */
  public static Column minBy(Column value, Column order) {
    return call("min_by", value, order);
  }

  public static Column minBy(String value, String order) {
    return minBy(col(value), col(order));
  }

  /** The value of the row in which {@code order} is greatest. */
  public static Column maxBy(Column value, Column order) {
    return call("max_by", value, order);
  }

  public static Column maxBy(String value, String order) {
    return maxBy(col(value), col(order));
  }

  /** Some value; the first. */
  public static Column anyValue(Column column) {
    return call("any_value", column);
  }

  public static Column collectList(Column column) {
    return call("collect_list", column);
  }

  public static Column collectList(String column) {
    return collectList(col(column));
  }

  public static Column collectSet(Column column) {
    return call("collect_set", column);
  }

  public static Column collectSet(String column) {
    return collectSet(col(column));
  }

  /**
   * @param percentage between 0 and 1
   */
  public static Column percentileApprox(Column column, Object percentage) {
    return call("percentile_approx", column, percentage);
  }

  /**
   * @param accuracy a larger number is nearer to the truth and takes more memory
   */
  public static Column percentileApprox(Column column, Object percentage, Object accuracy) {
    return call("percentile_approx", column, percentage, accuracy);
  }

  // Nested values

  /**
   * @param schema DDL text such as {@code "a INT, b STRING"}
   */
  public static Column fromJson(Column json, String schema) {
    return fromJson(json, Schema.parse(schema));
  }

  public static Column fromJson(Column json, Schema schema) {
    return new Column(new Expression.WithSchema("from_json", json.expression(), schema));
  }

  public static Column fromJson(Column json, DataType.Struct type) {
    return fromJson(json, type.fields());
  }

  public static Column toJson(Column value) {
    return call("to_json", value);
  }

  public static Column struct(Column... fields) {
    return call("struct", (Object[]) fields);
  }

  public static Column struct(String first, String... more) {
    return call("struct", columns(first, more));
  }

  public static Column array(Column... elements) {
    return call("array", (Object[]) elements);
  }

  public static Column array(String first, String... more) {
    return call("array", columns(first, more));
  }

  /** Keys and values by turns. */
  public static Column map(Column... keysAndValues) {
    return call("map", (Object[]) keysAndValues);
  }

  /** One row per element. */
  public static Column explode(Column arrayOrMap) {
    return call("explode", arrayOrMap);
  }

  // Text

  /** Characters of a STRING, bytes of a BINARY. */
  public static Column length(Column text) {
    return call("length", text);
  }

  public static Column upper(Column text) {
    return call("upper", text);
  }

  public static Column lower(Column text) {
    return call("lower", text);
  }

  /** Without spaces at both ends. */
  public static Column trim(Column text) {
    return call("trim", text);
  }

  public static Column concat(Column... texts) {
    return call("concat", (Object[]) texts);
  }

  /** Nulls are left out; the result is null only if the separator is. */
  public static Column concatWs(String separator, Column... texts) {
    return call("concat_ws", all(separator, (Object[]) texts));
  }

  /**
   * @param position of the first character, from 1; negative from the end
   */
  public static Column substring(Column text, int position, int length) {
    return call("substring", text, position, length);
  }

  public static Column split(Column text, String regex) {
    return call("split", text, regex);
  }

  /**
   * @param limit how many parts at the most; no limit if it is not positive
   */
  public static Column split(Column text, String regex, int limit) {
    return call("split", text, regex, limit);
  }

  /** A group of the first match; empty text if there is none. */
  public static Column regexpExtract(Column text, String regex, int group) {
    return call("regexp_extract", text, regex, group);
  }

  public static Column regexpReplace(Column text, String regex, String replacement) {
    return call("regexp_replace", text, regex, replacement);
  }

  public static Column regexpReplace(Column text, Column regex, Column replacement) {
    return call("regexp_replace", text, regex, replacement);
  }

  // Numbers

  public static Column abs(Column number) {
    return call("abs", number);
  }

  /** Half away from zero, to a whole number. */
  public static Column round(Column number) {
    return call("round", number);
  }

  /**
   * @param digits behind the point; negative before it
   */
  public static Column round(Column number, int digits) {
    return call("round", number, digits);
  }

  public static Column floor(Column number) {
    return call("floor", number);
  }

  public static Column floor(String column) {
    return floor(col(column));
  }

  public static Column ceil(Column number) {
    return call("ceil", number);
  }

  public static Column ceil(String column) {
    return ceil(col(column));
  }

  public static Column sqrt(Column number) {
    return call("sqrt", number);
  }

  public static Column sqrt(String column) {
    return sqrt(col(column));
  }

  public static Column pow(Column base, Column exponent) {
    return call("pow", base, exponent);
  }

  public static Column pow(Column base, double exponent) {
    return call("pow", base, exponent);
  }

  public static Column pow(String base, double exponent) {
    return pow(col(base), exponent);
  }

  public static Column exp(Column number) {
    return call("exp", number);
  }

  public static Column exp(String column) {
    return exp(col(column));
  }

  /** To base e. */
  public static Column log(Column number) {
    return call("log", number);
  }

  public static Column log(String column) {
    return log(col(column));
  }

  public static Column log(double base, Column number) {
    return call("log", base, number);
  }

  /** Nulls are skipped. */
  public static Column greatest(Column... columns) {
    return call("greatest", (Object[]) columns);
  }

  public static Column greatest(String first, String... more) {
    return call("greatest", columns(first, more));
  }

  /** Nulls are skipped. */
  public static Column least(Column... columns) {
    return call("least", (Object[]) columns);
  }

  public static Column least(String first, String... more) {
    return call("least", columns(first, more));
  }

  /** Murmur3, 32 bits, seed 42. Nulls leave the hash as it is. */
  public static Column hash(Column... columns) {
    return call("hash", (Object[]) columns);
  }

  // Time

  public static Column toTimestamp(Column text) {
    return call("to_timestamp", text);
  }

  public static Column toTimestamp(Column text, String format) {
    return call("to_timestamp", text, format);
  }

  public static Column toDate(Column text) {
    return call("to_date", text);
  }

  public static Column toDate(Column text, String format) {
    return call("to_date", text, format);
  }

  /**
   * @param unit year, quarter, month, week, day, hour, minute, second, millisecond or microsecond
   */
  public static Column dateTrunc(String unit, Column timestamp) {
    return call("date_trunc", unit, timestamp);
  }

  public static Column year(Column time) {
    return call("year", time);
  }

  public static Column month(Column time) {
    return call("month", time);
  }

  public static Column dayofmonth(Column time) {
    return call("dayofmonth", time);
  }

  public static Column hour(Column time) {
    return call("hour", time);
  }

  public static Column minute(Column time) {
    return call("minute", time);
  }

  public static Column second(Column time) {
    return call("second", time);
  }

  /** Seconds since 1970-01-01T00:00:00Z. */
  public static Column unixTimestamp(Column time) {
    return call("unix_timestamp", time);
  }

  public static Column unixTimestamp(Column text, String format) {
    return call("unix_timestamp", text, format);
  }

  /** The arrival time of the batch at hand. */
  public static Column currentTimestamp() {
    return call("current_timestamp");
  }
}
