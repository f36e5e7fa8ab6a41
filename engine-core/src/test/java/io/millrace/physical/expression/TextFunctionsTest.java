package io.millrace.physical.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFunctionsTest {
  private final SqlExpressions sql =
      new SqlExpressions("s STRING, p STRING, i INT").row("Käse-42", "se", 2).row(null, "x", null);

  @AfterEach
  void close() {
    sql.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "length(s)~7",
        "ascii(s)~75",
        "upper(s)~KÄSE-42",
        "lower(s)~käse-42",
        "initcap('hello big WORLD')~Hello Big World",
        "trim('  a ') || '.'~a.",
        "ltrim('  a ') || '.'~a .",
        "rtrim('  a ') || '.'~\"  a.\"",
        "trim(BOTH 'xy' FROM 'xyaxbyx')~axb",
        "trim(LEADING 'x' FROM 'xxax')~ax",
        "trim(TRAILING 'x' FROM 'xxax')~xxa",
        "concat(s, '/', p)~Käse-42/se",
        "s || p || i~Käse-42se2",
        "concat_ws('-', s, p, NULL, 'z')~Käse-42-se-z",
        "substring(s, 2, 3)~äse",
        "substring(s, -2)~42",
        "substring(s FROM i FOR 1)~ä",
        "left(s, 2)~Kä",
        "right(s, 2)~42",
        "startswith(s, 'Kä')~true",
        "endswith(s, p)~false",
        "contains(s, p)~true",
        "instr(s, p)~3",
        "locate('e', s)~4",
        "locate('4', s, 7)~0",
        "replace(s, '4', '<>')~Käse-<>2",
        "replace(s, '-')~Käse42",
        "reverse(s)~24-esäK",
        "repeat(p, i)~sese",
        "lpad(s, 9, '.')~..Käse-42",
        "rpad(p, 4) || '.'~se  .",
        "lpad(s, 2)~Kä",
        "s LIKE 'K_se%'~true",
        "s LIKE '%42'~true",
        "s NOT LIKE '%se%'~false",
        "'10%' LIKE '10!%' ESCAPE '!'~true",
        "s ILIKE 'kÄSE%'~true",
        "s RLIKE '\\\\d+$'~true",
        "regexp_extract(s, '(\\\\d)(\\\\d)', 2)~2",
        "regexp_extract(s, '([a-z]+)-')~se",
        "regexp_extract(s, 'nothing', 0)~",
        "regexp_replace(s, '(\\\\d)', '<$1>')~Käse-<4><2>",
      })
  void functionsGiveWhatSparkGives(String expression, String expected) {
    assertThat(Objects.toString(sql.first(expression))).isEqualTo(Objects.toString(expected, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "length(s)",
        "upper(s)",
        "concat(p, s)",
        "substring(p, i)",
        "contains(p, s)",
        "s LIKE 'a%'",
        "s RLIKE 'a'",
        "regexp_replace(s, 'a', 'b')",
        "lpad(p, i)",
        "concat_ws(NULL, p)",
        "p LIKE NULL",
        "p LIKE upper(NULL)",
      })
  void nullInIsNullOut(String expression) {
    assertThat(sql.values(expression).get(1)).isNull();
  }

  @Test
  void concatWithSeparatorLeavesNullsOut() {
    assertThat(sql.values("concat_ws(',', s, p)")).containsExactly("Käse-42,se", "x");
    assertThat(sql.values("concat_ws(',', s)")).containsExactly("Käse-42", "");
  }

  @Test
  void patternsMustBeConstants() {
    assertThatThrownBy(() -> sql.first("s LIKE p"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("must be a constant");
    assertThatThrownBy(() -> sql.first("s RLIKE p")).hasMessageContaining("must be a constant");
  }

  @Test
  void wrongPatternsAreRefusedBeforeAnyRow() {
    assertThatThrownBy(() -> sql.first("s LIKE 'a' ESCAPE 'xx'"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("one character");
    assertThatThrownBy(() -> sql.first("s LIKE 'a\\\\b'")).hasMessageContaining("escape character");
    assertThatThrownBy(() -> sql.first("regexp_extract(s, '(a)', 2)"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("there is no group 2");
    assertThatThrownBy(() -> sql.first("s RLIKE '('"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("regular expression '('");
  }
}
