package io.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.Expression;
import io.millrace.types.AnalysisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      quoteCharacter = '¤',
      textBlock =
          """
          a or b and not c = d           --> (or a (and b (not (= c d))))
          not a is null                  --> (not (isnull a))
          a = b is not null              --> (isnotnull (= a b))
          1 + 2 * 3 - 4                  --> (- (+ 1 (* 2 3)) 4)
          (1 + 2) * 3                    --> (* (+ 1 2) 3)
          a || b || 'c'                  --> (|| (|| a b) 'c')
          a % 2 == 0                     --> (= (% a 2) 0)
          a DIV 2 != b                   --> (<> (div a 2) b)
          a <> b                         --> (<> a b)
          -a * b                         --> (* (negate a) b)
          - 5                            --> -5
          a - 5                          --> (- a 5)
          a -5                           --> (- a 5)
          a & b | c ^ d                  --> (| (& a b) (^ c d))
          a << 1 + 2                     --> (<< a (+ 1 2))
          ~a                             --> (~ a)
          !a                             --> (not a)
          a between 1 and 2 and b        --> (and (between a 1 2) b)
          a not between b + 1 and 9      --> (not (between a (+ b 1) 9))
          a in (1, 2, null)              --> (in a 1 2 null)
          a not in ('x')                 --> (not (in a 'x'))
          a like 'x%'                    --> (like a 'x%')
          a not like 'x/_' escape '/'    --> (not (like a 'x/_' '/'))
          a ilike 'X%'                   --> (like (lower a) (lower 'X%'))
          a like any ('x', 'y')          --> (or (like a 'x') (like a 'y'))
          a like all ('x', 'y')          --> (and (like a 'x') (like a 'y'))
          a rlike '^x'                   --> (rlike a '^x')
          a regexp 'x' or b              --> (or (rlike a 'x') b)
          a is true                      --> (<=> a true)
          a is not false                 --> (not (<=> a false))
          a is unknown                   --> (isnull a)
          a is distinct from b           --> (not (<=> a b))
          a is not distinct from b       --> (not (not (<=> a b)))
          a <=> null                     --> (<=> a null)
          a < b = true                   --> (= (< a b) true)
          """)
  void operatorsBindAsInSpark(String sql, String expected) {
    assertThat(Prefix.of(SqlParser.parseExpression(sql))).isEqualTo(expected);
  }

  @Test
  void commentsAreBlank() {
    assertThat(Prefix.of(SqlParser.parseExpression("-- why\nx /* y */ + -- z\n1")))
        .isEqualTo("(+ x 1)");
  }

  @Test
  void stringsUnderstandDoubledQuotesAndBackslashes() {
    assertThat(string("'it''s'")).isEqualTo("it's");
    assertThat(string("\"double \"\"quoted\"\"\"")).isEqualTo("double \"quoted\"");
    assertThat(string("'tab\\t, \\\\, \\', \\0'")).isEqualTo("tab\t, \\, ', \0");
    assertThat(string("'a\\u0041\\101\\U0001F600'")).isEqualTo("aAA\uD83D\uDE00");
    assertThat(string("'10\\% \\_ \\q'")).isEqualTo("10\\% \\_ q");
    assertThat(string("r'raw\\n'")).isEqualTo("raw\\n");
    assertThat(string("'one' 'two'")).isEqualTo("onetwo");
    assertThat(string("'line\nbreak'")).isEqualTo("line\nbreak");
    assertThat(string("''")).isEmpty();
  }

  private static String string(String sql) {
    return (String) ((Expression.Literal) SqlParser.parseExpression(sql)).value();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      quoteCharacter = '¤',
      textBlock =
          """
          1                              --> 1
          2147483648                     --> 2147483648L
          -2147483648                    --> -2147483648
          -9223372036854775808           --> -9223372036854775808L
          9223372036854775808            --> 9223372036854775808BD
          1L                             --> 1L
          1S                             --> 1S
          -128Y                          --> -128Y
          1.5                            --> 1.5BD
          .5                             --> 0.5BD
          5.                             --> 5BD
          1.5D                           --> 1.5D
          1F                             --> 1.0F
          1.50BD                         --> 1.50BD
          1e3                            --> 1000.0D
          1.5E-3                         --> 0.0015D
          TRUE                           --> true
          null                           --> null
          X'0aFF'                        --> x0aff
          x'1'                           --> x01
          DATE '2025-10-10'              --> 2025-10-10
          TIMESTAMP '2025-10-10 12:01'   --> 2025-10-10T12:01:00Z
          timestamp '2025-10-10T12:01:00.123456+02:00' --> 2025-10-10T10:01:00.123456Z
          INTERVAL 5 MINUTES             --> interval[0,300000000]
          INTERVAL '1' DAY               --> interval[0,86400000000]
          INTERVAL -2 hours              --> interval[0,-7200000000]
          INTERVAL '1 day 2 hours'       --> interval[0,93600000000]
          INTERVAL 1 YEAR 2 MONTHS       --> interval[14,0]
          INTERVAL '1-2' YEAR TO MONTH   --> interval[14,0]
          INTERVAL '1 02:03:04.5' DAY TO SECOND --> interval[0,93784500000]
          INTERVAL '10:30' HOUR TO MINUTE --> interval[0,37800000000]
          INTERVAL '1.5 seconds'         --> interval[0,1500000]
          """)
  void literalsHaveSparksTypes(String sql, String expected) {
    assertThat(Prefix.of(SqlParser.parseExpression(sql))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      quoteCharacter = '¤',
      textBlock =
          """
          count(*)                       --> (count *)
          COUNT(DISTINCT a, b)           --> (count distinct a b)
          sum(a) FILTER (WHERE b > 1)    --> (sum a filter (> b 1))
          first(a) IGNORE NULLS          --> (first a true)
          first(a IGNORE NULLS)          --> (first a true)
          cast(a as decimal(10, 2))      --> (cast a DECIMAL(10,2))
          try_cast(a AS INT)             --> (try_cast a INT)
          a::BIGINT + 1                  --> (+ (cast a BIGINT) 1)
          a::int < 5                     --> (< (cast a INT) 5)
          -1::STRING                     --> (cast -1 STRING)
          cast(a as array<struct<b: int, c: map<string, int>>>) --> (cast a ARRAY<STRUCT<b:INT,c:MAP<STRING,INT>>>)
          case when a then 1 else 2 end  --> (case a:1 else 2)
          case a when 1 then 'x' end     --> (case (= a 1):'x')
          from_json(value, 'a INT, b STRING') --> (from_json value <a INT, b STRING>)
          to_json(struct(*))             --> (to_json (struct *))
          struct(a as x, b)              --> (struct (as a x) b)
          window(ts, '1 minute')         --> (window ts '1 minute')
          session_window(ts, '5 minutes') --> (session_window ts '5 minutes')
          a.b.c                          --> a.b.c
          `odd name`.`with``tick`        --> odd name.with`tick
          arr[0].field                   --> (getitem (getitem arr 0) 'field')
          f(x).y                         --> (getitem (f x) 'y')
          window.end                     --> window.end
          t.select                       --> t.select
          timestamp                      --> timestamp
          date > timestamp               --> (> date timestamp)
          interval + 1                   --> (+ interval 1)
          date(x)                        --> (date x)
          first                          --> first
          left(a, 2)                     --> (left a 2)
          current_timestamp              --> (current_timestamp)
          current_date()                 --> (current_date)
          extract(YEAR FROM ts)          --> (year ts)
          substring(a FROM 2 FOR 3)      --> (substring a 2 3)
          substring(a, 2)                --> (substring a 2)
          trim(a)                        --> (trim a)
          trim(LEADING 'x' FROM a)       --> (ltrim a 'x')
          trim(both from a)              --> (trim a)
          position('x' IN a)             --> (locate 'x' a)
          if(a, 1, 2)                    --> (if a 1 2)
          """)
  void namesAndCalls(String sql, String expected) {
    assertThat(Prefix.of(SqlParser.parseExpression(sql))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      textBlock =
          """
          *                      --> *
          data.*                 --> [data].*
          a AS b                 --> (as a b)
          a b                    --> (as a b)
          count(*) n             --> (as (count *) n)
          a AS `odd name`        --> (as a odd name)
          a + 1 timestamp        --> (as (+ a 1) timestamp)
          """)
  void selectItemsMayHaveAnAlias(String sql, String expected) {
    assertThat(Prefix.of(SqlParser.parseSelectItem(sql))).isEqualTo(expected);
  }

  @Test
  void tenThousandParenthesesAreRefused() {
    String sql = "(".repeat(10_000) + "1" + ")".repeat(10_000);
    assertThatThrownBy(() -> SqlParser.parseExpression(sql))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("nested more than 200 levels deep");
    assertThatThrownBy(() -> SqlParser.parseExpression("- ".repeat(10_000) + "x"))
        .hasMessageContaining("nested more than 200 levels deep");
    assertThatThrownBy(() -> SqlParser.parseQuery("SELECT 1 FROM " + sql))
        .hasMessageContaining("nested more than 200 levels deep");
  }

  @Test
  void longChainsOfOperatorsAreNoNesting() {
    Expression chain = SqlParser.parseExpression("a = 1" + " OR a = 1".repeat(20_000));
    assertThat(chain).isInstanceOf(Expression.Call.class);
  }
}
