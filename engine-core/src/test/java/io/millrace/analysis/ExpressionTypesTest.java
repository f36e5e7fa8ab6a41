package io.millrace.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.LogicalPlan;
import io.millrace.sql.SqlParser;
import io.millrace.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTypesTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      quoteCharacter = '¤',
      textBlock =
          """
          value > 100                --> (value > 100.0)
          value > 100.5              --> (value > 100.5)
          big = 5                    --> (big = 5)
          small < 5                  --> (CAST(small AS INT) < 5)
          id > '7'                   --> (id > 7)
          ts > '2025-10-10'          --> (ts > TIMESTAMP '2025-10-10T00:00:00Z')
          day = '2025-10-10'         --> (day = DATE '2025-10-10')
          day < ts                   --> (CAST(day AS TIMESTAMP) < ts)
          ts >= DATE '2025-10-10'    --> (ts >= TIMESTAMP '2025-10-10T00:00:00Z')
          cost > 10                  --> (cost > 10.00)
          cost = 1.125               --> (CAST(cost AS DECIMAL(11,3)) = 1.125)
          name = 'a'                 --> (name = 'a')
          name || id                 --> concat(name, CAST(id AS STRING))
          name || '-' || price       --> concat(name, '-', price)
          id IN (1, 2, NULL)         --> id IN (1, 2, NULL)
          big IN (1, 2L)             --> big IN (1, 2)
          id IN (1, tiny)            --> ((id = 1) OR (id = CAST(tiny AS INT)))
          flag AND id > 1 AND flag   --> (flag AND (id > 1) AND flag)
          value BETWEEN 1 AND 2      --> between(value, 1.0, 2.0)
          ts + INTERVAL 5 MINUTES    --> timestamp_add_interval(ts, 0, 300000000)
          ts - INTERVAL '1' MONTH    --> timestamp_add_interval(ts, -1, 0)
          INTERVAL 1 DAY + ts        --> timestamp_add_interval(ts, 0, 86400000000)
          day + INTERVAL 2 DAYS      --> date_add(day, 2)
          day - INTERVAL 1 MONTH     --> CAST(timestamp_add_interval(CAST(day AS TIMESTAMP), -1, 0) AS DATE)
          day + 3                    --> date_add(day, 3)
          nullif(id, 0)              --> CASE WHEN (id = 0) THEN NULL ELSE id END
          if(flag, 1, 2.5)           --> CASE WHEN flag THEN 1.0 ELSE 2.5 END
          nvl(big, 0)                --> coalesce(big, 0)
          year(ts)                   --> year(ts)
          year('2025-10-10')         --> year(DATE '2025-10-10')
          day(day)                   --> dayofmonth(day)
          substring(name, 2)         --> substring(name, 2)
          left(name, 3)              --> substring(name, 1, 3)
          upper(id)                  --> upper(CAST(id AS STRING))
          int(price)                 --> CAST(price AS INT)
          count(*) FILTER (WHERE id > 1) --> count(1) FILTER (WHERE (id > 1))
          ceil(id)                   --> CAST(id AS BIGINT)
          """)
  void conversionsStandInTheExpression(String sql, String expected) {
    assertThat(Plans.expression(sql).sql()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      quoteCharacter = '¤',
      textBlock =
          """
          id + id                --> INT
          small + tiny           --> SMALLINT
          big * id               --> BIGINT
          id + real              --> DOUBLE
          real + real            --> FLOAT
          id / id                --> DOUBLE
          id DIV 2               --> BIGINT
          id % 2                 --> INT
          cost + cost            --> DECIMAL(11,2)
          cost * cost            --> DECIMAL(21,4)
          cost / cost            --> DECIMAL(23,13)
          cost + 1               --> DECIMAL(11,2)
          cost + id              --> DECIMAL(13,2)
          cost * value           --> DOUBLE
          1.5                    --> DECIMAL(2,1)
          0.05                   --> DECIMAL(2,2)
          -cost                  --> DECIMAL(10,2)
          length(name)           --> INT
          round(value, 2)        --> DOUBLE
          round(cost, 1)         --> DECIMAL(10,1)
          round(cost)            --> DECIMAL(9,0)
          floor(value)           --> BIGINT
          ceil(cost)             --> DECIMAL(9,0)
          greatest(id, big)      --> BIGINT
          coalesce(tiny, id)     --> INT
          case when flag then 1 else 2L end --> BIGINT
          sum(id)                --> BIGINT
          sum(real)              --> DOUBLE
          sum(cost)              --> DECIMAL(20,2)
          avg(id)                --> DOUBLE
          avg(cost)              --> DECIMAL(14,6)
          min(day)               --> DATE
          count(DISTINCT name)   --> BIGINT
          max(name)              --> STRING
          bool_or(flag)          --> BOOLEAN
          stddev(id)             --> DOUBLE
          first(ts, true)        --> TIMESTAMP
          hash(id, name)         --> INT
          to_date(name)          --> DATE
          unix_timestamp()       --> BIGINT
          date_trunc('HOUR', ts) --> TIMESTAMP
          datediff(day, '2025-01-01') --> INT
          try_divide(id, 0)      --> DOUBLE
          NULL                   --> STRING
          """)
  void resultTypesAreSparks(String sql, String type) {
    assertThat(Plans.sql("SELECT " + sql + " FROM t").schema().field(0).type().sql())
        .isEqualTo(type);
  }

  @Test
  void nullabilityFollowsArgumentsAndMode() {
    assertThat(Plans.expression("id + 1").nullable()).isFalse();
    assertThat(Plans.expression("value > 1").nullable()).isFalse();
    assertThat(Plans.expression("big + 1").nullable()).isTrue();
    assertThat(Plans.expression("coalesce(big, 1L)").nullable()).isFalse();
    assertThat(Plans.expression("big <=> 1").nullable()).isFalse();
    assertThat(Plans.expression("try_cast(name AS INT)").nullable()).isTrue();
    assertThat(Plans.expression("count(*)").nullable()).isFalse();
    LogicalPlan sum = SqlParser.parseQuery("SELECT id + 1, CAST('x' AS INT) FROM t");
    assertThat(Plans.analyze(sum, false).schema().sql())
        .isEqualTo("`(id + 1)` INT, `CAST('x' AS INT)` INT");
  }

  @Test
  void constantsHaveTheirTypesJavaClass() {
    assertThat(constant("TIMESTAMP '1970-01-01 00:00:01'")).isEqualTo(1_000_000L);
    assertThat(constant("DATE '1970-01-02'")).isEqualTo(1);
    assertThat(constant("2147483648")).isEqualTo(2_147_483_648L);
    assertThat(
            ((BoundExpression.Apply) Plans.expression("ts > '1969-12-31T23:59:59.5Z'"))
                .arguments()
                .get(1))
        .isEqualTo(new BoundExpression.Constant(-500_000L, DataType.TIMESTAMP));
  }

  private static Object constant(String sql) {
    return ((BoundExpression.Constant) Plans.expression(sql)).value();
  }
}
