package io.millrace;

import static io.millrace.Functions.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.sql.SqlParser;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsTest {
  private static final Column A = col("a");
  private static final Column B = col("b");

  static Stream<Arguments> sameAsSql() {
    return Stream.of(
        Arguments.of(expr("a + 1"), "a + 1"),
        Arguments.of(callFunction("DATE_ADD", A, lit(1)), "date_add(a, 1)"),
        Arguments.of(coalesce(A, B), "coalesce(a, b)"),
        Arguments.of(not(A), "NOT a"),
        Arguments.of(window(A, "1 minute"), "window(a, '1 minute')"),
        Arguments.of(window(A, "1 minute", "30 seconds"), "window(a, '1 minute', '30 seconds')"),
        Arguments.of(
            window(A, "1 hour", "1 hour", "15 minutes"),
            "window(a, '1 hour', '1 hour', '15 minutes')"),
        Arguments.of(sessionWindow(A, "5 minutes"), "session_window(a, '5 minutes')"),
        Arguments.of(sessionWindow(A, B), "session_window(a, b)"),
        Arguments.of(windowTime(A), "window_time(a)"),
        Arguments.of(count("*"), "count(*)"),
        Arguments.of(count("a"), "count(a)"),
        Arguments.of(count(A), "count(a)"),
        Arguments.of(countDistinct(A, B), "count(DISTINCT a, b)"),
        Arguments.of(countDistinct("a", "b"), "count(DISTINCT a, b)"),
        Arguments.of(approxCountDistinct("a"), "approx_count_distinct(a)"),
        Arguments.of(approxCountDistinct(A, 0.1), "approx_count_distinct(a, 0.1D)"),
        Arguments.of(sum("a"), "sum(a)"),
        Arguments.of(avg("a"), "avg(a)"),
        Arguments.of(min("a"), "min(a)"),
        Arguments.of(max("a"), "max(a)"),
        Arguments.of(first("a"), "first(a)"),
        Arguments.of(first(A, true), "first(a, true)"),
        Arguments.of(last("a"), "last(a)"),
        Arguments.of(last(A, true), "last(a) IGNORE NULLS"),
        Arguments.of(stddev("a"), "stddev(a)"),
        Arguments.of(variance("a"), "variance(a)"),
        Arguments.of(collectList("a"), "collect_list(a)"),
        Arguments.of(collectSet("a"), "collect_set(a)"),
        Arguments.of(percentileApprox(A, 0.5), "percentile_approx(a, 0.5D)"),
        Arguments.of(percentileApprox(A, 0.5, 100), "percentile_approx(a, 0.5D, 100)"),
        Arguments.of(fromJson(A, "x INT, y STRING"), "from_json(a, 'x INT, y STRING')"),
        Arguments.of(toJson(struct(col("*"))), "to_json(struct(*))"),
        Arguments.of(struct("a", "b"), "struct(a, b)"),
        Arguments.of(array("a", "b"), "array(a, b)"),
        Arguments.of(map(lit("k"), A), "map('k', a)"),
        Arguments.of(explode(A), "explode(a)"),
        Arguments.of(length(A), "length(a)"),
        Arguments.of(upper(A), "upper(a)"),
        Arguments.of(lower(A), "lower(a)"),
        Arguments.of(trim(A), "trim(a)"),
        Arguments.of(concat(A, lit("-"), B), "concat(a, '-', b)"),
        Arguments.of(concatWs("-", A, B), "concat_ws('-', a, b)"),
        Arguments.of(substring(A, 1, 2), "substring(a, 1, 2)"),
        Arguments.of(split(A, ","), "split(a, ',')"),
        Arguments.of(split(A, ",", 2), "split(a, ',', 2)"),
        Arguments.of(regexpExtract(A, "x(.)", 1), "regexp_extract(a, 'x(.)', 1)"),
        Arguments.of(regexpReplace(A, "x", "y"), "regexp_replace(a, 'x', 'y')"),
        Arguments.of(regexpReplace(A, B, A), "regexp_replace(a, b, a)"),
        Arguments.of(abs(A), "abs(a)"),
        Arguments.of(round(A), "round(a)"),
        Arguments.of(round(A, 2), "round(a, 2)"),
        Arguments.of(floor("a"), "floor(a)"),
        Arguments.of(ceil("a"), "ceil(a)"),
        Arguments.of(sqrt("a"), "sqrt(a)"),
        Arguments.of(pow("a", 2.0), "pow(a, 2.0D)"),
        Arguments.of(pow(A, B), "pow(a, b)"),
        Arguments.of(exp("a"), "exp(a)"),
        Arguments.of(log("a"), "log(a)"),
        Arguments.of(log(2.0, A), "log(2.0D, a)"),
        Arguments.of(greatest("a", "b"), "greatest(a, b)"),
        Arguments.of(least(A, B), "least(a, b)"),
        Arguments.of(hash(A, B), "hash(a, b)"),
        Arguments.of(toTimestamp(A), "to_timestamp(a)"),
        Arguments.of(toTimestamp(A, "yyyy"), "to_timestamp(a, 'yyyy')"),
        Arguments.of(toDate(A), "to_date(a)"),
        Arguments.of(toDate(A, "yyyy"), "to_date(a, 'yyyy')"),
        Arguments.of(dateTrunc("hour", A), "date_trunc('hour', a)"),
        Arguments.of(year(A), "year(a)"),
        Arguments.of(month(A), "month(a)"),
        Arguments.of(dayofmonth(A), "dayofmonth(a)"),
        Arguments.of(hour(A), "hour(a)"),
        Arguments.of(minute(A), "minute(a)"),
        Arguments.of(second(A), "second(a)"),
        Arguments.of(unixTimestamp(A), "unix_timestamp(a)"),
        Arguments.of(unixTimestamp(A, "yyyy"), "unix_timestamp(a, 'yyyy')"),
        Arguments.of(currentTimestamp(), "current_timestamp()"));
  }

  @ParameterizedTest
  @MethodSource
  void sameAsSql(Column column, String sql) {
    assertThat(column.expression()).isEqualTo(SqlParser.parseExpression(sql));
  }

  @Test
  void orderingsByName() {
    assertThat(asc("a").sortOrder()).isEqualTo(A.asc().sortOrder());
    assertThat(desc("a").sortOrder()).isEqualTo(A.desc().sortOrder());
  }
}
