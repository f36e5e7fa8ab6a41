package io.millrace.physical.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConvertEvaluatorTest {
  private final SqlExpressions sql =
      new SqlExpressions("price STRING, n INT, x DOUBLE")
          .row("abc", 300, 1e10)
          .row("12", 7, -1.9)
          .row(null, null, null);

  @AfterEach
  void close() {
    sql.close();
  }

  @Test
  void errorsNameExpressionValueAndWayOut() {
    assertThatThrownBy(() -> sql.first("CAST(price AS INT)"))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
        .hasMessage(
            "CAST(price AS INT): 'abc' cannot be read as INT in a row with price = 'abc';"
                + " use TRY_CAST(price AS INT) to get NULL instead");
    assertThatThrownBy(() -> sql.first("CAST(n AS TINYINT)"))
        .hasMessage(
            "CAST(n AS TINYINT): 300 is outside TINYINT (-128 to 127) in a row with n = 300;"
                + " use TRY_CAST(n AS TINYINT) to get NULL instead");
    assertThatThrownBy(() -> sql.first("CAST(x AS INT)"))
        .hasMessageContaining("1.0E10 is outside INT (-2147483648 to 2147483647)");
    assertThatThrownBy(() -> sql.first("CAST(n AS DECIMAL(3,1))"))
        .hasMessageContaining("300 is outside DECIMAL(3,1)");
  }

  @Test
  void longValuesAreCutInErrors() {
    assertThatThrownBy(() -> sql.first("CAST(repeat('x', 100000) AS INT)"))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  @Test
  void tryCastAndAnsiOffGiveNull() {
    assertThat(sql.values("TRY_CAST(price AS INT)")).containsExactly(null, 12, null);
    assertThat(sql.values("CAST(price AS INT)", false)).containsExactly(null, 12, null);
    assertThat(sql.values("TRY_CAST(x AS INT)")).containsExactly(null, -1, null);
    assertThat(sql.bind("TRY_CAST(price AS INT)", true).nullable()).isTrue();
  }

  @Test
  void rowsNobodyAskedAboutNeverFail() {
    assertThat(sql.values("CASE WHEN price RLIKE '^[0-9]+$' THEN CAST(price AS INT) END"))
        .containsExactly(null, 12, null);
    assertThat(sql.values("price RLIKE '^[0-9]+$' AND CAST(price AS INT) > 5"))
        .containsExactly(false, true, null);
  }

  @Test
  void nullsOfEveryKindStayNull() {
    assertThat(sql.values("CAST(NULL AS TIMESTAMP)")).containsOnlyNulls();
    assertThat(sql.values("CAST(n AS STRING)")).containsExactly("300", "7", null);
  }

  @Test
  void conversionToTheSameTypeIsTheValueItself() {
    assertThat(sql.values("CAST(n AS INT)")).containsExactly(300, 7, null);
    assertThat(sql.bind("CAST(n AS INT)", true).type()).isEqualTo(DataType.INT);
  }
}
