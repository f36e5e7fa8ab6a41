package io.millrace;

import static io.millrace.Functions.col;
import static io.millrace.Functions.lit;
import static io.millrace.Functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.Expression;
import io.millrace.plan.Expression.Branch;
import io.millrace.plan.Expression.Call;
import io.millrace.plan.Expression.Literal;
import io.millrace.plan.Expression.Name;
import io.millrace.plan.LogicalPlan.SortOrder;
import io.millrace.sql.SqlParser;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnTest {
  private static final Column A = col("a");
  private static final Column B = col("b");

  static Stream<Arguments> sameAsSql() {
    return Stream.of(
        Arguments.of(A.gt(B), "a > b"),
        Arguments.of(A.geq(1), "a >= 1"),
        Arguments.of(A.lt("x"), "a < 'x'"),
        Arguments.of(A.leq(2L), "a <= 2L"),
        Arguments.of(A.equalTo(1.5), "a = 1.5D"),
        Arguments.of(A.notEqual(true), "a <> true"),
        Arguments.of(A.eqNullSafe(null), "a <=> NULL"),
        Arguments.of(A.and(B), "a AND b"),
        Arguments.of(A.or(B), "a OR b"),
        Arguments.of(A.not(), "NOT a"),
        Arguments.of(A.plus(B), "a + b"),
        Arguments.of(A.minus(B), "a - b"),
        Arguments.of(A.multiply(B), "a * b"),
        Arguments.of(A.divide(B), "a / b"),
        Arguments.of(A.mod(B), "a % b"),
        Arguments.of(A.plus(B).multiply(2), "(a + b) * 2"),
        Arguments.of(A.cast("DECIMAL(10,2)"), "CAST(a AS DECIMAL(10,2))"),
        Arguments.of(A.cast(DataType.INT), "CAST(a AS INT)"),
        Arguments.of(A.tryCast(DataType.INT), "TRY_CAST(a AS INT)"),
        Arguments.of(A.isNull(), "a IS NULL"),
        Arguments.of(A.isNotNull(), "isnotnull(a)"),
        Arguments.of(A.isin(1, 2, null), "a IN (1, 2, NULL)"),
        Arguments.of(A.isInCollection(List.of("x", "y")), "a IN ('x', 'y')"),
        Arguments.of(A.between(1, B), "a BETWEEN 1 AND b"),
        Arguments.of(A.like("x%"), "a LIKE 'x%'"),
        Arguments.of(A.rlike("x.*"), "a RLIKE 'x.*'"),
        Arguments.of(A.startsWith("x"), "startswith(a, 'x')"),
        Arguments.of(A.endsWith(B), "endswith(a, b)"),
        Arguments.of(A.contains("x"), "contains(a, 'x')"),
        Arguments.of(A.substr(1, 2), "substring(a, 1, 2)"),
        Arguments.of(A.getItem(0), "a[0]"),
        Arguments.of(A.getItem("k"), "a['k']"),
        Arguments.of(
            when(A, 1).when(B, 2).otherwise(3), "CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END"));
  }

  @ParameterizedTest
  @MethodSource
  void sameAsSql(Column column, String sql) {
    assertThat(column.expression()).isEqualTo(SqlParser.parseExpression(sql));
  }

  @Test
  void anAliasIsTheSelectItemsAlias() {
    assertThat(A.as("x").expression()).isEqualTo(SqlParser.parseSelectItem("a AS x"));
    assertThat(A.alias("x").expression()).isEqualTo(A.as("x").expression());
  }

  @Test
  void aFieldIsAnItemByName() {
    assertThat(A.getField("x").expression())
        .isEqualTo(Call.of("getitem", Name.of("a"), new Literal("x")));
  }

  @Test
  void namesMayBeQualifiedQuotedOrStars() {
    assertThat(col("a").expression()).isEqualTo(Name.of("a"));
    assertThat(col("r.a.b").expression()).isEqualTo(Name.of("r", "a", "b"));
    assertThat(col("`a.b`.c").expression()).isEqualTo(Name.of("a.b", "c"));
    assertThat(col("`a``b`").expression()).isEqualTo(Name.of("a`b"));
    assertThat(col("with space").expression()).isEqualTo(Name.of("with space"));
    assertThat(col("*").expression()).isEqualTo(new Expression.Star(List.of()));
    assertThat(col("data.*").expression()).isEqualTo(new Expression.Star(List.of("data")));
    assertThat(col("`d.e`.f.*").expression()).isEqualTo(new Expression.Star(List.of("d.e", "f")));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {"", ".", "a.", ".a", "a..b", "`a", "``", "`a`b", ".*"})
  void brokenNamesAreRefused(String name) {
    assertThatThrownBy(() -> col(name))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("column name \"" + name + "\"");
  }

  @Test
  void constantsKeepTheirJavaClass() {
    for (Object value :
        new Object[] {
          true,
          (byte) 1,
          (short) 2,
          3,
          4L,
          5f,
          6.0,
          new BigDecimal("7.0"),
          "8",
          LocalDate.EPOCH,
          Instant.EPOCH
        }) {
      assertThat(lit(value).expression()).isEqualTo(new Literal(value));
    }
    assertThat(lit(null).expression()).isEqualTo(new Literal(null));
    assertThat(lit('c').expression()).isEqualTo(new Literal("c"));
    assertThat(lit(BigInteger.TEN).expression()).isEqualTo(new Literal(new BigDecimal(10)));
    assertThat(lit(Duration.ofMillis(-1500)).expression())
        .isEqualTo(new Literal(new Expression.Interval(0, -1_500_000)));
    assertThat(lit(Period.of(1, 2, 3)).expression())
        .isEqualTo(new Literal(new Expression.Interval(14, 3 * 86_400_000_000L)));
    assertThat(lit(A)).isSameAs(A);
  }

  @Test
  void aConstantDoesNotChangeWithItsArray() {
    byte[] bytes = {1};
    Literal literal = (Literal) lit(bytes).expression();
    bytes[0] = 2;

    assertThat((byte[]) literal.value()).containsExactly(1);
  }

  @Test
  void whatIsNoConstantIsRefused() {
    assertThatThrownBy(() -> A.gt(new Object[0]))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("is no constant");
  }

  @Test
  void whenWithoutOtherwiseIsOpen() {
    assertThat(when(A, B).expression())
        .isEqualTo(
            new Expression.Case(List.of(new Branch(Name.of("a"), Name.of("b"))), Optional.empty()));
  }

  @Test
  void whenAndOtherwiseFollowOnlyAnOpenWhen() {
    assertThatThrownBy(() -> A.when(B, 1)).isInstanceOf(AnalysisException.class);
    assertThatThrownBy(() -> A.otherwise(1)).isInstanceOf(AnalysisException.class);
    assertThatThrownBy(() -> when(A, 1).otherwise(2).otherwise(3))
        .isInstanceOf(AnalysisException.class);
    assertThatThrownBy(() -> when(A, 1).otherwise(2).when(B, 3))
        .isInstanceOf(AnalysisException.class);
  }

  @Test
  void orderingsSayWhereNullsGo() {
    Expression a = Name.of("a");
    assertThat(A.sortOrder()).isEqualTo(new SortOrder(a, true, true));
    assertThat(A.asc().sortOrder()).isEqualTo(new SortOrder(a, true, true));
    assertThat(A.desc().sortOrder()).isEqualTo(new SortOrder(a, false, false));
    assertThat(A.ascNullsLast().sortOrder()).isEqualTo(new SortOrder(a, true, false));
    assertThat(A.descNullsFirst().sortOrder()).isEqualTo(new SortOrder(a, false, true));
  }

  @Test
  void anOrderingIsNoExpression() {
    assertThatThrownBy(() -> A.desc().plus(1))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("orderBy");
  }

  @Test
  void aColumnPrintsAsSql() {
    assertThat(A.plus(1).gt(B)).hasToString("((a + 1) > b)");
  }

  @Test
  void anUnknownTypeIsRefused() {
    assertThatThrownBy(() -> A.cast("DUBLE"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("DUBLE");
  }
}
