package io.millrace.sql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxErrorTest {

  @Test
  void errorsShowTheLineWithACaret() {
    assertThatThrownBy(() -> SqlParser.parseQuery("SELECT a\nFROM readings\nWHERE temperature >"))
        .isInstanceOf(AnalysisException.class)
        .hasMessage(
            "SQL, line 3:20: expected an expression, found the end\n"
                + "  WHERE temperature >\n"
                + "                     ^");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      quoteCharacter = '¤',
      textBlock =
          """
          SELEC a FROM t              --> 1:1: expected SELECT, WITH or VALUES, found SELEC; did you mean SELECT
          SELECT a FORM t             --> 1:10: expected a keyword or the end, found FORM; did you mean FROM
          SELECT a FROM t WHER b > 1  --> 1:17: expected a keyword or the end, found WHER; did you mean WHERE
          SELECT a FROM t GROPU BY a  --> 1:17: expected a keyword or the end, found GROPU; did you mean GROUP
          SELECT FROM t               --> 1:8: expected an expression, found FROM
          SELECT a FROM               --> 1:14: expected a table, or a query in parentheses, found the end
          SELECT a FROM a, b          --> tables joined by a comma are not supported; write JOIN ... ON
          SELECT (a FROM t            --> 1:11: expected ), found FROM
          SELECT sum(a b) FROM t      --> expected , or ) after an argument of sum, found b
          SELECT 'a FROM t            --> 1:8: this string has no closing '
          SELECT `a FROM t            --> 1:8: this name has no closing `
          SELECT a /* FROM t          --> this comment has no closing */
          SELECT a FROM t LIMIT x     --> LIMIT needs a whole number, not x
          SELECT cast(a AS strng)     --> unknown type strng; did you mean STRING
          SELECT a IS NUL             --> expected NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM, found NUL; did you mean NULL
          SELECT a BETWEEN 1 OR 2     --> expected AND, found OR
          SELECT CASE WHEN a THEN 1   --> expected WHEN, ELSE or END, found the end
          SELECT DATE '2025-13-01'    --> '2025-13-01' is no DATE; write for example '2025-10-10'
          SELECT TIMESTAMP 'now'      --> 'now' is no TIMESTAMP
          SELECT INTERVAL '5 parsecs' --> is not an interval such as INTERVAL 5 MINUTES
          SELECT INTERVAL 5 parsecs   --> expected a unit such as MINUTES
          SELECT 300Y                 --> 300Y is out of its type's range
          SELECT 1e999999999BD        --> 1e999999999BD is out of its type's range
          SELECT 1abc                 --> unknown suffix abc of a number
          SELECT a # b                --> unexpected character #
          SELECT a IN (SELECT 1)      --> a subquery inside an expression is not supported yet
          SELECT EXISTS (SELECT 1)    --> a subquery inside an expression is not supported yet
          SELECT rank() OVER (x)      --> window functions are not supported yet
          SELECT (1, 2)               --> several values in parentheses are not supported
          SELECT f(x -> x + 1)        --> lambdas and named arguments are not supported yet
          SELECT 1 EXCEPT SELECT 1    --> EXCEPT is not supported yet
          SELECT 1 FROM range(5)      --> the table function range is not supported
          SELECT 1 GROUP BY ALL       --> GROUP BY ALL is not supported yet; list the columns
          VALUES (1), (1, 2)          --> this row of VALUES has 2 values, the first one has 1
          SELECT a FROM t NATURAL JOIN u --> NATURAL JOIN is not supported
          SELECT a.1 FROM t           --> expected a name after the point, found 1
          """)
  void errorsSayWhatWasExpectedAndFound(String sql, String message) {
    assertThatThrownBy(() -> SqlParser.parseQuery(sql))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining(message);
  }

  @Test
  void leftOversOfAnExpressionAreRefused() {
    assertThatThrownBy(() -> SqlParser.parseExpression("a > 1 ADN b"))
        .hasMessageContaining("1:7: expected an operator, a comma, a keyword or the end, found ADN")
        .hasMessageContaining("did you mean AND");
    assertThatThrownBy(() -> SqlParser.parseExpression(""))
        .hasMessageContaining("1:1: expected an expression, found the end");
  }
}
